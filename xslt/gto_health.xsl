<?xml version="1.0" encoding="UTF-8"?>
<!-- gto_health.xsl: the groups of health of a class, and the form in which they are entered.
     in   gto[@view = 'health'], see gto.xsl
     out  a table; with can_admit a form that enters the same for the ticked pupils
     see  gto.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- The pupils that were ticked in a form that comes back. -->
<xsl:key name="ticked" match="form/row/field[@name = 'pupil_id']" use="."/>

<xsl:template match="page/gto[@view = 'health']" mode="title">Группы здоровья · <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/gto[@view = 'health']" mode="crumbs">
  <xsl:call-template name="section"/>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/gto/classes/', @class_id)"/>
    <xsl:with-param name="word" select="@name"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/gto[@view = 'health']" mode="actions"><div class="actions"><xsl:call-template name="as-tables"/>
  </div></xsl:template>

<xsl:template match="page/gto[@view = 'health']">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <p class="hint">Диагнозов здесь нет: только группа для занятий физкультурой и допуск врача к испытаниям, со ссылкой на документ.</p>
  <xsl:choose>
    <xsl:when test="not(pupil)"><p class="empty">В классе пока нет учеников.</p></xsl:when>
    <xsl:when test="@can_admit">
      <form method="post" action="{$base}/gto/classes/{@class_id}/health">
        <xsl:call-template name="token"/>
        <xsl:apply-templates select="." mode="health-table"/>
        <h2>Записать отмеченным</h2>
        <xsl:apply-templates select="." mode="health-fields"/>
        <p class="bar"><button class="main">Записать</button></p>
      </form>
    </xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="health-table"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="gto" mode="health-table">
  <table class="data people">
    <caption class="sr">Группы здоровья класса</caption>
    <thead><tr><th scope="col">Ученик</th><th scope="col">Группа</th><th scope="col">К испытаниям ГТО</th><th scope="col">Документ</th><th scope="col">Дни</th></tr></thead>
    <tbody>
      <xsl:for-each select="pupil">
        <xsl:variable name="id" select="@pupil_id"/>
        <tr>
          <th scope="row">
            <xsl:choose>
              <xsl:when test="../@can_admit and not(preceding-sibling::pupil[1]/@pupil_id = $id)">
                <label class="check"><input type="checkbox" name="pupil_id" value="{$id}">
                  <xsl:if test="$is-refused and key('ticked', $id)"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
                </input><span><xsl:value-of select="@name"/></span></label>
              </xsl:when>
              <xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise>
            </xsl:choose>
          </th>
          <td data-word="группа"><xsl:apply-templates select="@kind" mode="health"/><xsl:if test="not(@kind)"><span class="todo">не записана</span></xsl:if></td>
          <td data-word="к испытаниям">
            <xsl:choose>
              <xsl:when test="@is_gto_allowed">допущен</xsl:when>
              <xsl:when test="@kind">не допущен</xsl:when>
            </xsl:choose>
          </td>
          <td data-word="документ"><xsl:value-of select="@document"/></td>
          <td data-word="дни"><xsl:if test="@from_on">с <xsl:apply-templates select="@from_on" mode="date"/> по <xsl:apply-templates select="@till_on" mode="date"/></xsl:if></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="gto" mode="health-fields">
  <xsl:variable name="kind"><xsl:call-template name="typed"><xsl:with-param name="name" select="'kind'"/></xsl:call-template></xsl:variable>
  <xsl:variable name="allowed"><xsl:call-template name="typed"><xsl:with-param name="name" select="'is_gto_allowed'"/>
    </xsl:call-template></xsl:variable>
  <div class="row">
    <label><span class="label">Группа</span>
      <select name="kind" id="f-kind">
        <option value="main">основная</option>
        <option value="light"><xsl:if test="$kind = 'light'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>подготовительная</option>
        <option value="special_a"><xsl:if test="$kind = 'special_a'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>специальная А</option>
        <option value="special_b"><xsl:if test="$kind = 'special_b'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>специальная Б</option>
        <option value="exempt"><xsl:if test="$kind = 'exempt'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>освобождён</option>
      </select>
    </label>
  </div>
  <div class="row">
    <label><span class="label">К испытаниям ГТО</span>
      <select name="is_gto_allowed" id="f-is_gto_allowed">
        <option value="yes">допущен врачом</option>
        <option value="no"><xsl:if test="$allowed = 'no'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>не допущен</option>
      </select>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'is_gto_allowed'"/></xsl:call-template>
    </label>
  </div>
  <xsl:call-template name="gto-field"><xsl:with-param name="name" select="'document'"/>
    <xsl:with-param name="word" select="'Документ'"/></xsl:call-template>
  <xsl:call-template name="gto-field"><xsl:with-param name="name" select="'from_on'"/>
    <xsl:with-param name="word" select="'С какого дня'"/><xsl:with-param name="type" select="'date'"/>
    <xsl:with-param name="value" select="@today_on"/></xsl:call-template>
  <xsl:call-template name="gto-field"><xsl:with-param name="name" select="'till_on'"/>
    <xsl:with-param name="word" select="'По какой день'"/><xsl:with-param name="type" select="'date'"/></xsl:call-template>
</xsl:template>

<xsl:template name="gto-field">
  <xsl:param name="name"/>
  <xsl:param name="word"/>
  <xsl:param name="type" select="'text'"/>
  <xsl:param name="value"/>
  <div class="row">
    <label>
      <span class="label"><xsl:value-of select="$word"/></span>
      <input type="{$type}" name="{$name}" required="required" autocomplete="off">
        <xsl:attribute name="value"><xsl:call-template name="typed"><xsl:with-param name="name" select="$name"/>
          <xsl:with-param name="value" select="$value"/></xsl:call-template></xsl:attribute>
        <xsl:call-template name="invalid"><xsl:with-param name="name" select="$name"/></xsl:call-template>
      </input>
    </label>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="$name"/></xsl:call-template>
  </div>
</xsl:template>

</xsl:stylesheet>
