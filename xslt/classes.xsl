<?xml version="1.0" encoding="UTF-8"?>
<!-- classes.xsl: the classes of a year that the reader is responsible for, the pupils of one class,
     and the form of a class.
     in   classes[@view = 'list'] with year? lacks? is_mine? done?
            year(year)… choice(for value name)…
            class(class_id name kind week_days profile? staff_name? room_name? pupils)…
          classes[@view = 'show'] with class_id name year grade letter kind profile? class_teacher_id?
            staff_name? room_id? room_name? term_plan_id week_days term_name? is_mine?
            pupil(pupil_id name)/absence(code code_name is_missed? lessons)…
            group(study_group_id name kind)… choice…
     out  a table of classes; a table of pupils with their absences in the term, each name leading to
          the pupil's marks and diary; where is_mine, the form
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <xsl:if test="/page/classes[@view = 'list']"><f name="year" label="Учебный год" choices="1" required="required"/></xsl:if>
  <f name="grade" label="Параллель" type="number" min="1" max="12" required="required" hint="Год обучения: 7 для 7Б."/>
  <f name="letter" label="Буква" max="10" hint="Пусто, если класс в параллели один."/>
  <f name="kind" label="Вид класса">
    <o value="general">общеобразовательный</o>
    <o value="advanced">с углублённым изучением предметов</o>
    <o value="profile">профильный</o>
    <o value="gymnasium">гимназический</o>
    <o value="lyceum">лицейский</o>
    <o value="cadet">кадетский</o>
    <o value="adapted">для обучающихся с ОВЗ</o>
    <o value="evening">очно-заочный</o>
  </f>
  <f name="profile" label="Профиль или предметы" max="100" hint="Для профильных классов и классов с углублённым изучением: «технологический», «английский язык»."/>
  <f name="class_teacher_id" label="Классный руководитель" choices="1"/>
  <f name="room_id" label="Кабинет класса" choices="1"/>
  <f name="term_plan_id" label="Учебные периоды" choices="1" required="required"
     hint="Четверти, полугодия или триместры, по которым учится класс."/>
  <f name="week_days" label="Учебная неделя">
    <o value="5">пять дней</o>
    <o value="6">шесть дней</o>
  </f>
</xsl:variable>

<xsl:template match="page/classes" mode="title">
  <xsl:value-of select="concat(@name, ' класс')"/>
  <xsl:if test="@staff_name"><xsl:value-of select="concat(' · ', @staff_name)"/></xsl:if>
</xsl:template>

<xsl:template match="page/classes" mode="actions">
  <div class="actions">
    <xsl:if test="@is_mine"><a href="#form">Изменить класс</a></xsl:if>
    <a href="{$base}/journals?class_id={@class_id}">Журналы</a>
    <a href="{$base}/classes/{@class_id}/book">Журнал за год</a>
    <a href="{$base}/timetable?class_id={@class_id}">Расписание</a>
    <a href="{$base}/controls/classes/{@class_id}">Контрольные работы</a>
    <xsl:if test="contains($opens, ' /load ')"><a href="{$base}/load?year={@year}&amp;grade={@grade}">Нагрузка</a></xsl:if>
    <xsl:if test="contains($opens, ' /curriculum ')"><a href="{$base}/curriculum?year={@year}&amp;grade={@grade}">Учебный план</a></xsl:if>
    <xsl:if test="contains($opens, ' /slips ')"><a href="{$base}/slips/classes/{@class_id}">Коды доступа</a></xsl:if>
    <a href="{$base}/movements?class_id={@class_id}">Движение</a>
    <a href="{$base}/classes/{@class_id}/consents">Согласия</a>
    <a href="{$base}/classes/{@class_id}/receipts">Ознакомление с дневником</a>
    <a href="{$base}/classes/{@class_id}/strips">Полоски на бумаге</a>
    <a href="{$base}/classes/{@class_id}/cards?format=print">Табели класса</a>
    <a href="{$base}/classes/{@class_id}/social">Социальный паспорт</a>
    <xsl:if test="@study_group_id"><a href="{$base}/groups/{@study_group_id}/blanks">Бланки</a></xsl:if>
    <xsl:if test="@study_group_id"><a href="{$base}/groups/{@study_group_id}/health">Листок здоровья</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/classes">
  <p class="hint">
    <xsl:value-of select="$field[@name = 'kind']/o[@value = current()/@kind]"/>
    <xsl:if test="@profile"><xsl:value-of select="concat(', ', @profile)"/></xsl:if>
    <xsl:if test="@room_name"><xsl:value-of select="concat(' · кабинет ', @room_name)"/></xsl:if>
    <xsl:value-of select="concat(' · ', $field[@name = 'week_days']/o[@value = current()/@week_days], ' в неделю')"/>
  </p>
  <xsl:choose>
    <xsl:when test="pupil">
      <table class="data roll">
        <caption class="sr">Ученики <xsl:value-of select="@name"/></caption>
        <thead><tr><th scope="col">Ученик</th><th scope="col">Пропущено уроков<xsl:if test="@term_name">, <xsl:value-of select="@term_name"/></xsl:if></th><th scope="col">Причины</th><th scope="col" class="to">Открыть</th></tr></thead>
        <tbody><xsl:apply-templates select="pupil"/></tbody>
      </table>
    </xsl:when>
    <xsl:otherwise><p class="empty">В этом классе пока нет учеников. Их зачисляет администратор или завуч.</p></xsl:otherwise>
  </xsl:choose>
  <h2>Учебные группы</h2>
  <xsl:if test="group"><ul><xsl:apply-templates select="group"/></ul></xsl:if>
  <p><a href="{$base}/splits">Деление на подгруппы</a></p>
  <xsl:apply-templates select="self::*[@is_mine]" mode="form"/>
</xsl:template>

<xsl:template match="classes/group">
  <li><a href="{$base}/groups/{@study_group_id}"><xsl:value-of select="@name"/></a></li>
</xsl:template>

<xsl:template match="page/classes" mode="form">
  <details class="more" id="form">
    <xsl:if test="$is-refused"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
    <summary>Изменить класс</summary>
    <xsl:call-template name="record-form">
      <xsl:with-param name="remove" select="'Удалить класс'"/>
      <xsl:with-param name="removal" select="'Удаляют то, что заведено по ошибке. Класс, в котором были ученики, удалить нельзя.'"/>
    </xsl:call-template>
  </details>
</xsl:template>

<xsl:template match="classes/pupil">
  <tr>
    <th scope="row"><a href="{$base}/pupils/{@pupil_id}"><xsl:value-of select="@name"/></a></th>
    <td><xsl:value-of select="sum(absence[@is_missed]/@lessons)"/></td>
    <td><xsl:apply-templates select="absence"/></td>
    <td class="to">
      <a href="{$base}/pupils/{@pupil_id}/marks" aria-label="Отметки: {@name}">Отметки</a>
      <a href="{$base}/pupils/{@pupil_id}/diary" aria-label="Дневник: {@name}">Дневник</a>
      <a href="{$base}/pupils/{@pupil_id}/movements" aria-label="Движение: {@name}">Движение</a>
    </td>
  </tr>
</xsl:template>

<xsl:template match="pupil/absence">
  <xsl:if test="position() &gt; 1">, </xsl:if>
  <xsl:value-of select="concat(@code_name, '&#160;—&#160;', @lessons)"/>
</xsl:template>

<!-- ............................................................. the list -->

<xsl:template match="page/classes[@view = 'list']" mode="title">Классы</xsl:template>
<xsl:template match="page/classes[@view = 'list']" mode="actions">
  <xsl:if test="year[2]">
    <nav class="tabs" aria-label="Учебный год"><xsl:apply-templates select="year" mode="tab"/></nav>
  </xsl:if>
  <div class="actions">
    <xsl:call-template name="as-import">
      <xsl:with-param name="kind" select="'classes'"/>
      <xsl:with-param name="one" select="'administrator'"/>
      <xsl:with-param name="other" select="'deputy'"/>
    </xsl:call-template>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="classes/year" mode="tab">
  <a href="{$base}/classes?year={@year}">
    <xsl:if test="@year = ../@year"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
    <xsl:value-of select="concat(@year, '/', substring(@year + 1, 3))"/>
  </a>
</xsl:template>

<xsl:template match="page/classes[@view = 'list']" priority="1">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="@is_mine and choice[@for = 'term_plan_id']">
    <xsl:call-template name="record-new">
      <xsl:with-param name="path" select="'/classes'"/>
      <xsl:with-param name="word" select="'Добавить класс'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:apply-templates select="@lacks"/>
  <xsl:apply-templates select="self::*[class]" mode="table"/>
  <xsl:if test="not(class) and @lacks"><p class="empty">Таких классов нет.</p></xsl:if>
  <xsl:if test="not(class or @lacks)">
    <p class="empty">
      <xsl:text>Классов этого учебного года пока нет. Их заводит администратор или завуч.</xsl:text>
      <xsl:if test="@is_mine and not(choice[@for = 'term_plan_id'])"> Сначала нужны учебный год и его периоды: <xsl:choose><xsl:when test="contains($opens, ' /years ')"><a href="{$base}/years">учебные годы</a></xsl:when><xsl:otherwise>четверти, полугодия или триместры</xsl:otherwise></xsl:choose>.</xsl:if>
    </p>
  </xsl:if>
</xsl:template>

<!-- Which classes the list is limited to. -->
<xsl:template match="classes/@lacks">
  <p class="notice">Только классы <xsl:apply-templates select="." mode="what"/>. <a href="{$base}/classes?year={../@year}">Все классы</a></p>
</xsl:template>
<xsl:template match="@lacks" mode="what">без учеников</xsl:template>
<xsl:template match="@lacks[. = 'teacher']" mode="what">без классного руководителя</xsl:template>
<xsl:template match="@lacks[. = 'load']" mode="what">без нагрузки</xsl:template>
<xsl:template match="@lacks[. = 'term']" mode="what">без учебных периодов</xsl:template>

<xsl:template match="page/classes" mode="table">
  <table class="data people">
    <caption class="sr">Классы</caption>
    <thead><tr><th scope="col">Класс</th><th scope="col">Классный руководитель</th><th scope="col">Учеников</th><th scope="col">Кабинет</th><th scope="col">Неделя</th><th scope="col">Вид</th></tr></thead>
    <tbody><xsl:apply-templates select="class"/></tbody>
  </table>
</xsl:template>

<xsl:template match="classes/class">
  <tr>
    <xsl:if test="$saved = @class_id"><xsl:attribute name="id">saved</xsl:attribute><xsl:attribute name="class">saved</xsl:attribute></xsl:if>
    <th scope="row"><a href="{$base}/classes/{@class_id}"><xsl:value-of select="@name"/></a></th>
    <td data-word="Классный руководитель"><xsl:value-of select="@staff_name"/><xsl:if test="not(@staff_name)"><span class="todo">не назначен</span></xsl:if></td>
    <td data-word="Учеников"><xsl:value-of select="@pupils"/></td>
    <td data-word="Кабинет"><xsl:value-of select="@room_name"/></td>
    <td data-word="Неделя"><xsl:value-of select="concat(@week_days, '&#160;дней')"/></td>
    <td data-word="Вид">
      <xsl:value-of select="$field[@name = 'kind']/o[@value = current()/@kind]"/>
      <xsl:if test="@profile"><xsl:value-of select="concat(', ', @profile)"/></xsl:if>
    </td>
  </tr>
</xsl:template>

<xsl:template match="page[classes]/errors/error[@code = 'JE211']" mode="words">В классе были ученики, или он входит в учебные группы: удалить его нельзя.</xsl:template>
<xsl:template match="page[classes]/errors/error[@code = 'JE212']" mode="words">Такой класс в этом учебном году уже есть.</xsl:template>

</xsl:stylesheet>
