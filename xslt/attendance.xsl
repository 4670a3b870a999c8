<?xml version="1.0" encoding="UTF-8"?>
<!-- attendance.xsl: «Посещаемость»: the classes; a class in a week or month; reasons of absence.
     in   attendance[@view = 'list'] with today_on week_on last_on
            /class[class_id name staff_name? absent unexplained unjustified last_on? is_led?],
            truant[pupil_id name class_id class_name held_on lessons answer?]…
          attendance[@view = 'class'] with class_id name starts_on ends_on today_on is_month? month_name
            previous_on next_on is_led? is_mine? is_checked? missed_day missed_month_pct done?
            /unexplained…, contradiction…, column…, pupil/c… (dense, in the order of the columns), reason…, choice…
          attendance[@view = 'unexplained'] /unexplained[pupil_id name held_on day_no day_name lessons is_whole?]
          attendance[@view = 'checks'] /week[week_on till_on is_done? note? staff_name? checked_on?]
          attendance[@view = 'missed'] /term…, pupil[pupil_id name days_missed? … late? months?]
          attendance[@view = 'show'] with absence_reason_id pupil_id name class_id code from_on till_on …
     out  tables, a form for each write
     see  record.xsl; attendance_family.xsl: what a guardian announces -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>
<xsl:include href="attendance_family.xsl"/>
<xsl:include href="attendance_rule.xsl"/>

<xsl:variable name="view" select="string(/page/attendance/@view)"/>
<xsl:variable name="class" select="/page/attendance"/>

<xsl:variable name="fields">
  <xsl:if test="$view = 'class'"><f name="pupil_id" label="Ученик" choices="1" required="required"/></xsl:if>
  <f name="code" label="Причина">
    <o value="б">болезнь</o>
    <o value="у">уважительная</o>
    <xsl:if test="$view != 'child'"><o value="п">неуважительная</o></xsl:if>
  </f>
  <f name="from_on" label="С" type="date" required="required"/>
  <f name="till_on" label="По" type="date" required="required" hint="Последний день отсутствия."/>
  <xsl:choose>
    <xsl:when test="$view = 'child'">
      <f name="note" label="Примечание" max="200" hint="Например: к врачу, вернётся к четвёртому уроку."/>
    </xsl:when>
    <xsl:otherwise><f name="document" label="Документ" max="200" hint="Справка, заявление родителей: номер и дата."/></xsl:otherwise>
  </xsl:choose>
  <xsl:if test="$view = 'show'"><f name="reason" label="Причина удаления" max="200"/></xsl:if>
</xsl:variable>

<!-- ............................................................ the classes -->

<xsl:template match="page/attendance" mode="title">Посещаемость</xsl:template>
<xsl:template match="page/attendance" mode="actions">
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>
<xsl:template match="page/attendance" mode="crumbs"><xsl:call-template name="section"/></xsl:template>

<xsl:template match="page/attendance">
  <table class="data people">
    <caption class="sr">Пропуски за 30 дней и сверка по классам</caption>
    <thead><tr>
      <th scope="col">Класс</th><th scope="col">Классный руководитель</th><th scope="col" class="number">Отсутствуют сегодня</th>
      <th scope="col" class="number">Без причины, дней</th><th scope="col" class="number">Неуважительная, дней</th><th scope="col">Сверено по неделю</th>
    </tr></thead>
    <tbody><xsl:apply-templates select="class"/></tbody>
  </table>
  <xsl:apply-templates select="self::*[truant]" mode="truants"/>
  <p class="hint">Дни — за последние 30: сколько раз ученики пропускали уроки без указанной или без уважительной причины. Каждую неделю классный руководитель сверяет пропуски с учителями.</p>
</xsl:template>
<xsl:template match="page/attendance[@view = 'list'][not(class)]">
  <p class="empty">Классов этого учебного года пока нет. <a href="{$base}/classes">Классы</a></p>
</xsl:template>

<xsl:template match="attendance/class">
  <tr>
    <th scope="row"><a href="{$base}/classes/{@class_id}/attendance"><xsl:value-of select="@name"/></a></th>
    <td data-word="Классный руководитель"><xsl:value-of select="@staff_name"/></td>
    <td class="number" data-word="отсутствуют сегодня"><xsl:value-of select="@absent"/></td>
    <td class="number" data-word="без причины, дней">
      <xsl:choose>
        <xsl:when test="@unexplained &gt; 0">
          <a class="todo" href="{$base}/classes/{@class_id}/unexplained"
             aria-label="Без причины в {@name}: {@unexplained}"><xsl:value-of select="@unexplained"/></a>
        </xsl:when>
        <xsl:otherwise>0</xsl:otherwise>
      </xsl:choose>
    </td>
    <td class="number" data-word="неуважительная, дней"><xsl:value-of select="@unjustified"/></td>
    <td data-word="сверено по неделю">
      <a href="{$base}/classes/{@class_id}/checks"><span class="sr">Сверка, <xsl:value-of select="@name"/>: </span>
        <xsl:choose>
          <xsl:when test="not(@last_on)"><span class="todo">не сверялось</span></xsl:when>
          <xsl:when test="translate(@last_on, '-', '') &lt; translate($class/@last_on, '-', '')"><span class="todo">с <xsl:apply-templates select="@last_on" mode="day"/></span></xsl:when>
          <xsl:otherwise><span class="done">с <xsl:apply-templates select="@last_on" mode="day"/></span></xsl:otherwise>
        </xsl:choose>
      </a>
    </td>
  </tr>
</xsl:template>

<xsl:template match="attendance" mode="truants">
  <h2>Без уважительной причины за две недели</h2>
  <table class="data people">
    <caption class="sr">Пропуски без уважительной причины за две недели</caption>
    <thead><tr><th scope="col">Ученик</th><th scope="col">Класс</th><th scope="col">День</th><th scope="col" class="number">Уроков</th><th scope="col">Что сообщила семья</th></tr></thead>
    <tbody>
      <xsl:for-each select="truant">
        <tr>
          <th scope="row"><a href="{$base}/pupils/{@pupil_id}/diary?week_on={@held_on}"><xsl:value-of select="@name"/></a></th>
          <td data-word="Класс">
            <a href="{$base}/classes/{@class_id}/attendance?week_on={@held_on}"><xsl:value-of select="@class_name"/></a>
          </td>
          <td data-word="День"><xsl:apply-templates select="@held_on" mode="date"/></td>
          <td class="number" data-word="уроков"><xsl:value-of select="@lessons"/></td>
          <td data-word="Что сообщила семья"><xsl:value-of select="@answer"/><xsl:if test="not(@answer)"><span class="soft">ничего</span></xsl:if></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<!-- ............................................................ of a class -->

<xsl:template match="page/attendance[@class_id and @name]" mode="title">Посещаемость · <xsl:value-of select="@name"/></xsl:template>

<xsl:template match="page/attendance[@view = 'class']" mode="actions">
  <nav class="tabs" aria-label="Вид">
    <xsl:choose>
      <xsl:when test="@is_month"><a href="?week_on={@starts_on}">Неделя</a><b aria-current="page">Месяц</b></xsl:when>
      <xsl:otherwise><b aria-current="page">Неделя</b><a href="?month_on={@starts_on}">Месяц</a></xsl:otherwise>
    </xsl:choose>
    <a href="{$base}/classes/{@class_id}/missed">Четверть, год</a>
    <a href="{$base}/classes/{@class_id}/checks">Сверка</a>
  </nav>
  <div class="actions"><a href="{$base}/classes/{@class_id}">Класс</a><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/attendance[@view = 'class']">
  <xsl:apply-templates select="@done[not($is-refused)]"><xsl:with-param name="path" select="'/reasons'"/></xsl:apply-templates>
  <xsl:apply-templates select="self::*[unexplained]" mode="unexplained"/>
  <xsl:apply-templates select="self::*[contradiction]" mode="contradictions"/>
  <xsl:variable name="by"><xsl:choose><xsl:when test="@is_month">month_on</xsl:when><xsl:otherwise>week_on</xsl:otherwise></xsl:choose></xsl:variable>
  <nav class="pages" aria-label="Дни">
    <a rel="prev" href="?{$by}={@previous_on}">← Раньше</a>
    <b><xsl:apply-templates select="@starts_on" mode="date"/>–<xsl:apply-templates select="@ends_on" mode="date"/></b>
    <xsl:if test="translate(@next_on, '-', '') &lt;= translate(@today_on, '-', '')"><a rel="next" href="?{$by}={@next_on}">Позже →</a></xsl:if>
  </nav>
  <xsl:apply-templates select="." mode="grid"/>
  <xsl:apply-templates select="self::*[@is_led and not(@is_month)]" mode="check"/>
  <xsl:apply-templates select="." mode="reasons"/>
</xsl:template>

<xsl:template match="attendance" mode="grid">
  <div class="wide">
    <table class="data marks">
      <caption class="sr">Пропуски, <xsl:value-of select="@name"/></caption>
      <thead>
        <tr>
          <th scope="col" rowspan="2">Ученик</th>
          <xsl:for-each select="column[@span]">
            <th scope="colgroup" colspan="{@span}">
              <time datetime="{@held_on}"><xsl:value-of select="concat(@weekday, ' ', @day)"/></time>
            </th>
          </xsl:for-each>
          <xsl:call-template name="sums-head"><xsl:with-param name="rows" select="2"/></xsl:call-template>
        </tr>
        <tr>
          <xsl:for-each select="column">
            <th scope="col" title="{@subjects}">
              <xsl:if test="@is_unmarked"><xsl:attribute name="class">is-open</xsl:attribute><xsl:attribute name="title"><xsl:value-of select="concat(@subjects, ': отсутствующие не отмечены')"/></xsl:attribute></xsl:if>
              <xsl:value-of select="@slot"/>
            </th>
          </xsl:for-each>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="pupil"/></tbody>
    </table>
  </div>
  <p class="hint">н — причина не указана, б — болезнь, у — уважительная, п — неуважительная, о — опоздание, осв — освобождение от урока. Номер урока выделен, если учитель ещё не отметил отсутствующих.</p>
  <p class="hint"><xsl:apply-templates select="." mode="missed-rule"/></p>
</xsl:template>
<xsl:template match="attendance[not(column)]" mode="grid">
  <p class="empty">В эти дни у класса нет уроков.</p>
</xsl:template>
<xsl:template match="attendance[not(pupil)]" mode="grid" priority="1">
  <p class="empty">В классе в эти дни нет учеников. <a href="{$base}/classes/{@class_id}">Класс</a></p>
</xsl:template>

<!-- The heads of the sums; their numbers come in the same order. -->
<xsl:template name="sums-head">
  <xsl:param name="rows" select="1"/>
  <th scope="col" class="sum" rowspan="{$rows}">Дней</th>
  <th scope="col" class="sum" rowspan="{$rows}">по болезни</th>
  <th scope="col" class="sum" rowspan="{$rows}">Уроков</th>
  <th scope="col" class="sum" rowspan="{$rows}">б</th>
  <th scope="col" class="sum" rowspan="{$rows}">у</th>
  <th scope="col" class="sum" rowspan="{$rows}">п</th>
  <th scope="col" class="sum" rowspan="{$rows}">н</th>
  <th scope="col" class="sum" rowspan="{$rows}">Опозданий</th>
  <xsl:if test="$has-share"><th scope="col" class="sum" rowspan="{$rows}" title="Доля пропущенных уроков месяца">%</th></xsl:if>
  <xsl:if test="$has-months"><th scope="col" rowspan="{$rows}">Месяцы, от <xsl:value-of select="$class/@missed_month_pct"/>&#160;%</th></xsl:if>
</xsl:template>

<!-- Whether a table has the share of the month's lessons, or the months that are pointed out. -->
<xsl:variable name="has-share" select="boolean($class[@is_month][@missed_month_pct &gt; 0])"/>
<xsl:variable name="has-months" select="boolean($class[@view = 'missed'][@missed_month_pct &gt; 0])"/>

<xsl:template match="attendance/pupil">
  <tr>
    <th scope="row">
      <a href="{$base}/pupils/{@pupil_id}/diary"><xsl:value-of select="@name"/></a>
      <xsl:if test="@came_on"><xsl:text> </xsl:text><small>с <xsl:apply-templates select="@came_on" mode="day"/></small></xsl:if>
      <xsl:if test="@left_on"><xsl:text> </xsl:text><small>до <xsl:apply-templates select="@left_on" mode="day"/></small></xsl:if>
    </th>
    <xsl:for-each select="c">
      <td>
        <xsl:if test="text()">
          <xsl:attribute name="class">a<xsl:if test=". = 'н'"> is-open</xsl:if></xsl:attribute>
          <xsl:if test="@m"><xsl:attribute name="title"><xsl:value-of select="concat(@m, ' мин')"/></xsl:attribute></xsl:if>
          <xsl:value-of select="."/>
        </xsl:if>
      </td>
    </xsl:for-each>
    <td class="sum" data-word="дней"><xsl:value-of select="@days_missed"/></td>
    <td class="sum" data-word="по болезни"><xsl:value-of select="@days_ill"/></td>
    <td class="sum" data-word="уроков"><xsl:value-of select="@lessons"/></td>
    <td class="sum" data-word="б"><xsl:value-of select="@ill"/></td>
    <td class="sum" data-word="у"><xsl:value-of select="@valid"/></td>
    <td class="sum" data-word="п"><xsl:value-of select="@unjustified"/></td>
    <td class="sum" data-word="н"><xsl:value-of select="@unexplained"/></td>
    <td class="sum" data-word="опозданий"><xsl:value-of select="@late"/></td>
    <xsl:if test="$has-share">
      <td class="sum" data-word="% уроков месяца"><xsl:if test="@is_over"><xsl:attribute name="class">sum over</xsl:attribute></xsl:if><xsl:value-of select="@share_pct"/></td>
    </xsl:if>
    <xsl:if test="$has-months"><td data-word="Месяцы"><xsl:value-of select="@months"/></td></xsl:if>
  </tr>
</xsl:template>

<!-- ...................................................... without a reason -->

<xsl:template match="page/attendance[@view = 'unexplained']">
  <xsl:apply-templates select="self::*[unexplained]" mode="unexplained"/>
  <xsl:if test="not(unexplained)"><p class="empty">Пропусков без причины за последние 60 дней нет. <a href="{$base}/classes/{@class_id}/attendance">Посещаемость класса</a></p></xsl:if>
</xsl:template>

<xsl:template match="attendance" mode="unexplained">
  <h2 id="unexplained">Причина не указана</h2>
  <xsl:apply-templates select="." mode="unexplained-table"/>
</xsl:template>
<xsl:template match="attendance[@is_mine]" mode="unexplained">
  <h2 id="unexplained">Причина не указана</h2>
  <form method="post" action="{$base}/classes/{@class_id}/unexplained">
    <xsl:call-template name="token"/>
    <xsl:apply-templates select="." mode="unexplained-table"/>
    <p class="row">
      <label><span class="label">Документ</span>
        <input type="text" name="document" maxlength="200" autocomplete="off">
          <xsl:attribute name="value">
            <xsl:call-template name="typed"><xsl:with-param name="name" select="'document'"/></xsl:call-template>
          </xsl:attribute>
        </input></label>
      <span class="hint">Если у всех выбранных строк он один.<xsl:if test="unexplained/@event_id"> Без него у тех, кто был на событии, запишется событие.</xsl:if></span>
    </p>
    <p class="bar"><button class="main">Записать причины</button></p>
  </form>
</xsl:template>

<!-- Above the grid of the class only the newest: the grid is to be seen, too. -->
<xsl:variable name="most"><xsl:choose><xsl:when test="$view = 'class'">6</xsl:when><xsl:otherwise>1000</xsl:otherwise></xsl:choose></xsl:variable>
<xsl:template match="attendance" mode="unexplained-table">
  <table class="data people">
    <caption class="sr">Пропуски без причины за 60 дней</caption>
    <thead><tr><th scope="col">Ученик</th><th scope="col">День</th><th scope="col">Пропущено</th><xsl:if test="@is_mine"><th scope="col">Причина</th></xsl:if></tr></thead>
    <tbody><xsl:apply-templates select="unexplained[position() &lt;= $most]"/></tbody>
  </table>
  <xsl:if test="count(unexplained) &gt; $most">
    <p class="bar"><a href="{$base}/classes/{@class_id}/unexplained">Все пропуски без причины: <xsl:value-of select="count(unexplained)"/></a></p>
  </xsl:if>
</xsl:template>

<xsl:template match="attendance/unexplained">
  <xsl:variable name="field" select="concat('code.', @pupil_id, '.', @day_no)"/>
  <tr>
    <th scope="row"><a href="{$base}/pupils/{@pupil_id}/diary?week_on={@held_on}"><xsl:value-of select="@name"/></a></th>
    <td data-word="День"><time datetime="{@held_on}"><xsl:value-of select="@day_name"/></time></td>
    <td data-word="Пропущено">
      <xsl:choose>
        <xsl:when test="@is_whole">весь день, </xsl:when>
      </xsl:choose>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@lessons"/><xsl:with-param name="one" select="'урок'"/>
        <xsl:with-param name="few" select="'урока'"/><xsl:with-param name="many" select="'уроков'"/>
      </xsl:call-template>
      <xsl:if test="@event_id">: <a href="{$base}/events/{@event_id}"><xsl:value-of select="@event_title"/></a></xsl:if>
    </td>
    <xsl:if test="$class/@is_mine">
      <td data-word="Причина">
        <!-- who was at an event is proposed as excused -->
        <xsl:variable name="proposed"><xsl:if test="@event_id">у</xsl:if></xsl:variable>
        <xsl:variable name="typed">
          <xsl:call-template name="typed">
            <xsl:with-param name="name" select="$field"/><xsl:with-param name="value" select="$proposed"/>
          </xsl:call-template>
        </xsl:variable>
        <select name="{$field}" id="f-{$field}" aria-label="Причина: {@name}, {@day_name}">
          <option value="">—</option>
          <option value="б"><xsl:if test="$typed = 'б'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>болезнь</option>
          <option value="у"><xsl:if test="$typed = 'у'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>уважительная</option>
          <option value="п"><xsl:if test="$typed = 'п'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>неуважительная</option>
        </select>
      </td>
    </xsl:if>
  </tr>
</xsl:template>

<!-- ....................................................... contradictions -->

<xsl:template match="attendance" mode="contradictions">
  <h2>Отмечены на уроке, хотя есть причина отсутствия</h2>
  <table class="data people">
    <caption class="sr">Уроки, которые должен исправить учитель</caption>
    <thead><tr><th scope="col">Ученик</th><th scope="col">День, урок</th><th scope="col">Предмет</th><th scope="col">Учитель</th><th scope="col">Причина</th></tr></thead>
    <tbody>
      <xsl:for-each select="contradiction">
        <tr>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <td data-word="День, урок"><xsl:apply-templates select="@held_on" mode="date"/>, <xsl:value-of select="@slot"/>-й</td>
          <td data-word="Предмет"><a href="{$base}/lessons/{@lesson_id}"><xsl:value-of select="@subject_name"/></a></td>
          <td data-word="Учитель"><xsl:value-of select="@staff_name"/></td>
          <td data-word="Причина"><xsl:value-of select="@code_name"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
  <p class="hint">Учителя видят эти уроки на странице «Сегодня» и исправят отметку, если ученика не было. Если он был, исправьте дни причины.</p>
</xsl:template>

<!-- ............................................................. reasons -->

<xsl:template match="attendance" mode="reasons">
  <h2>Причины отсутствия</h2>
  <xsl:if test="@is_mine">
    <xsl:call-template name="record-new">
      <xsl:with-param name="path" select="concat('/classes/', @class_id, '/attendance')"/>
      <xsl:with-param name="word" select="'Записать справку или заявление'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:if test="not(reason)"><p class="empty">На эти и следующие дни причин не записано.</p></xsl:if>
  <xsl:if test="reason">
    <table class="data people">
      <caption class="sr">Причины отсутствия</caption>
      <thead><tr><th scope="col">Ученик</th><th scope="col">Причина</th><th scope="col">С</th><th scope="col">По</th><th scope="col">Документ</th></tr></thead>
      <tbody><xsl:apply-templates select="reason"/></tbody>
    </table>
  </xsl:if>
</xsl:template>

<xsl:template match="attendance/reason">
  <tr>
    <xsl:call-template name="saved-row"/>
    <th scope="row">
      <xsl:choose>
        <xsl:when test="$class/@is_mine"><a href="{$base}/reasons/{@absence_reason_id}"><xsl:value-of select="@name"/></a></xsl:when>
        <xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise>
      </xsl:choose>
    </th>
    <td data-word="Причина"><xsl:value-of select="@code_name"/><xsl:if test="@slots">, уроки <xsl:value-of select="@slots"/></xsl:if></td>
    <td data-word="С"><xsl:apply-templates select="@from_on" mode="date"/></td>
    <td data-word="По"><xsl:apply-templates select="@till_on" mode="date"/></td>
    <td data-word="Документ">
      <xsl:value-of select="@document"/>
      <xsl:if test="@guardian_name">
        <xsl:if test="@document">; </xsl:if>
        <xsl:value-of select="concat('сообщил родитель: ', @guardian_name)"/><xsl:if test="@note"> — <q><xsl:value-of select="@note"/></q></xsl:if>
      </xsl:if>
    </td>
  </tr>
</xsl:template>

<xsl:template match="page/attendance[@view = 'show']" mode="title"><xsl:value-of select="@name"/> · причина отсутствия</xsl:template>
<xsl:template match="page/attendance[@view = 'show']" mode="crumbs">
  <xsl:call-template name="section"/>
  <xsl:if test="@class_id">
    <xsl:call-template name="crumb">
      <xsl:with-param name="path" select="concat('/classes/', @class_id, '/attendance')"/>
      <xsl:with-param name="word" select="'Посещаемость класса'"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>
<xsl:template match="page/attendance[@view = 'show' or @view = 'announced']" mode="actions"/>
<xsl:template match="page/attendance[@view = 'show']">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="@guardian_name"><p class="notice">Сообщил родитель: <xsl:value-of select="@guardian_name"/><xsl:if test="@note"> — <q><xsl:value-of select="@note"/></q></xsl:if></p></xsl:if>
  <xsl:if test="@slots"><p class="hint">Причина относится к урокам: <xsl:value-of select="@slots"/>.</p></xsl:if>
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить причину'"/>
    <xsl:with-param name="removal" select="'Пропуски этих дней снова станут пропусками без причины («н»).'"/>
  </xsl:call-template>
</xsl:template>

<!-- ......................................................... verification -->

<xsl:template match="attendance" mode="check">
  <p class="hint"><span class="done">Эта неделя сверена.</span></p>
</xsl:template>
<xsl:template match="attendance[not(@is_checked)]" mode="check">
  <form class="card" method="post" action="{$base}/classes/{@class_id}/checks">
    <xsl:call-template name="token"/>
    <input type="hidden" name="week_on" value="{@starts_on}"/>
    <p>Сверьте пропуски недели с учителями и отметьте сверку.</p>
    <p class="row"><label><span class="label">Что исправлено</span><input type="text" name="note" maxlength="200" autocomplete="off"/></label></p>
    <p class="bar"><button class="main">Неделя сверена</button></p>
  </form>
</xsl:template>

<xsl:template match="page/attendance[@view = 'checks']">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <table class="data people">
    <caption>Сверено недель: <xsl:value-of select="concat(count(week[@is_done]), ' из ', count(week))"/></caption>
    <thead><tr><th scope="col">Неделя</th><th scope="col">Сверка</th><th scope="col">Кто</th><th scope="col">Что исправлено</th></tr></thead>
    <tbody>
      <xsl:for-each select="week">
        <tr>
          <th scope="row"><a href="{$base}/classes/{$class/@class_id}/attendance?week_on={@week_on}"><xsl:apply-templates select="@week_on" mode="date"/>–<xsl:apply-templates select="@till_on" mode="date"/></a></th>
          <td data-word="Сверка">
            <xsl:choose>
              <xsl:when test="@is_done"><span class="done">сверено<xsl:if test="@checked_on"><xsl:text> </xsl:text><xsl:apply-templates select="@checked_on" mode="date"/></xsl:if></span></xsl:when>
              <xsl:otherwise><span class="todo">не сверено</span></xsl:otherwise>
            </xsl:choose>
          </td>
          <td data-word="Кто"><xsl:value-of select="@staff_name"/></td>
          <td data-word="Что исправлено"><xsl:value-of select="@note"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
  <p class="hint">Откройте неделю, сверьте пропуски с учителями и отметьте сверку под таблицей.</p>
</xsl:template>

<!-- ................................................. sums of a term, year -->

<xsl:template match="page/attendance[@view = 'missed']" mode="title">Сводная ведомость посещаемости · <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/attendance[@view = 'missed']" mode="actions">
  <nav class="tabs" aria-label="Учебные периоды">
    <xsl:for-each select="term">
      <xsl:choose>
        <xsl:when test="@is_current"><b aria-current="page"><xsl:value-of select="@name"/></b></xsl:when>
        <xsl:otherwise><a href="?term_id={@term_id}"><xsl:apply-templates select="@name" mode="term-name"/></a></xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </nav>
  <div class="actions">
    <a href="{$base}/classes/{@class_id}/attendance">Неделя, месяц</a>
    <a href="?term_id={term[@is_current]/@term_id}&amp;format=print">Печать</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/attendance[@view = 'missed']">
  <table class="data people">
    <caption class="sr">Пропуски, <xsl:value-of select="@name"/></caption>
    <thead><tr><th scope="col">Ученик</th><xsl:call-template name="sums-head"/></tr></thead>
    <tbody>
      <xsl:apply-templates select="pupil"/>
      <tr class="total">
        <th scope="row">Всего</th>
        <td class="sum" data-word="дней"><xsl:value-of select="sum(pupil/@days_missed)"/></td>
        <td class="sum" data-word="по болезни"><xsl:value-of select="sum(pupil/@days_ill)"/></td>
        <td class="sum" data-word="уроков"><xsl:value-of select="sum(pupil/@lessons)"/></td>
        <td class="sum" data-word="б"><xsl:value-of select="sum(pupil/@ill)"/></td>
        <td class="sum" data-word="у"><xsl:value-of select="sum(pupil/@valid)"/></td>
        <td class="sum" data-word="п"><xsl:value-of select="sum(pupil/@unjustified)"/></td>
        <td class="sum" data-word="н"><xsl:value-of select="sum(pupil/@unexplained)"/></td>
        <td class="sum" data-word="опозданий"><xsl:value-of select="sum(pupil/@late)"/></td>
        <xsl:if test="$has-months"><td/></xsl:if>
      </tr>
    </tbody>
  </table>
  <p class="hint"><xsl:apply-templates select="." mode="missed-rule"/></p>
</xsl:template>
<xsl:template match="page/attendance[@view = 'missed'][not(pupil)]" priority="1">
  <p class="empty">В этом периоде в классе нет учеников. <a href="{$base}/classes/{@class_id}">Класс</a></p>
</xsl:template>

<!-- ....................................................... what is refused -->

<xsl:template match="page[attendance]/errors/error[@code = 'JE212']" mode="words">На эти дни причина уже записана.</xsl:template>
<xsl:template match="page[attendance/@view = 'checks']/errors/error[@code = 'JE212']" mode="words" priority="1">Эта неделя уже сверена.</xsl:template>
<xsl:template match="page[attendance]/errors/error[@code = 'JE203']" mode="words">Сообщить можно о днях от сегодняшнего, не больше чем на месяц.</xsl:template>
<xsl:template match="page[attendance/@view = 'checks']/errors/error[@code = 'JE203']" mode="words" priority="1">Эта неделя ещё не началась.</xsl:template>
<xsl:template match="error[starts-with(@field, 'code.')]" mode="field-name" priority="1">Причина</xsl:template>
<xsl:template match="error[starts-with(@field, 'code.')][string(@value)]" mode="current" priority="1">«<xsl:value-of select="@value"/>»</xsl:template>

</xsl:stylesheet>
