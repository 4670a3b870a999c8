<?xml version="1.0" encoding="UTF-8"?>
<!-- rooms.xsl: the rooms of a school, and the form of one.
     in   rooms[@view = 'list'] with find sort page pages count is_mine? done?
            /room[room_id name kind capacity? is_shared? ended_on? reason?]
          rooms[@view = 'show'] with the attributes of a room
     out  a table of 60 rows and, where is_mine, the form of a new room
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="name" label="Номер или название" column="Кабинет" sort="1" max="40" required="required"/>
  <f name="kind" label="Вид" column="Вид" sort="1">
    <o value="class">учебный кабинет</o>
    <o value="lab">лаборатория</o>
    <o value="computer">компьютерный класс</o>
    <o value="workshop">мастерская</o>
    <o value="gym">спортзал</o>
    <o value="hall">актовый зал</o>
    <o value="library">библиотека</o>
    <o value="other">другое</o>
  </f>
  <f name="capacity" label="Мест" column="Мест" sort="1" type="number" min="1" max="2000"/>
  <f name="is_shared" label="Могут заниматься несколько групп сразу" column="Несколько групп" type="checkbox"/>
  <f name="ended_on" label="Закрыт с" column="Закрыт с" type="date" hint="Первый день, когда кабинета уже нет; пусто — кабинет действует."/>
  <f name="reason" label="Причина" column="Причина" max="200" hint="Почему кабинет закрыт или удаляется."/>
</xsl:variable>

<xsl:template match="page/rooms" mode="title">Кабинеты</xsl:template>
<xsl:template match="page/rooms[@view = 'show']" mode="title">Кабинет <xsl:value-of select="@name"/></xsl:template>

<xsl:template match="page/rooms" mode="actions">
  <xsl:call-template name="record-actions">
    <xsl:with-param name="find" select="'Номер или название'"/>
    <xsl:with-param name="import" select="'/imports/rooms'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/rooms[@view = 'show']" mode="actions"/>

<xsl:template match="page/rooms">
  <xsl:call-template name="record-list">
    <xsl:with-param name="path" select="'/rooms'"/>
    <xsl:with-param name="add" select="'Добавить кабинет'"/>
    <xsl:with-param name="one" select="'кабинет'"/>
    <xsl:with-param name="few" select="'кабинета'"/>
    <xsl:with-param name="many" select="'кабинетов'"/>
    <xsl:with-param name="none" select="'Кабинетов пока нет. Их заводит администратор или завуч.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/rooms[@view = 'show']" priority="1">
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить кабинет'"/>
    <xsl:with-param name="removal"
                    select="'Удаляют то, что заведено по ошибке; причину напишите выше. Кабинет, в котором были уроки, не удаляют, а закрывают.'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page[rooms]/errors/error[@code = 'JE211']" mode="words">В этом кабинете были уроки: удалить его нельзя. Чтобы закрыть его, заполните «Закрыт с» и причину.</xsl:template>
<xsl:template match="page[rooms]/errors/error[@code = 'JE211'][@field]" mode="words" priority="1">С этого дня в кабинете ещё есть уроки или расписание. Сначала перенесите их или выберите другой день.</xsl:template>
<xsl:template match="page[rooms]/errors/error[@code = 'JE212']" mode="words">Кабинет с таким названием уже есть.</xsl:template>

</xsl:stylesheet>
