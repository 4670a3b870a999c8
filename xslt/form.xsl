<?xml version="1.0" encoding="UTF-8"?>
<!-- form.xsl: the parts of a form, and a refused form shown again.
     in   /page/errors/error[code field n value who at]  why values were refused;
            at most 50; the first has the number of further ones (@more)
          /page/form/row[n code?]/field[@name]           the typed values; a
            table of fields row by row, other forms in one row
     out  errors: a summary (role=alert) that links to the fields
          named templates: typed (the typed value, else the record's),
          invalid (aria attributes), field-error (the message), field-id
     see  error.xsl for the texts; record.xsl for forms made of declared fields -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="error.xsl"/>

<xsl:key name="typed" match="/page/form/row[@n = 1]/field" use="@name"/>
<xsl:key name="row" match="/page/form/row" use="@n"/>
<xsl:key name="refused" match="/page/errors/error" use="@field"/>

<!-- A key costs nothing until its first use, so a page without refused values pays nothing. -->
<xsl:variable name="is-refused" select="boolean(/page/errors)"/>

<xsl:template match="page/errors">
  <section class="alert" role="alert">
    <h2><xsl:apply-templates select="." mode="heading"/></h2>
    <ul><xsl:apply-templates select="error" mode="summary"/></ul>
    <xsl:apply-templates select="error/@more"/>
  </section>
</xsl:template>

<xsl:template match="errors" mode="heading">Не сохранено</xsl:template>
<xsl:template match="errors[error/@field]" mode="heading">Не сохранено — поправьте и отправьте ещё раз</xsl:template>
<xsl:template match="errors[error/@code = 'JE302']" mode="heading" priority="0.7">Ещё не сохранено</xsl:template>
<xsl:template match="errors[error/@code = 'JE210']" mode="heading">Часть значений тем временем изменили</xsl:template>

<xsl:template match="error" mode="summary">
  <li>
    <xsl:apply-templates select="." mode="place"/>
    <xsl:apply-templates select="." mode="words"/>
    <xsl:apply-templates select="self::*[@code = 'JE210']" mode="conflict"/>
  </li>
</xsl:template>

<!-- The field of an error, as a link. Features whose fields have Russian names define mode field-
     name. -->
<xsl:template match="error" mode="place"/>
<xsl:template match="error[@field]" mode="place">
  <xsl:variable name="name"><xsl:apply-templates select="." mode="field-name"/></xsl:variable>
  <xsl:if test="string($name)">
    <a href="#f-{@field}"><xsl:value-of select="$name"/></a>
    <xsl:text>: </xsl:text>
  </xsl:if>
</xsl:template>
<xsl:template match="error" mode="field-name"/>

<xsl:template match="error" mode="conflict">
  <xsl:text> Сейчас там: </xsl:text>
  <b><xsl:apply-templates select="." mode="current"/></b>
  <xsl:if test="@who"> (<xsl:value-of select="@who"/><xsl:if test="@at">, <xsl:apply-templates select="@at" mode="moment"/></xsl:if>)</xsl:if>
  <xsl:text>. Ваше значение осталось в форме: чтобы записать его, сохраните ещё раз.</xsl:text>
</xsl:template>
<xsl:template match="error" mode="current">«<xsl:value-of select="@value"/>»</xsl:template>
<xsl:template match="error[not(@value) or @value = '']" mode="current">пусто</xsl:template>

<!-- The value shown in a field: the typed one, else the record's. -->
<xsl:template name="typed">
  <xsl:param name="name"/>
  <xsl:param name="value"/>
  <xsl:choose>
    <xsl:when test="$is-refused and key('typed', $name)">
      <xsl:value-of select="key('typed', $name)[1]"/>
    </xsl:when>
    <xsl:otherwise><xsl:value-of select="$value"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- The old value that is sent with a field. After a conflict it is the record's new value, which
     the person has now seen; otherwise it stays the value first shown, so that a change not
     yet seen is again a conflict. -->
<xsl:template name="old">
  <xsl:param name="name"/>
  <xsl:param name="value"/>
  <xsl:choose>
    <xsl:when test="not($is-refused)
                    or key('refused', $name)[@code = 'JE210']">
      <xsl:value-of select="$value"/>
    </xsl:when>
    <!-- a field sent without an old value: the old value was empty -->
    <xsl:when test="key('typed', $name) and not(key('typed', concat('old_', $name)))"/>
    <xsl:otherwise>
      <xsl:call-template name="typed">
        <xsl:with-param name="name" select="concat('old_', $name)"/>
        <xsl:with-param name="value" select="$value"/>
      </xsl:call-template>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- is-lean: leaves an empty old value out; the server takes a missing one as empty. -->
<xsl:template name="old-field">
  <xsl:param name="name"/>
  <xsl:param name="value"/>
  <xsl:param name="is-lean"/>
  <xsl:variable name="old">
    <xsl:call-template name="old">
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="value" select="$value"/>
    </xsl:call-template>
  </xsl:variable>
  <xsl:if test="string($old) or not($is-lean)"><input type="hidden" name="old_{$name}" value="{$old}"/></xsl:if>
</xsl:template>

<!-- Whether a checkbox is ticked. Browsers do not send an unticked one. -->
<xsl:template name="checked">
  <xsl:param name="name"/>
  <xsl:param name="value"/>
  <xsl:choose>
    <xsl:when test="$is-refused">
      <xsl:if test="key('typed', $name)"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
    </xsl:when>
    <xsl:when test="$value"><xsl:attribute name="checked">checked</xsl:attribute></xsl:when>
  </xsl:choose>
</xsl:template>

<!-- The id and name of a field and, if it was refused, the reference to its message. -->
<xsl:template name="invalid">
  <xsl:param name="name"/>
  <xsl:if test="$is-refused and key('refused', $name)">
    <xsl:attribute name="id">f-<xsl:value-of select="$name"/></xsl:attribute>
    <xsl:attribute name="aria-invalid">true</xsl:attribute>
    <xsl:attribute name="aria-describedby">e-<xsl:value-of select="$name"/></xsl:attribute>
  </xsl:if>
</xsl:template>

<xsl:template name="field-error">
  <xsl:param name="name"/>
  <xsl:if test="$is-refused and key('refused', $name)">
    <span class="field-error" id="e-{$name}">
      <xsl:apply-templates select="key('refused', $name)" mode="at-field"/>
    </span>
  </xsl:if>
</xsl:template>

<!-- The text for a number outside of its limits: f is the declared field with @min and @max. -->
<xsl:template name="out-of-range">
  <xsl:param name="f"/>
  <xsl:choose>
    <xsl:when test="$f[@type = 'decimal']/@max">Здесь нужно число от 0 до <xsl:value-of select="$f/@max"/>, например 1,5.</xsl:when>
    <xsl:when test="$f/@min and $f/@max">Здесь нужно целое число от <xsl:value-of select="concat($f/@min, ' до ', $f/@max)"/>.</xsl:when>
    <xsl:otherwise><xsl:call-template name="JE102"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="error" mode="at-field">
  <xsl:apply-templates select="." mode="words"/>
  <xsl:text> </xsl:text>
</xsl:template>
<xsl:template match="error[@code = 'JE210']" mode="at-field">
  <xsl:text>Сейчас: </xsl:text>
  <xsl:apply-templates select="." mode="current"/>
  <xsl:if test="@who"> (<xsl:value-of select="@who"/>)</xsl:if>
</xsl:template>

<!-- One line of a form: label, field, message. -->
<xsl:template name="form-row">
  <xsl:param name="name"/>
  <xsl:param name="label"/>
  <xsl:param name="type" select="'text'"/>
  <xsl:param name="value"/>
  <xsl:param name="autocomplete" select="'off'"/>
  <xsl:param name="hint"/>
  <xsl:param name="focus"/>
  <p class="row">
    <label>
      <span class="label"><xsl:value-of select="$label"/></span>
      <input type="{$type}" name="{$name}" autocomplete="{$autocomplete}" required="required">
        <xsl:if test="not($type = 'password')">
          <xsl:attribute name="value">
            <xsl:call-template name="typed">
              <xsl:with-param name="name" select="$name"/>
              <xsl:with-param name="value" select="$value"/>
            </xsl:call-template>
          </xsl:attribute>
          <xsl:attribute name="autocapitalize">none</xsl:attribute>
          <xsl:attribute name="spellcheck">false</xsl:attribute>
        </xsl:if>
        <xsl:if test="$focus"><xsl:attribute name="autofocus">autofocus</xsl:attribute></xsl:if>
        <xsl:call-template name="invalid">
          <xsl:with-param name="name" select="$name"/>
        </xsl:call-template>
      </input>
    </label>
    <xsl:if test="$hint"><span class="hint"><xsl:value-of select="$hint"/></span></xsl:if>
    <xsl:call-template name="field-error">
      <xsl:with-param name="name" select="$name"/>
    </xsl:call-template>
  </p>
</xsl:template>

<!-- A day and an hour, both may stay empty: the fields name_on and name_time. -->
<xsl:template name="moment-row">
  <xsl:param name="name"/>
  <xsl:param name="label"/>
  <p class="row moment">
    <label>
      <span class="label"><xsl:value-of select="$label"/></span>
      <input type="date" name="{$name}_on">
        <xsl:attribute name="value">
          <xsl:call-template name="typed">
            <xsl:with-param name="name" select="concat($name, '_on')"/>
          </xsl:call-template>
        </xsl:attribute>
        <xsl:call-template name="invalid"><xsl:with-param name="name" select="concat($name, '_on')"/></xsl:call-template>
      </input>
    </label>
    <xsl:text> </xsl:text>
    <label>
      <span class="label">Час</span>
      <input type="time" name="{$name}_time">
        <xsl:attribute name="value">
          <xsl:call-template name="typed">
            <xsl:with-param name="name" select="concat($name, '_time')"/>
          </xsl:call-template>
        </xsl:attribute>
        <xsl:call-template name="invalid"><xsl:with-param name="name" select="concat($name, '_time')"/></xsl:call-template>
      </input>
    </label>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="concat($name, '_on')"/></xsl:call-template>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="concat($name, '_time')"/></xsl:call-template>
  </p>
</xsl:template>

</xsl:stylesheet>
