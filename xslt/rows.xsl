<?xml version="1.0" encoding="UTF-8"?>
<!-- rows.xsl: a form with a table whose rows are edited at once.
       <xsl:variable name="row-fields"><f name= label= type= max?/>…</xsl:variable>
     The sheet calls edit-rows in mode rows of its element; mode row-label names a row's
     element, mode row-name the row of an error.
     out  named template edit-rows
     see  record.xsl; bells.xsl for a complete sheet -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="record.xsl"/>

<xsl:variable name="row-fields"/>
<xsl:variable name="row-field" select="exsl:node-set($row-fields)/f"/>

<!-- A table in which rows are edited: each is an element of the page, with its values as
     attributes; the n-th sends the n-th value of each field. -->
<xsl:template name="edit-rows">
  <xsl:param name="rows"/>
  <xsl:param name="head"/>
  <table class="data edit">
    <thead>
      <tr>
        <th scope="col"><xsl:value-of select="$head"/></th>
        <xsl:for-each select="$row-field"><th scope="col"><xsl:value-of select="@label"/></th></xsl:for-each>
      </tr>
    </thead>
    <tbody>
      <xsl:for-each select="$rows">
        <xsl:variable name="row" select="."/>
        <xsl:variable name="n" select="position()"/>
        <xsl:variable name="label"><xsl:apply-templates select="." mode="row-label"/></xsl:variable>
        <tr>
          <th scope="row"><xsl:value-of select="$label"/></th>
          <xsl:for-each select="$row-field">
            <td data-word="{@label}">
              <xsl:call-template name="edit-cell">
                <xsl:with-param name="n" select="$n"/>
                <xsl:with-param name="row-label" select="$label"/>
                <xsl:with-param name="value">
                  <xsl:apply-templates select="$row" mode="row-value">
                    <xsl:with-param name="name" select="string(@name)"/>
                  </xsl:apply-templates>
                </xsl:with-param>
                <xsl:with-param name="old" select="string($row/@*[name() = current()/@name])"/>
              </xsl:call-template>
            </td>
          </xsl:for-each>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<!-- the errors of a field in a row -->
<xsl:key name="refused-row" match="/page/errors/error" use="concat(@field, ' ', @n)"/>

<!-- One field of the row n; the context node is the field. What was typed comes back after a
     refusal, and after a conflict the old value is the present one, which has been shown. -->
<xsl:template name="edit-cell">
  <xsl:param name="n"/>
  <xsl:param name="row-label"/>
  <xsl:param name="value"/>
  <xsl:param name="old"/>
  <xsl:variable name="f" select="."/>
  <xsl:for-each select="$page">
    <xsl:variable name="typed" select="key('row', $n)/field[@name = $f/@name]"/>
    <xsl:variable name="sent" select="key('row', $n)/field[@name = concat('old_', $f/@name)]"/>
    <xsl:variable name="errors" select="key('refused-row', concat($f/@name, ' ', $n))"/>
    <input type="{$f/@type}" name="{$f/@name}" autocomplete="off" aria-label="{concat($row-label, ': ', $f/@label)}">
      <xsl:if test="$f/@max"><xsl:attribute name="maxlength"><xsl:value-of select="$f/@max"/></xsl:attribute></xsl:if>
      <xsl:attribute name="value">
        <xsl:choose>
          <xsl:when test="$is-refused and $typed"><xsl:value-of select="$typed"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="$value"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
      <xsl:if test="$errors">
        <xsl:attribute name="id"><xsl:value-of select="concat('f-', $f/@name, '-', $n)"/></xsl:attribute>
        <xsl:attribute name="aria-invalid">true</xsl:attribute>
        <xsl:attribute name="aria-describedby"><xsl:value-of select="concat('e-', $f/@name, '-', $n)"/></xsl:attribute>
      </xsl:if>
    </input>
    <input type="hidden" name="old_{$f/@name}">
      <xsl:attribute name="value">
        <xsl:choose>
          <xsl:when test="$is-refused and $sent and not($errors[@code = 'JE210'])">
            <xsl:value-of select="$sent"/>
          </xsl:when>
          <xsl:otherwise><xsl:value-of select="$old"/></xsl:otherwise>
        </xsl:choose>
      </xsl:attribute>
    </input>
    <xsl:if test="$errors">
      <span class="field-error" id="{concat('e-', $f/@name, '-', $n)}">
        <xsl:apply-templates select="$errors" mode="at-field"/>
      </span>
    </xsl:if>
  </xsl:for-each>
</xsl:template>

<!-- The value of a row's field; a sheet may give one to an empty field. -->
<xsl:template match="*" mode="row-value">
  <xsl:param name="name"/>
  <xsl:value-of select="@*[name() = $name]"/>
</xsl:template>

<xsl:template match="error[@n &gt; 0][@field]" mode="place" priority="1">
  <xsl:variable name="f" select="$row-field[@name = current()/@field]"/>
  <xsl:choose>
    <xsl:when test="$f">
      <a href="#f-{@field}-{@n}"><xsl:apply-templates select="." mode="row-name"/><xsl:value-of select="concat(', ', $f/@label)"/></a>
      <xsl:text>: </xsl:text>
    </xsl:when>
    <xsl:otherwise>
      <xsl:variable name="name"><xsl:apply-templates select="." mode="field-name"/></xsl:variable>
      <xsl:if test="string($name)"><a href="#f-{@field}"><xsl:value-of select="$name"/></a>: </xsl:if>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="error[@n &gt; 0][@field][string(@value)]" mode="current" priority="1">
  <xsl:text>«</xsl:text>
  <xsl:apply-templates select="($row-field | $field)[@name = current()/@field]" mode="value">
    <xsl:with-param name="value" select="@value"/>
  </xsl:apply-templates>
  <xsl:text>»</xsl:text>
</xsl:template>

<!-- The name of the row of an error. -->
<xsl:template match="error" mode="row-name">строка <xsl:value-of select="@n"/></xsl:template>

</xsl:stylesheet>
