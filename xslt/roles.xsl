<?xml version="1.0" encoding="UTF-8"?>
<!-- roles.xsl: roles that are given by order, and the form of one.
     in   roles[@view = 'list'] with find sort page pages count is_mine? done?
            /role[role_id staff_id staff_name role order_no order_on from_on till_on? is_self_given?]
            /choice[for value name]
          roles[@view = 'show'] with the attributes of a role
     out  a table of 60 rows and, where is_mine, the form of a new role; the form that changes
          the days of one
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <xsl:if test="not(/page/roles/@view = 'show')">
    <f name="staff_id" label="Кому" column="Сотрудник" show="staff_name" sort="1" required="required" choices="1"/>
    <f name="role" label="Роль" column="Роль" sort="1" required="required">
      <o value="administrator">администратор журнала</o>
      <o value="director">директор</o>
      <o value="deputy">завуч</o>
      <o value="hr">специалист по кадрам</o>
      <o value="meals">ответственный за питание</o>
      <o value="archivist">ответственный за резервные копии</o>
    </f>
    <f name="order_no" label="Номер приказа" column="Приказ" max="40" required="required"/>
  </xsl:if>
  <f name="order_on" label="Дата приказа" column="от" sort="1" type="date" required="required"/>
  <f name="from_on" label="С какого дня" column="С" type="date" required="required"/>
  <f name="till_on" label="По какой день" column="По" type="date" hint="Последний день роли; пусто — без срока."/>
</xsl:variable>

<xsl:template match="page/roles" mode="title">Роли по приказам</xsl:template>
<xsl:template match="page/roles[@view = 'show']" mode="title">
  <xsl:value-of select="@staff_name"/> · <xsl:apply-templates select="@role" mode="role"/>
</xsl:template>

<xsl:template match="page/roles" mode="actions">
  <xsl:call-template name="record-actions">
    <xsl:with-param name="find" select="'Имя или приказ'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/roles[@view = 'show']" mode="actions"/>

<xsl:template match="page/roles">
  <xsl:for-each select="role[@is_self_given]">
    <p class="notice"><xsl:value-of select="@staff_name"/>: роль «<xsl:apply-templates select="@role" mode="role"/>» дана самому себе и не действует, пока её не подтвердит другой руководитель на странице «Сегодня».</p>
  </xsl:for-each>
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/roles'"/>
    <xsl:with-param name="add" select="'Дать роль'"/>
    <xsl:with-param name="one" select="'роль'"/>
    <xsl:with-param name="few" select="'роли'"/>
    <xsl:with-param name="many" select="'ролей'"/>
    <xsl:with-param name="none" select="'Ролей по приказам пока нет. Их даёт администратор.'"/>
  </xsl:call-template>
  <p class="hint">Учителя, классные руководители, родители и ученики получают права сами — по нагрузке, классу и семье.
    <a href="{$base}/access">Кто что может</a></p>
</xsl:template>

<xsl:template match="page/roles[@view = 'show']" priority="1">
  <p>Приказ № <xsl:value-of select="@order_no"/>. Чтобы закончить роль, укажите её последний день. Ошибочную роль заканчивают и дают другую.</p>
  <xsl:call-template name="record-form"/>
</xsl:template>

<xsl:template match="@role" mode="role">
  <xsl:choose>
    <xsl:when test=". = 'administrator'">администратор журнала</xsl:when>
    <xsl:when test=". = 'director'">директор</xsl:when>
    <xsl:when test=". = 'deputy'">завуч</xsl:when>
    <xsl:when test=". = 'hr'">специалист по кадрам</xsl:when>
    <xsl:when test=". = 'meals'">ответственный за питание</xsl:when>
    <xsl:otherwise>ответственный за резервные копии</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="page[roles]/errors/error[@code = 'JE212']" mode="words">Эта роль по этому приказу у сотрудника уже есть.</xsl:template>
<xsl:template match="page[roles]/errors/error[@code = 'JE301']" mode="words">Свою роль продлить нельзя: это делает другой администратор.</xsl:template>

</xsl:stylesheet>
