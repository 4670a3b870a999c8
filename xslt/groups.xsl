<?xml version="1.0" encoding="UTF-8"?>
<!-- groups.xsl: the study groups beside the classes, one group with its forms, its members.
     in   groups[@view = 'list'] with year? find sort page pages count is_mine? done?
            /group[study_group_id name kind subject_name? class_names? staff_names? members], year, choice
          groups[@view = 'individual'] with year? is_mine? /pupil[study_group_id pupil_id name
            class_name? group_name kind week_days? basis? from_on till_on? hours? staff_names?], year
          groups[@view = 'show'] with study_group_id name kind year subject_id? subject_name? week_days?
            basis? is_saved? is_mine? /class[class_id name is_in?], teaching, member, choice
          groups[@view = 'members'] with study_group_id name kind find day_on has_classes?
            /row[pupil_id n name class_name? from_on? till_on? is_in?]
          groups[@view = 'health'] with study_group_id name
            /health[pupil_id name health_group? sport_group? advice?]
     out  tables; the forms of a group, of its classes and of its members
     see  record.xsl; groups_members.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="record.xsl"/>
<xsl:include href="groups_members.xsl"/>
<xsl:include href="pupil_words.xsl"/>

<xsl:variable name="fields">
  <xsl:if test="/page/groups[@view = 'list']"><f name="year" label="Учебный год" choices="1" required="required"/></xsl:if>
  <f name="name" label="Название" max="100" required="required" hint="Как в расписании: «7Б, английский, 1 группа»."/>
  <f name="kind" label="Вид группы">
    <o value="subgroup">подгруппа класса</o>
    <o value="stream">поток из нескольких классов</o>
    <o value="combined">класс-комплект</o>
    <o value="profile">профильная группа</o>
    <o value="elective">элективный или факультативный курс</o>
    <o value="club">кружок, секция, проект</o>
    <o value="individual">индивидуальный учебный план</o>
    <o value="home">обучение на дому</o>
  </f>
  <f name="subject_id" label="Предмет" choices="1" hint="Для подгруппы обязателен: ученик учится в одной из подгрупп по этому предмету."/>
  <f name="week_days" label="Учебных дней в неделю" type="number" min="1" max="6"
     hint="Пусто — как в классе. Для ИУП и обучения на дому — свой режим."/>
  <f name="basis" label="Основание" max="200" hint="Приказ, заключение врача или заявление."/>
</xsl:variable>
<xsl:variable name="kind" select="$field[@name = 'kind']/o"/>

<xsl:template match="page/groups" mode="title">Учебные группы</xsl:template>
<xsl:template match="page/groups[@view = 'individual']" mode="title">Индивидуальные планы и обучение на дому</xsl:template>
<xsl:template match="page/groups[@view = 'show']" mode="title"><xsl:value-of select="@name"/></xsl:template>

<!-- ............................................................. the list -->

<xsl:template match="page/groups" mode="actions">
  <form class="filter" method="get" role="search">
    <label>Группа, класс, предмет или учитель <input type="search" name="find" value="{@find}" maxlength="100" autocomplete="off"/></label>
    <input type="hidden" name="year" value="{@year}"/>
    <input type="hidden" name="sort" value="{@sort}"/>
    <button>Найти</button>
    <xsl:if test="string(@find)"><a href="?year={@year}">Весь список</a></xsl:if>
  </form>
  <xsl:apply-templates select="self::*[year[2]]" mode="years"/>
  <div class="actions">
    <xsl:if test="contains($opens, ' /splits ')"><a href="{$base}/splits">Деление на подгруппы</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>
<xsl:template match="page/groups[@view = 'individual']" mode="actions">
  <xsl:apply-templates select="self::*[year[2]]" mode="years"/>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>
<xsl:template match="page/groups[@view = 'members']" mode="actions"/>
<xsl:template match="page/groups[@view = 'show']" mode="actions">
  <div class="actions">
    <a href="{$base}/groups/{@study_group_id}/blanks">Бланки</a>
    <a href="{$base}/groups/{@study_group_id}/health">Листок здоровья</a>
  </div>
</xsl:template>
<xsl:template match="page/groups[@view = 'health']" mode="actions">
  <div class="actions"><a href="{$base}/groups/{@study_group_id}">Группа</a><xsl:call-template name="as-tables"/></div>
</xsl:template>
<xsl:template match="page/groups[@view = 'health']" mode="title">Листок здоровья · <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/groups[@view = 'health']" mode="crumbs"><xsl:call-template name="section"/></xsl:template>

<xsl:template match="page/groups[@view = 'health']" priority="1">
  <p class="hint">Для учителей этих учеников и классного руководителя: не сообщайте другим.</p>
  <table class="data people">
    <caption class="sr">Листок здоровья</caption>
    <thead><tr><th scope="col">Ученик</th><th scope="col">Группа здоровья</th><th scope="col">Для физкультуры</th><th scope="col">Рекомендации врача</th></tr></thead>
    <tbody><xsl:apply-templates select="health"/></tbody>
  </table>
</xsl:template>
<xsl:template match="page/groups[@view = 'health'][not(health)]" priority="2"><p class="empty">В группе пока никого нет.</p></xsl:template>

<xsl:template match="groups/health">
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td data-word="Группа здоровья"><xsl:value-of select="$health-groups[@value = current()/@health_group]"/></td>
    <td data-word="Для физкультуры">
      <xsl:choose>
        <xsl:when test="@sport_group and @sport_group != 'main'">
          <span class="todo"><xsl:value-of select="$sport-groups[@value = current()/@sport_group]"/></span>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="$sport-groups[@value = current()/@sport_group]"/></xsl:otherwise>
      </xsl:choose>
    </td>
    <td data-word="Рекомендации врача"><xsl:value-of select="@advice"/></td>
  </tr>
</xsl:template>

<xsl:template match="groups" mode="years">
  <nav class="tabs" aria-label="Учебный год"><xsl:apply-templates select="year" mode="tab"/></nav>
</xsl:template>
<xsl:template match="groups/year" mode="tab">
  <a href="?year={@year}">
    <xsl:if test="@year = ../@year"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
    <xsl:value-of select="concat(@year, '/', substring(@year + 1, 3))"/>
  </a>
</xsl:template>

<xsl:template match="page/groups">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="@is_mine">
    <xsl:call-template name="record-new">
      <xsl:with-param name="path" select="'/groups'"/>
      <xsl:with-param name="word" select="'Добавить группу'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:choose>
    <xsl:when test="group"><xsl:apply-templates select="." mode="table"/></xsl:when>
    <xsl:when test="string(@find)"><p class="empty">Ничего не нашлось. <a href="?year={@year}">Весь список</a></p></xsl:when>
    <xsl:otherwise><p class="empty">Учебных групп, кроме самих классов, пока нет. Подгруппы, потоки и кружки заводит администратор или завуч. <a href="{$base}/classes">Классы</a></p></xsl:otherwise>
  </xsl:choose>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort, '&amp;year=', ../@year)"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="page/groups" mode="table">
  <table class="data people">
    <caption>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/>
        <xsl:with-param name="one" select="'группа'"/>
        <xsl:with-param name="few" select="'группы'"/>
        <xsl:with-param name="many" select="'групп'"/>
      </xsl:call-template>
    </caption>
    <thead><tr>
      <th scope="col"><a href="?find={str:encode-uri(@find, true())}&amp;sort=name&amp;year={@year}">Группа</a></th>
      <th scope="col"><a href="?find={str:encode-uri(@find, true())}&amp;sort=kind&amp;year={@year}">Вид</a></th>
      <th scope="col">Классы</th><th scope="col">Предмет</th><th scope="col">Учителя</th>
      <th scope="col"><a href="?find={str:encode-uri(@find, true())}&amp;sort=size&amp;year={@year}">Учеников</a></th>
    </tr></thead>
    <tbody><xsl:apply-templates select="group"/></tbody>
  </table>
</xsl:template>

<xsl:template match="groups/group">
  <tr>
    <xsl:if test="$saved = @study_group_id"><xsl:attribute name="id">saved</xsl:attribute><xsl:attribute name="class">saved</xsl:attribute></xsl:if>
    <th scope="row"><a href="{$base}/groups/{@study_group_id}"><xsl:value-of select="@name"/></a></th>
    <td data-word="Вид"><xsl:value-of select="$kind[@value = current()/@kind]"/></td>
    <td data-word="Классы"><xsl:value-of select="@class_names"/><xsl:if test="not(@class_names)">все</xsl:if></td>
    <td data-word="Предмет"><xsl:value-of select="@subject_name"/></td>
    <td data-word="Учителя"><xsl:value-of select="@staff_names"/></td>
    <td data-word="Учеников"><xsl:value-of select="@members"/><xsl:if test="@members = 0"><xsl:text> </xsl:text><span class="todo">никого нет</span></xsl:if></td>
  </tr>
</xsl:template>

<!-- ............................................... pupils taught alone (CFG-11) -->

<xsl:template match="page/groups[@view = 'individual']" priority="1">
  <xsl:choose>
    <xsl:when test="pupil">
      <table class="data people">
        <caption class="sr">Ученики по ИУП и на дому</caption>
        <thead><tr><th scope="col">Ученик</th><th scope="col">Класс</th><th scope="col">Как учится</th><th scope="col">Режим</th><th scope="col">Часов</th><th scope="col">Учителя</th><th scope="col">С</th><th scope="col">По</th><th scope="col">Основание</th></tr></thead>
        <tbody><xsl:apply-templates select="pupil"/></tbody>
      </table>
    </xsl:when>
    <xsl:otherwise><p class="empty">Учеников на индивидуальном плане и на дому пока нет. Для каждого заводят группу из одного ученика: <a href="{$base}/groups">учебные группы</a>.</p></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="groups/pupil">
  <tr>
    <th scope="row"><a href="{$base}/groups/{@study_group_id}"><xsl:value-of select="@name"/></a></th>
    <td data-word="Класс"><xsl:value-of select="@class_name"/></td>
    <td data-word="Как учится"><xsl:value-of select="$kind[@value = current()/@kind]"/></td>
    <td data-word="Режим"><xsl:if test="@week_days"><xsl:value-of select="concat(@week_days, ' дн. в неделю')"/></xsl:if></td>
    <td data-word="Часов"><xsl:value-of select="translate(@hours, '.', ',')"/><xsl:if test="not(@hours)"><span class="todo">нет нагрузки</span></xsl:if></td>
    <td data-word="Учителя"><xsl:value-of select="@staff_names"/></td>
    <td data-word="С"><xsl:apply-templates select="@from_on" mode="date"/></td>
    <td data-word="По"><xsl:apply-templates select="@till_on" mode="date"/></td>
    <td data-word="Основание"><xsl:value-of select="@basis"/></td>
  </tr>
</xsl:template>

<!-- ............................................................ one group -->

<xsl:template match="page/groups[@view = 'show']" priority="1">
  <xsl:if test="@is_saved and not($is-refused)"><p class="notice" role="status">Сохранено.</p></xsl:if>
  <p class="hint">
    <xsl:choose>
      <xsl:when test="@kind = 'class'">весь класс: группа ведётся сама</xsl:when>
      <xsl:otherwise><xsl:value-of select="$kind[@value = current()/@kind]"/></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@subject_name"><xsl:value-of select="concat(' · ', @subject_name)"/></xsl:if>
    <xsl:text> · классы: </xsl:text>
    <xsl:for-each select="class[@is_in]"><xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="@name"/></xsl:for-each>
    <xsl:if test="not(class[@is_in])">все</xsl:if>
    <xsl:if test="@basis"><xsl:value-of select="concat(' · ', @basis)"/></xsl:if>
  </p>
  <xsl:if test="teaching">
    <ul><xsl:apply-templates select="teaching"/></ul>
  </xsl:if>
  <xsl:choose>
    <xsl:when test="member">
      <table class="data people">
        <caption class="sr">Состав группы</caption>
        <thead><tr><th scope="col">Ученик</th><th scope="col">Класс</th><th scope="col">С</th><th scope="col">По</th></tr></thead>
        <tbody><xsl:apply-templates select="member"/></tbody>
      </table>
    </xsl:when>
    <xsl:otherwise><p class="empty">В группе пока никого нет.</p></xsl:otherwise>
  </xsl:choose>
  <xsl:apply-templates select="self::*[@is_mine]" mode="forms"/>
</xsl:template>

<xsl:template match="groups/teaching">
  <li><xsl:value-of select="concat(@subject_name, ' — ', @staff_name, ', ', translate(@hours_week, '.', ','), ' ч в неделю')"/></li>
</xsl:template>

<xsl:template match="groups/member">
  <tr>
    <th scope="row"><xsl:value-of select="@name"/><xsl:if test="not(@is_now)"><xsl:text> </xsl:text><span class="badge">не сейчас</span></xsl:if></th>
    <td data-word="Класс"><xsl:value-of select="@class_name"/></td>
    <td data-word="С"><xsl:apply-templates select="@from_on" mode="date"/></td>
    <td data-word="По"><xsl:apply-templates select="@till_on" mode="date"/></td>
  </tr>
</xsl:template>

<!-- The forms. A refused one of the classes is shown alone: the page then has its address. -->
<xsl:template match="groups" mode="forms">
  <xsl:variable name="is-classes" select="contains(/page/@path, '/classes')"/>
  <p class="bar"><a class="button" href="{$base}/groups/{@study_group_id}/members">Изменить состав</a></p>
  <details class="more">
    <xsl:if test="$is-classes or not(class[@is_in] or member)"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
    <summary>Из каких классов ученики</summary>
    <xsl:apply-templates select="." mode="classes"/>
  </details>
  <xsl:if test="not($is-classes)">
    <details class="more">
      <xsl:if test="$is-refused"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
      <summary>Изменить группу</summary>
      <xsl:call-template name="record-form">
        <xsl:with-param name="remove" select="'Удалить группу'"/>
        <xsl:with-param name="removal" select="'Удаляют то, что заведено по ошибке. Группу с учениками или нагрузкой удалить нельзя.'"/>
      </xsl:call-template>
    </details>
  </xsl:if>
</xsl:template>

<xsl:template match="groups" mode="classes">
  <form class="card" method="post" action="{$base}/groups/{@study_group_id}/classes">
    <xsl:call-template name="token"/>
    <input type="hidden" name="old_class_id">
      <xsl:attribute name="value"><xsl:for-each select="class[@is_in]"><xsl:sort select="@class_id" data-type="number"/><xsl:if test="position() &gt; 1">,</xsl:if><xsl:value-of select="@class_id"/></xsl:for-each></xsl:attribute>
    </input>
    <fieldset class="pills">
      <legend>Классы; без отметок — все классы школы</legend>
      <xsl:for-each select="class">
        <label><input type="checkbox" name="class_id" value="{@class_id}"><xsl:if test="@is_in"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if></input><span><xsl:value-of select="@name"/></span></label>
      </xsl:for-each>
    </fieldset>
    <p class="row"><label class="check"><input type="checkbox" name="is_all" value="1"/><span>Записать в группу всех учеников этих классов</span></label></p>
    <p class="bar"><button class="main">Сохранить классы</button></p>
  </form>
</xsl:template>

<!-- ......................................................... what is refused -->

<xsl:template match="page[groups]/errors/error[@field = 'class_id']" mode="field-name">Классы</xsl:template>
<xsl:template match="page[groups]/errors/error[@code = 'JE211']" mode="words">В группе есть ученики, нагрузка или уроки: удалить её нельзя.</xsl:template>
<xsl:template match="page[groups]/errors/error[@code = 'JE211'][@field = 'class_id']" mode="words" priority="1">Ученики этого класса записаны в группу. Сначала уберите их из состава.</xsl:template>
<xsl:template match="page[groups]/errors/error[@code = 'JE212']" mode="words">Группа с таким названием в этом учебном году уже есть.</xsl:template>
<xsl:template match="page[groups]/errors/error[@code = 'JE101'][@field = 'subject_id']" mode="words">У подгруппы должен быть предмет, по которому делится класс.</xsl:template>

</xsl:stylesheet>
