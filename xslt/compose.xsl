<?xml version="1.0" encoding="UTF-8"?>
<!-- compose.xsl: FET composes a timetable; it is compared with the present one and accepted.
     in   compose[day_on? minutes has_no_year? can_compose? job_id? state? done? total? code?
            activities? placed? words? is_saved? version? same? added? gone? faults? gaps?
            gaps_now? class_id?]
            /class[class_id name is_current?], slot[slot]/cell[weekday now? planned? is_changed?],
             missing[name n], fault[weekday slot name rule other who?]
     out  the form of an order; the state of its job; the result in numbers, what is missing, the
          week of a class with its changes, «Принять»
     see  fet_words.xsl for days and reasons; jobs.js loads the state again -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>
<xsl:include href="fet_words.xsl"/>

<xsl:template match="page/compose" mode="title">Составить расписание автоматически</xsl:template>
<xsl:template match="page/compose" mode="actions"/>

<xsl:template match="page/compose[@has_no_year]" priority="2">
  <p class="empty">Учебного года ещё нет. <a href="{$base}/years">Открыть учебный год</a></p>
</xsl:template>

<xsl:template match="page/compose">
  <xsl:apply-templates select="@is_saved"/>
  <xsl:apply-templates select="." mode="state"/>
  <xsl:apply-templates select="self::*[@placed]" mode="result"/>
  <xsl:apply-templates select="." mode="order"/>
</xsl:template>

<xsl:template match="compose/@is_saved">
  <p class="notice" role="status">Расписание принято, оно действует с <xsl:apply-templates select="../@day_on" mode="date"/>. <a href="{$base}/timetable?kind=school&amp;day_on={../@day_on}">Расписание школы</a>, <a href="{$base}/timetable/lessons">уроки по расписанию</a>.</p>
</xsl:template>

<!-- ............................................................... order -->

<xsl:template match="compose" mode="order">
  <form class="card" method="post">
    <h2>Составить</h2>
    <p>Программа FET расставит нагрузку по дням и урокам: никто не окажется в двух местах, у учеников не будет окон, уроки предмета придутся на разные дни. Учтутся смены, учебные дни, подгруппы и их состав, привычные кабинеты. Нынешнее расписание не изменится, пока вы не примете новое.</p>
    <xsl:call-template name="token"/>
    <input type="hidden" name="step" value="order"/>
    <p class="row">
      <label><span class="label">Действовало бы с</span>
        <input type="date" name="day_on" required="required">
          <xsl:attribute name="value">
            <xsl:call-template name="typed">
              <xsl:with-param name="name" select="'day_on'"/>
              <xsl:with-param name="value" select="@day_on"/>
            </xsl:call-template>
          </xsl:attribute>
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'day_on'"/></xsl:call-template>
        </input>
      </label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'day_on'"/></xsl:call-template>
    </p>
    <p class="row">
      <label><span class="label">Не дольше минут</span>
        <input type="number" name="minutes" min="1" max="30" required="required">
          <xsl:attribute name="value">
            <xsl:call-template name="typed">
              <xsl:with-param name="name" select="'minutes'"/>
              <xsl:with-param name="value" select="@minutes"/>
            </xsl:call-template>
          </xsl:attribute>
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'minutes'"/></xsl:call-template>
        </input>
      </label>
      <span class="hint">Если времени не хватит, останется самое полное из найденных расписаний.</span>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'minutes'"/></xsl:call-template>
    </p>
    <p class="bar"><button class="main">Составить автоматически</button></p>
    <p class="hint">То же можно сделать в самой программе: <a href="{$base}/fet">обмен с FET</a>.</p>
  </form>
</xsl:template>
<xsl:template match="compose[@state = 'runs' or @state = 'waits']" mode="order"/>
<xsl:template match="compose[not(@can_compose)]" mode="order" priority="1">
  <p class="empty">Автоматическое составление на этом сервере не установлено: нужна программа fet-cl (пакет fet). Нагрузку можно <a href="{$base}/fet">выгрузить в файл для FET</a> и составить расписание на своём компьютере.</p>
</xsl:template>

<!-- ............................................................... state -->

<xsl:template match="compose" mode="state"/>
<xsl:template match="compose[@state = 'runs' or @state = 'waits']" mode="state">
  <section class="card job" data-ej-job="{@state}" aria-live="polite">
    <p class="state">
      <b>Расписание составляется.</b>
      <xsl:if test="@total &gt; 0"> Расставлено <xsl:value-of select="concat(@done, ' из ', @total)"/>.</xsl:if>
    </p>
    <xsl:if test="@total &gt; 0">
      <progress max="{@total}" value="{@done}" aria-label="Расставлено">
        <xsl:value-of select="concat(@done, ' из ', @total)"/>
      </progress>
    </xsl:if>
    <p class="hint">Эту страницу можно закрыть. <a href="{$base}/compose" data-ej-job-look="">Обновить</a></p>
    <form method="post" action="{$base}/jobs/{@job_id}">
      <xsl:call-template name="token"/>
      <p class="bar"><button>Отменить</button></p>
    </form>
  </section>
</xsl:template>
<xsl:template match="compose[@state = 'cancelled']" mode="state"><p class="notice">Составление отменено.</p></xsl:template>
<xsl:template match="compose[@state = 'failed']" mode="state">
  <p class="alert" role="alert">Составить не удалось: <xsl:call-template name="words">
      <xsl:with-param name="code" select="@code"/>
    </xsl:call-template></p>
</xsl:template>
<xsl:template match="compose[@words]" mode="state" priority="1">
  <section class="alert" role="alert">
    <p><b>FET не смог составить расписание.</b> Обычно это значит, что у класса или учителя часов больше, чем уроков в неделе: проверьте <a href="{$base}/load">нагрузку</a> и <a href="{$base}/bells">звонки</a>. Что ответила программа:</p>
    <pre><xsl:value-of select="@words"/></pre>
  </section>
</xsl:template>

<!-- .............................................................. result -->

<xsl:template match="compose" mode="result">
  <section>
    <h2>Новое расписание</h2>
    <p>Расставлено <xsl:value-of select="concat(@placed, ' из ', @activities)"/> уроков недели. С <xsl:apply-templates select="@day_on" mode="date"/>: изменится и добавится <xsl:value-of select="@added"/>, останется как есть <xsl:value-of select="@same"/>, закончится <xsl:value-of select="@gone"/>. Окон у учителей в неделю: сейчас <xsl:value-of select="@gaps_now"/>, станет <xsl:value-of select="@gaps"/>.</p>
    <xsl:apply-templates select="self::*[missing]" mode="missing"/>
    <xsl:apply-templates select="self::*[fault]" mode="faults"/>
    <xsl:apply-templates select="self::*[class]" mode="week"/>
    <xsl:if test="not(@is_saved)">
      <form method="post">
        <xsl:call-template name="token"/>
        <input type="hidden" name="step" value="accept"/>
        <input type="hidden" name="version" value="{@version}"/>
        <p class="bar"><button class="main">Принять с <xsl:apply-templates select="@day_on" mode="date"/></button></p>
        <p class="hint">До этого дня останется нынешнее расписание.<xsl:if test="@faults &gt; 0 or @placed &lt; @activities"> Недостающие уроки ставят вручную.</xsl:if></p>
      </form>
      <form class="filter" method="post">
        <xsl:call-template name="token"/>
        <input type="hidden" name="step" value="day"/>
        <label>Другой день <input type="date" name="day_on" value="{@day_on}" required="required"/></label>
        <button>Сравнить ещё раз</button>
      </form>
    </xsl:if>
  </section>
</xsl:template>

<xsl:template match="compose" mode="missing">
  <table class="data people">
    <caption>Не расставлено</caption>
    <thead><tr><th scope="col">Урок</th><th scope="col">Часов</th></tr></thead>
    <tbody>
      <xsl:for-each select="missing">
        <tr>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <td data-word="часов"><xsl:value-of select="@n"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="compose" mode="faults">
  <table class="data people">
    <caption>Уроки, которых не будет: место занято</caption>
    <thead><tr><th scope="col">Когда</th><th scope="col">Урок</th><th scope="col">Что мешает</th></tr></thead>
    <tbody>
      <xsl:for-each select="fault">
        <tr>
          <th scope="row"><xsl:apply-templates select="@weekday" mode="fet"/>, <xsl:value-of select="@slot"/>-й урок</th>
          <td><xsl:value-of select="@name"/></td>
          <td>
            <xsl:apply-templates select="@rule" mode="fet"/>: <xsl:value-of select="@other"/>
            <xsl:if test="@who"> (<xsl:value-of select="@who"/>)</xsl:if>
          </td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<!-- The week of a class: the new lesson, and below it the present one where they differ. -->
<xsl:template match="compose" mode="week">
  <h3>Сравнить неделю класса</h3>
  <p class="filter">
    <xsl:for-each select="class">
      <a href="?class_id={@class_id}">
        <xsl:if test="@is_current"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
        <xsl:value-of select="@name"/>
      </a>
      <xsl:text> </xsl:text>
    </xsl:for-each>
  </p>
  <xsl:if test="slot">
    <div class="wide" tabindex="0" role="region" aria-label="Неделя класса">
      <table class="data">
        <thead>
          <tr>
            <th scope="col">Урок</th>
            <xsl:for-each select="slot[1]/cell">
              <th scope="col"><xsl:apply-templates select="@weekday" mode="fet"/></th>
            </xsl:for-each>
          </tr>
        </thead>
        <tbody><xsl:apply-templates select="slot"/></tbody>
      </table>
    </div>
    <p class="hint">Отмечено то, что изменится; зачёркнуто то, что в этот час сейчас.</p>
  </xsl:if>
</xsl:template>
<xsl:template match="compose/slot">
  <tr><th scope="row"><xsl:value-of select="@slot"/></th><xsl:apply-templates select="cell"/></tr>
</xsl:template>
<xsl:template match="compose/slot/cell"><td><xsl:value-of select="@planned"/></td></xsl:template>
<xsl:template match="compose/slot/cell[@is_changed]">
  <td><b><xsl:value-of select="@planned"/></b><xsl:if test="@now"><br/><del><xsl:value-of select="@now"/></del></xsl:if></td>
</xsl:template>

<xsl:template match="error[@field = 'day_on']" mode="field-name">Действует с</xsl:template>
<xsl:template match="error[@field = 'minutes']" mode="field-name">Не дольше минут</xsl:template>
<xsl:template match="page[compose]/errors/error[@code = 'JE215']" mode="words">Расписание уже составляется. Дождитесь его или отмените.</xsl:template>
<xsl:template match="page[compose]/errors/error[@code = 'JE210']" mode="words">Пока вы сравнивали, расписание или нагрузка изменились. Сравните ещё раз.</xsl:template>

</xsl:stylesheet>
