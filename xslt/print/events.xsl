<?xml version="1.0" encoding="UTF-8"?>
<!-- print/events.xsl: papers about events, for A4: the plan of a month; who takes part in an event, as the annex to an
     order; its results.
     in   events[@view = 'month'] and events[@view = 'show'] as in events_month.xsl, events_show.xsl; page/@form order
          or results
     out  a table, lines for signatures
     see  ../events_words.xsl, ../signatures.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="../layout.xsl"/>
<xsl:include href="../events_words.xsl"/>
<xsl:include href="../signatures.xsl"/>

<!-- .................................................... the plan of a month -->

<xsl:template match="page/events[@view = 'month']" mode="title">План мероприятий на <xsl:value-of select="concat(@name, ' ', @year)"/> года</xsl:template>

<xsl:template match="page/events[@view = 'month']" priority="1">
  <section class="official wide">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>План мероприятий</h1>
    <p>на <xsl:value-of select="concat(@name, ' ', @year)"/> года</p>
    <!-- each event once: on its first day, or on the first of the month -->
    <xsl:variable name="events" select="day[not(@is_beside)]/event[not(@state = 'cancelled')
      and (not(@day_no &gt; 1) or ../@held_on = /page/events/@month_on)]"/>
    <xsl:if test="not($events)"><p class="plain">Мероприятий в этом месяце нет.</p></xsl:if>
    <xsl:if test="$events">
      <table class="data report register">
        <thead><tr><th scope="col">№</th><th scope="col">Когда</th><th scope="col">Мероприятие</th><th scope="col">Классы</th><th scope="col">Место</th><th scope="col">Ответственный</th><th scope="col">Отметка о выполнении</th></tr></thead>
        <tbody>
          <xsl:for-each select="$events">
            <tr>
              <td class="no"/>
              <td><xsl:call-template name="event-days"/></td>
              <th scope="row"><xsl:value-of select="@title"/><xsl:if test="@level != 'class' and @level != 'school'"> (<xsl:apply-templates select="@level" mode="event-level"/> уровень)</xsl:if></th>
              <td><xsl:call-template name="event-whom"/></td>
              <td><xsl:value-of select="@place"/></td>
              <td><xsl:value-of select="@staff_name"/></td>
              <td><xsl:if test="@state = 'held'">проведено</xsl:if></td>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </xsl:if>
    <div class="closing">
      <xsl:call-template name="signature"><xsl:with-param name="post" select="'Заместитель директора'"/></xsl:call-template>
      <xsl:call-template name="directed"/>
    </div>
  </section>
</xsl:template>

<!-- .............................................................. one event -->

<xsl:template match="page/events[@view = 'show']" mode="title">Итоги: <xsl:value-of select="@title"/></xsl:template>
<xsl:template match="page[@form = 'order']/events" mode="title" priority="1">Участники: <xsl:value-of select="@title"/></xsl:template>

<!-- The annex to the order by which the pupils are sent. -->
<xsl:template match="page[@form = 'order']/events" priority="2">
  <section class="official">
    <p class="annex">Приложение<br/>к приказу № <xsl:value-of select="@order_no"/><xsl:if test="not(@order_no)">________</xsl:if>
      <br/>от <xsl:apply-templates select="@order_on" mode="date"/><xsl:if test="not(@order_on)">«____» ______________ 20___ г.</xsl:if></p>
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Список участников</h1>
    <xsl:apply-templates select="." mode="about"/>
    <table class="data report register">
      <thead><tr><th scope="col">№</th><th scope="col">Фамилия, имя</th><th scope="col">Класс</th><th scope="col">Роль</th><th scope="col">Наставник</th></tr></thead>
      <tbody>
        <xsl:for-each select="participant">
          <tr>
            <td class="no"/><th scope="row"><xsl:value-of select="@name"/></th><td><xsl:value-of select="@class_name"/></td>
            <td><xsl:value-of select="@role"/></td><td><xsl:value-of select="@mentor"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
    <div class="closing">
      <p>Всего участников: <xsl:value-of select="count(participant)"/></p>
      <xsl:apply-templates select="." mode="signed"/>
    </div>
  </section>
</xsl:template>

<xsl:template match="page/events[@view = 'show']" priority="1">
  <section class="official">
    <p><xsl:value-of select="@school_name"/></p>
    <h1>Итоги мероприятия</h1>
    <xsl:apply-templates select="." mode="about"/>
    <table class="data report register">
      <thead><tr><th scope="col">№</th><th scope="col">Фамилия, имя</th><th scope="col">Класс</th><th scope="col">Результат</th><th scope="col">Документ</th><th scope="col">Наставник</th></tr></thead>
      <tbody>
        <xsl:for-each select="participant">
          <tr>
            <td class="no"/><th scope="row"><xsl:value-of select="@name"/></th><td><xsl:value-of select="@class_name"/></td>
            <td><xsl:apply-templates select="@result" mode="event-result"/></td><td><xsl:value-of select="@document"/></td>
            <td><xsl:value-of select="@mentor"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
    <div class="closing">
      <p>Участников: <xsl:value-of select="count(participant)"/>, победителей: <xsl:value-of select="count(participant[@result = 'winner'])"/>, призёров: <xsl:value-of select="count(participant[@result = 'prize'])"/></p>
      <xsl:apply-templates select="." mode="signed"/>
    </div>
  </section>
</xsl:template>

<xsl:template match="events" mode="about">
  <p><b><xsl:value-of select="@title"/></b></p>
  <p><xsl:apply-templates select="@kind" mode="event-kind"/>, уровень: <xsl:apply-templates select="@level" mode="event-level"/>; <xsl:apply-templates select="@from_on" mode="date"/>
    <xsl:if test="@till_on != @from_on"> – <xsl:apply-templates select="@till_on" mode="date"/></xsl:if>
    <xsl:if test="@place"><xsl:value-of select="concat(', ', @place)"/></xsl:if></p>
</xsl:template>

<xsl:template match="events" mode="signed">
  <xsl:call-template name="signature">
    <xsl:with-param name="post" select="'Ответственный'"/>
    <xsl:with-param name="name" select="@staff_name"/>
  </xsl:call-template>
  <xsl:call-template name="directed"/>
</xsl:template>

<xsl:template name="directed">
  <xsl:call-template name="signature">
    <xsl:with-param name="post" select="'Директор'"/><xsl:with-param name="name" select="signer/@director_name"/>
  </xsl:call-template>
</xsl:template>

</xsl:stylesheet>
