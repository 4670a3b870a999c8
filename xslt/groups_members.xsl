<?xml version="1.0" encoding="UTF-8"?>
<!-- groups_members.xsl: the form of a group's members; included by groups.xsl. One row a membership
     or pupil: a tick, the first and the last day. The fields are named by pupil and number. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:key name="member" match="groups/row" use="@pupil_id"/>

<xsl:template match="page/groups[@view = 'members']" mode="title" priority="1">Состав · <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/groups[@view = 'members']" mode="crumbs">
  <xsl:call-template name="section"/>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/groups/', @study_group_id)"/>
    <xsl:with-param name="word" select="@name"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/groups[@view = 'members']" priority="1">
  <xsl:if test="not(@has_classes)">
    <form class="filter" method="get" role="search">
      <label>Найти ученика: фамилия, имя или класс <input type="search" name="find" value="{@find}" maxlength="100" autocomplete="off"/></label>
      <button>Найти</button>
    </form>
  </xsl:if>
  <xsl:choose>
    <xsl:when test="row"><xsl:apply-templates select="." mode="members-form"/></xsl:when>
    <xsl:when test="string(@find)"><p class="empty">Никто не нашёлся.</p></xsl:when>
    <xsl:when test="not(@has_classes)"><p class="empty">Группа открыта для всех классов: найдите учеников или <a href="{$base}/groups/{@study_group_id}/classes">выберите классы</a>.</p></xsl:when>
    <xsl:otherwise><p class="empty">В классах группы пока нет учеников. <a href="{$base}/classes">Классы</a></p></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="groups" mode="members-form">
  <form method="post" action="{$base}/groups/{@study_group_id}/members">
    <xsl:call-template name="token"/>
    <input type="hidden" name="find" value="{@find}"/>
    <p class="row">
      <label><span class="label">С какого дня записать отмеченных</span>
        <input type="date" name="day_on" autocomplete="off">
          <xsl:attribute name="value">
            <xsl:call-template name="typed">
              <xsl:with-param name="name" select="'day_on'"/>
              <xsl:with-param name="value" select="@day_on"/>
            </xsl:call-template>
          </xsl:attribute>
        </input>
      </label>
      <span class="hint">Если в строке не указан другой день. Пустое «по» — пока ученик в классе.</span>
    </p>
    <table class="data people members">
      <caption class="sr">Ученики</caption>
      <thead><tr><th scope="col">Ученик</th><th scope="col">Класс</th><th scope="col">С</th><th scope="col">По</th></tr></thead>
      <tbody><xsl:apply-templates select="row"/></tbody>
    </table>
    <p class="bar"><button class="main">Сохранить состав</button></p>
  </form>
</xsl:template>

<xsl:template match="groups/row">
  <xsl:variable name="key" select="concat(@pupil_id, '.', @n)"/>
  <tr>
    <th scope="row">
      <label class="check">
        <input type="checkbox" value="1">
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="concat('is_in.', $key)"/></xsl:call-template>
          <xsl:attribute name="name"><xsl:value-of select="concat('is_in.', $key)"/></xsl:attribute>
          <xsl:call-template name="checked">
            <xsl:with-param name="name" select="concat('is_in.', $key)"/>
            <xsl:with-param name="value" select="@is_in"/>
          </xsl:call-template>
        </input>
        <span><xsl:value-of select="@name"/></span>
      </label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="concat('is_in.', $key)"/></xsl:call-template>
    </th>
    <td data-word="Класс"><xsl:value-of select="@class_name"/></td>
    <td data-word="С">
      <xsl:call-template name="member-day">
        <xsl:with-param name="name" select="concat('from_on.', $key)"/>
        <xsl:with-param name="value" select="@from_on"/>
        <xsl:with-param name="word" select="'С'"/>
      </xsl:call-template>
    </td>
    <td data-word="По">
      <xsl:call-template name="member-day">
        <xsl:with-param name="name" select="concat('till_on.', $key)"/>
        <xsl:with-param name="value" select="@till_on"/>
        <xsl:with-param name="word" select="'По'"/>
      </xsl:call-template>
    </td>
  </tr>
</xsl:template>

<xsl:template name="member-day">
  <xsl:param name="name"/>
  <xsl:param name="value"/>
  <xsl:param name="word"/>
  <xsl:call-template name="old-field">
    <xsl:with-param name="name" select="$name"/>
    <xsl:with-param name="value" select="$value"/>
    <xsl:with-param name="is-lean" select="true()"/>
  </xsl:call-template>
  <input type="date" autocomplete="off" aria-label="{$word}, {@name}">
    <xsl:call-template name="invalid"><xsl:with-param name="name" select="$name"/></xsl:call-template>
    <xsl:attribute name="name"><xsl:value-of select="$name"/></xsl:attribute>
    <xsl:attribute name="value">
      <xsl:call-template name="typed">
        <xsl:with-param name="name" select="$name"/>
        <xsl:with-param name="value" select="$value"/>
      </xsl:call-template>
    </xsl:attribute>
  </input>
  <xsl:call-template name="field-error"><xsl:with-param name="name" select="$name"/></xsl:call-template>
</xsl:template>

<xsl:template match="page[groups[@view = 'members']]/errors/error[@field]" mode="field-name">
  <xsl:variable name="pupil" select="substring-before(substring-after(@field, '.'), '.')"/>
  <xsl:value-of select="key('member', $pupil)[1]/@name"/>
</xsl:template>
<xsl:template match="page[groups[@view = 'members']]/errors/error[@code = 'JE301']" mode="words">Подгруппа уже начала заниматься: переводит и убирает из неё только администратор журнала.</xsl:template>
<xsl:template match="page[groups[@view = 'members']]/errors/error[@code = 'JE206']" mode="words">В эти дни у ученика уроки двух групп в одно время.</xsl:template>
<xsl:template match="page[groups[@view = 'members']]/errors/error[@code = 'JE207']" mode="words">За этими днями у ученика есть отметки или пропуски в группе.</xsl:template>

</xsl:stylesheet>
