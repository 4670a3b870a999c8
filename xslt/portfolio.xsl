<?xml version="1.0" encoding="UTF-8"?>
<!-- portfolio.xsl: the portfolio of a pupil; the form of an achievement.
     in   portfolio[@view = 'show'] with pupil_id name holder about class_name? year school_name is_mine? can_certify?
            done?
            /event[event_id title kind level from_on till_on? role? result? place_no? document? mentor?]…,
             achievement[achievement_id achieved_on title organiser? level result place_no? document? mentor? file? size?]…,
             award[gto_award_id step_no sign order_no order_on]…, mark[year subject_name value]…, copy[extract_id number made_on]…
          portfolio[@view = 'new' or 'edit'] with pupil_id name, and of one that is there achievement_id title organiser
            achieved_on level result place_no? document mentor file_id? file?
     out  four tables; the form that certifies; the form of an achievement
     see  record.xsl, events_words.xsl, extracts_certify.xsl, gto_words.xsl, print/portfolio.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>
<xsl:include href="events_words.xsl"/>
<xsl:include href="extracts_certify.xsl"/>
<xsl:include href="gto_words.xsl"/>

<xsl:variable name="fields">
  <f name="title" label="Что: конкурс, соревнование, олимпиада" max="200" required="required"/>
  <f name="organiser" label="Кто проводил" max="200"/>
  <f name="achieved_on" label="День" type="date" required="required"/>
  <f name="level" label="Уровень" words="level" default="municipal"/>
  <f name="result" label="Результат" words="result" default="participant"/>
  <f name="place_no" label="Место" type="number" min="1" max="999"/>
  <f name="document" label="Документ" max="200" hint="Диплом, грамота, сертификат: вид и номер."/>
  <f name="mentor" label="Наставник" max="100"/>
  <f name="file" label="Документ файлом" type="file" accept=".pdf,.jpg,.jpeg,.png"
     hint="PDF или снимок, до 10 МБ. Пусто — без файла или прежний."/>
</xsl:variable>

<xsl:template match="page/portfolio" mode="title">Портфолио · <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/portfolio" mode="crumbs">
  <xsl:call-template name="section"/>
  <xsl:if test="@view != 'show'"><li><a href="{$base}/pupils/{@pupil_id}/portfolio"><xsl:value-of select="@name"/></a></li></xsl:if>
</xsl:template>
<xsl:template match="page/portfolio" mode="actions"/>
<xsl:template match="page/portfolio[@view = 'show']" mode="actions">
  <div class="actions">
    <xsl:if test="@is_mine"><a class="button" href="{$base}/pupils/{@pupil_id}/achievements">Добавить достижение</a></xsl:if>
    <a href="{$base}/pupils/{@pupil_id}/diary">Дневник</a>
    <a href="?format=print">Напечатать</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/portfolio[@view = 'show']" priority="1">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="not(event or achievement or award or mark)"><p class="empty">Портфолио пока пусто: в нём будут события, в которых ученик участвовал, достижения вне школы, знаки ГТО и годовые отметки.</p></xsl:if>
  <xsl:apply-templates select="self::*[event]" mode="events"/>
  <xsl:apply-templates select="self::*[achievement]" mode="achievements"/>
  <xsl:apply-templates select="self::*[award]" mode="awards"/>
  <xsl:apply-templates select="self::*[mark]" mode="marks"/>
  <xsl:if test="@can_certify">
    <xsl:call-template name="certify"><xsl:with-param name="purpose" select="'для поступления'"/></xsl:call-template>
  </xsl:if>
</xsl:template>

<xsl:template match="portfolio" mode="events">
  <h2>Участие в событиях школы</h2>
  <table class="data people">
    <caption class="sr">Участие в событиях</caption>
    <thead><tr>
      <th scope="col">Событие</th><th scope="col">Когда</th><th scope="col">Уровень</th><th scope="col">Роль</th>
      <th scope="col">Результат</th><th scope="col">Документ</th><th scope="col">Наставник</th>
    </tr></thead>
    <tbody>
      <xsl:for-each select="event">
        <tr>
          <th scope="row"><a href="{$base}/events/{@event_id}"><xsl:value-of select="@title"/></a></th>
          <td data-word="Когда"><xsl:apply-templates select="@from_on" mode="date"/></td>
          <td data-word="Уровень"><xsl:apply-templates select="@level" mode="event-level"/></td>
          <td data-word="Роль"><xsl:value-of select="@role"/></td>
          <td data-word="Результат"><xsl:apply-templates select="@result" mode="event-result"/></td>
          <td data-word="Документ"><xsl:value-of select="@document"/></td>
          <td data-word="Наставник"><xsl:value-of select="@mentor"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="portfolio" mode="achievements">
  <h2>Достижения вне школы</h2>
  <table class="data people">
    <caption class="sr">Достижения</caption>
    <thead><tr>
      <th scope="col">Что</th><th scope="col">День</th><th scope="col">Уровень</th><th scope="col">Кто проводил</th>
      <th scope="col">Результат</th><th scope="col">Документ</th><th scope="col">Наставник</th>
    </tr></thead>
    <tbody>
      <xsl:for-each select="achievement">
        <tr>
          <th scope="row">
            <xsl:choose>
              <xsl:when test="../@is_mine">
                <a href="{$base}/pupils/{../@pupil_id}/achievements/{@achievement_id}"><xsl:value-of select="@title"/></a>
              </xsl:when>
              <xsl:otherwise><xsl:value-of select="@title"/></xsl:otherwise>
            </xsl:choose>
          </th>
          <td data-word="День"><xsl:apply-templates select="@achieved_on" mode="date"/></td>
          <td data-word="Уровень"><xsl:apply-templates select="@level" mode="event-level"/></td>
          <td data-word="Кто проводил"><xsl:value-of select="@organiser"/></td>
          <td data-word="Результат"><xsl:apply-templates select="@result" mode="event-result"/></td>
          <td data-word="Документ">
            <xsl:value-of select="@document"/>
            <xsl:if test="@file">
              <xsl:text> </xsl:text>
              <a href="{$base}/pupils/{../@pupil_id}/achievements/{@achievement_id}/file"><xsl:value-of select="@file"/></a>
            </xsl:if>
          </td>
          <td data-word="Наставник"><xsl:value-of select="@mentor"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="portfolio" mode="awards">
  <h2>Знаки ГТО</h2>
  <table class="data people">
    <caption class="sr">Знаки ГТО</caption>
    <thead><tr>
      <th scope="col">Знак</th><th scope="col">Ступень</th><th scope="col">Приказ Минспорта</th><th scope="col">Дата приказа</th>
    </tr></thead>
    <tbody>
      <xsl:for-each select="award">
        <tr>
          <th scope="row"><xsl:apply-templates select="@sign" mode="sign"/></th>
          <td data-word="Ступень"><xsl:apply-templates select="@step_no" mode="step"/></td>
          <td data-word="Приказ Минспорта">№ <xsl:value-of select="@order_no"/></td>
          <td data-word="Дата приказа"><xsl:apply-templates select="@order_on" mode="date"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="portfolio" mode="marks">
  <h2>Годовые отметки</h2>
  <table class="data people">
    <caption class="sr">Годовые отметки</caption>
    <thead><tr><th scope="col">Предмет</th><th scope="col">Учебный год</th><th scope="col">Отметка</th></tr></thead>
    <tbody>
      <xsl:for-each select="mark">
        <tr>
          <th scope="row"><xsl:value-of select="@subject_name"/></th>
          <td data-word="Учебный год"><xsl:value-of select="concat(@year, '/', @year + 1)"/></td>
          <td data-word="Отметка"><xsl:value-of select="@value"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<!-- ............................................................ the form -->

<xsl:template match="page/portfolio[@view = 'new' or @view = 'edit']" priority="1">
  <xsl:if test="@file"><p class="hint">Приложен файл: <a href="{$base}/pupils/{@pupil_id}/achievements/{@achievement_id}/file"><xsl:value-of select="@file"/></a></p></xsl:if>
  <xsl:variable name="remove"><xsl:if test="@achievement_id">Удалить достижение</xsl:if></xsl:variable>
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="string($remove)"/>
    <xsl:with-param name="removal" select="'Запись и её файл исчезнут из портфолио; в истории изменений она останется.'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page[portfolio]/errors/error[@code = 'JE203']" mode="words" priority="1">Этот день ещё не наступил.</xsl:template>
<xsl:template match="page[portfolio]/errors/error[@code = 'JE101' and @field = 'result']" mode="words">Место без результата не указывают.</xsl:template>

</xsl:stylesheet>
