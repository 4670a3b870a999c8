<?xml version="1.0" encoding="UTF-8"?>
<!-- personnel.xsl: the files of the staff.
     in   personnel[@view = 'list'] with find state sort page pages count rate_hours is_mine? done?
            /staff[staff_id name post? rate? category? category_till_on? is_ending? away? from_on? till_on?]
          personnel[@view = 'show'] with staff_id surname … is_mine? /duty[subject_name? class_name]
          personnel[@view = 'card'] with staff_id name birth_on? …
          personnel[@view = 'posts'] with staff_id name is_mine? /post, [@view = 'post'] with its attributes
          personnel[@view = 'absences'], [@view = 'absence'] likewise
          personnel[@view = 'away'] with from_on till_on /absence[… name post?]
     out  a table; tabs with the forms of one person; read only where the reader may not change it
     see  record.xsl; the fields depend on the view -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings"
                exclude-result-prefixes="exsl str">

<xsl:import href="record.xsl"/>

<xsl:variable name="view" select="string(/page/personnel/@view)"/>

<xsl:variable name="fields">
  <xsl:choose>
    <xsl:when test="$view = 'list' or $view = 'show'">
      <f name="surname" label="Фамилия" max="100" required="required"/>
      <f name="given_name" label="Имя" max="100" required="required"/>
      <f name="patronymic" label="Отчество" max="100"/>
      <f name="post" label="Должность" max="100" hint="Как её видят все сотрудники. Ставки и приказы — во вкладке «Должности»."/>
      <f name="rate_hours" label="Часов в неделю на полную ставку" max="4" required="required"
         hint="Обычно 18, у воспитателей — 25 или 30. По ней «Нагрузка учителей» считает часы сверх нормы."/>
      <f name="from_on" label="Принят с" type="date" required="required"/>
      <f name="till_on" label="Последний рабочий день" type="date" hint="Пусто — работает. После этого дня сотрудник в журнал не войдёт."/>
    </xsl:when>
    <xsl:when test="$view = 'card'">
      <f name="birth_on" label="Дата рождения" type="date"/>
      <f name="phone" label="Телефон" max="100"/>
      <f name="email" label="Почта" max="100"/>
      <f name="address" label="Адрес" max="300"/>
      <f name="education" label="Образование">
        <o value="">не указано</o>
        <o value="higher">высшее</o>
        <o value="college">среднее профессиональное</o>
        <o value="school">среднее общее</o>
      </f>
      <f name="diploma" label="Диплом" max="300" hint="Где и когда получен, специальность."/>
      <f name="category" label="Категория">
        <o value="">нет</o>
        <o value="adequate">соответствие должности</o>
        <o value="first">первая</o>
        <o value="highest">высшая</o>
      </f>
      <f name="category_till_on" label="Категория действует по" type="date"/>
      <f name="hire_order_no" label="Приказ о приёме №" max="40"/>
      <f name="hire_order_on" label="от" type="date"/>
      <f name="leave_order_no" label="Приказ об увольнении №" max="40"/>
      <f name="leave_order_on" label="от" type="date"/>
      <f name="leave_reason" label="Причина увольнения" max="200"/>
      <f name="note" label="Примечание" max="300"/>
    </xsl:when>
    <xsl:when test="$view = 'posts' or $view = 'post'">
      <f name="name" label="Должность" column="Должность" max="100" required="required"/>
      <f name="rate" type="decimal" label="Ставка" column="Ставка" max="3" required="required" hint="1 — полная, 0,5 — половина."/>
      <f name="from_on" label="С" column="С" type="date" required="required"/>
      <f name="till_on" label="По" column="По" type="date" hint="Последний день; пусто — без срока."/>
      <f name="order_no" label="Приказ №" column="Приказ №" max="40" required="required"/>
      <f name="order_on" label="Приказ от" column="от" type="date" required="required"/>
      <f name="reason" label="Причина удаления" max="200"/>
    </xsl:when>
    <xsl:otherwise>
      <f name="kind" label="Причина" column="Причина">
        <o value="vacation">отпуск</o>
        <o value="sick">больничный</o>
        <o value="trip">командировка</o>
        <o value="study">учёба</o>
        <o value="unpaid">отпуск без сохранения зарплаты</o>
        <o value="child">отпуск по уходу за ребёнком</o>
        <o value="other">другое</o>
      </f>
      <f name="from_on" label="С" column="С" type="date" required="required"/>
      <f name="till_on" label="По" column="По" type="date" hint="Последний день отсутствия; пусто — пока неизвестно."/>
      <f name="document" label="Документ" column="Документ" max="200" hint="Приказ, больничный лист: номер и дата."/>
      <f name="note" label="Примечание" column="Примечание" max="200"/>
      <f name="reason" label="Причина удаления" max="200"/>
    </xsl:otherwise>
  </xsl:choose>
</xsl:variable>

<xsl:variable name="categories">
  <o value="adequate">соответствие</o>
  <o value="first">первая</o>
  <o value="highest">высшая</o>
</xsl:variable>
<xsl:variable name="away-words">
  <o value="vacation">в отпуске</o>
  <o value="sick">болеет</o>
  <o value="trip">в командировке</o>
  <o value="study">на учёбе</o>
  <o value="unpaid">в отпуске</o>
  <o value="child">в отпуске по уходу</o>
  <o value="other">отсутствует</o>
</xsl:variable>

<xsl:template match="page/personnel" mode="title">Персонал</xsl:template>
<xsl:template match="page/personnel[@view = 'away']" mode="title">Кто отсутствует</xsl:template>
<xsl:template match="page/personnel[@staff_id]" mode="title"><xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/personnel[@view = 'post' or @view = 'absence']" mode="title"><xsl:value-of select="@staff_name"/></xsl:template>

<!-- .................................................................. the list -->

<xsl:template match="page/personnel" mode="actions">
  <form class="filter" method="get" role="search">
    <label>Имя или должность <input type="search" name="find" value="{@find}" maxlength="100" autocomplete="off"/></label>
    <label>Кто
      <select name="state">
        <xsl:call-template name="state">
          <xsl:with-param name="value" select="'now'"/>
          <xsl:with-param name="word" select="'работают'"/>
        </xsl:call-template>
        <xsl:call-template name="state">
          <xsl:with-param name="value" select="'left'"/>
          <xsl:with-param name="word" select="'уволены'"/>
        </xsl:call-template>
        <xsl:call-template name="state">
          <xsl:with-param name="value" select="'all'"/>
          <xsl:with-param name="word" select="'все'"/>
        </xsl:call-template>
      </select>
    </label>
    <input type="hidden" name="sort" value="{@sort}"/>
    <button>Показать</button>
  </form>
  <div class="actions">
    <a href="{$base}/absences">Кто отсутствует</a>
    <xsl:call-template name="as-import">
      <xsl:with-param name="kind" select="'staff'"/>
      <xsl:with-param name="one" select="'administrator'"/>
      <xsl:with-param name="other" select="'hr'"/>
    </xsl:call-template>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>
<xsl:template match="page/personnel[@view != 'list']" mode="actions"/>

<xsl:template name="state">
  <xsl:param name="value"/>
  <xsl:param name="word"/>
  <option value="{$value}">
    <xsl:if test="@state = $value"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
    <xsl:value-of select="$word"/>
  </option>
</xsl:template>

<xsl:template match="page/personnel">
  <xsl:apply-templates select="@done[not($is-refused)]"><xsl:with-param name="path" select="'/personnel'"/></xsl:apply-templates>
  <xsl:if test="@is_mine">
    <xsl:call-template name="record-new">
      <xsl:with-param name="path" select="'/personnel'"/>
      <xsl:with-param name="word" select="'Принять сотрудника'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:apply-templates select="self::*[staff]" mode="table"/>
  <xsl:if test="not(staff)"><p class="empty">Никого не нашлось. <a href="{$base}/personnel">Все, кто работает</a></p></xsl:if>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept"
                      select="concat('?find=', str:encode-uri(../@find, true()), '&amp;state=', ../@state,
                        '&amp;sort=', ../@sort)"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="personnel" mode="table">
  <table class="data people">
    <caption>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/><xsl:with-param name="one" select="'сотрудник'"/>
        <xsl:with-param name="few" select="'сотрудника'"/><xsl:with-param name="many" select="'сотрудников'"/>
      </xsl:call-template>
    </caption>
    <thead>
      <tr>
        <xsl:call-template name="sorted">
          <xsl:with-param name="key" select="'name'"/>
          <xsl:with-param name="word" select="'Сотрудник'"/>
        </xsl:call-template>
        <xsl:call-template name="sorted">
          <xsl:with-param name="key" select="'post'"/>
          <xsl:with-param name="word" select="'Должность'"/>
        </xsl:call-template>
        <th scope="col">Ставка</th>
        <th scope="col">Категория</th>
        <xsl:call-template name="sorted">
          <xsl:with-param name="key" select="'category_till_on'"/>
          <xsl:with-param name="word" select="'Действует по'"/>
        </xsl:call-template>
        <th scope="col">Принят</th>
        <th scope="col">Уволен</th>
        <th scope="col">Сегодня</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="staff"/></tbody>
  </table>
</xsl:template>

<xsl:template match="personnel/staff">
  <tr>
    <xsl:if test="$saved and @staff_id = $saved">
      <xsl:attribute name="id">saved</xsl:attribute>
      <xsl:attribute name="class">saved</xsl:attribute>
    </xsl:if>
    <th scope="row"><a href="{$base}/personnel/{@staff_id}{$list-query}"><xsl:value-of select="@name"/></a></th>
    <td data-word="Должность"><xsl:value-of select="@post"/></td>
    <td data-word="Ставка"><xsl:apply-templates select="@rate" mode="number"/></td>
    <td data-word="Категория"><xsl:value-of select="exsl:node-set($categories)/o[@value = current()/@category]"/></td>
    <td data-word="Действует по">
      <xsl:choose>
        <xsl:when test="@is_ending"><span class="todo"><xsl:apply-templates select="@category_till_on" mode="date"/></span></xsl:when>
        <xsl:otherwise><xsl:apply-templates select="@category_till_on" mode="date"/></xsl:otherwise>
      </xsl:choose>
    </td>
    <td data-word="Принят"><xsl:apply-templates select="@from_on" mode="date"/></td>
    <td data-word="Уволен"><xsl:apply-templates select="@till_on" mode="date"/></td>
    <td data-word="Сегодня"><xsl:value-of select="exsl:node-set($away-words)/o[@value = current()/@away]"/></td>
  </tr>
</xsl:template>

<!-- ............................................................. one of the staff -->

<xsl:template match="personnel" mode="tabs">
  <nav class="tabs" aria-label="Личное дело">
    <xsl:call-template name="tab">
      <xsl:with-param name="path" select="''"/>
      <xsl:with-param name="word" select="'Работа в школе'"/>
    </xsl:call-template>
    <xsl:call-template name="tab">
      <xsl:with-param name="path" select="'/card'"/>
      <xsl:with-param name="word" select="'Личное дело'"/>
    </xsl:call-template>
    <xsl:call-template name="tab">
      <xsl:with-param name="path" select="'/posts'"/>
      <xsl:with-param name="word" select="'Должности'"/>
    </xsl:call-template>
    <xsl:call-template name="tab">
      <xsl:with-param name="path" select="'/absences'"/>
      <xsl:with-param name="word" select="'Отсутствия'"/>
    </xsl:call-template>
  </nav>
</xsl:template>

<xsl:template name="tab">
  <xsl:param name="path"/>
  <xsl:param name="word"/>
  <xsl:variable name="to" select="concat('/personnel/', @staff_id, $path)"/>
  <xsl:choose>
    <xsl:when test="/page/@path = $to"><b aria-current="page"><xsl:value-of select="$word"/></b></xsl:when>
    <xsl:otherwise><a href="{$base}{$to}"><xsl:value-of select="$word"/></a></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="page/personnel[@view = 'show' or @view = 'card']" priority="1">
  <xsl:apply-templates select="." mode="tabs"/>
  <xsl:choose>
    <xsl:when test="@is_mine"><xsl:call-template name="record-form"/></xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="read"/></xsl:otherwise>
  </xsl:choose>
  <xsl:apply-templates select="self::*[duty]" mode="duties"/>
</xsl:template>

<xsl:template match="personnel" mode="duties">
  <h2>Что передать, если сотрудник уходит</h2>
  <ul>
    <xsl:for-each select="duty">
      <li><xsl:choose>
        <xsl:when test="@subject_name"><xsl:value-of select="concat(@subject_name, ', ', @class_name)"/></xsl:when>
        <xsl:otherwise><xsl:value-of select="concat('классное руководство, ', @class_name)"/></xsl:otherwise>
      </xsl:choose></li>
    </xsl:for-each>
  </ul>
</xsl:template>

<!-- The fields and their values, for those who may only read them. -->
<xsl:template match="personnel" mode="read">
  <xsl:variable name="record" select="."/>
  <table class="data list">
    <caption class="sr"><xsl:value-of select="@name"/></caption>
    <tbody>
      <xsl:for-each select="$field">
        <xsl:variable name="value" select="$record/@*[name() = current()/@name]"/>
        <xsl:if test="string($value)">
          <tr>
            <th scope="row"><xsl:value-of select="@label"/></th>
            <td>
              <xsl:apply-templates select="." mode="value">
                <xsl:with-param name="value" select="$value"/>
              </xsl:apply-templates>
            </td>
          </tr>
        </xsl:if>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="page/personnel[@view = 'posts' or @view = 'absences']" priority="1">
  <xsl:variable name="of" select="@view"/>
  <xsl:apply-templates select="." mode="tabs"/>
  <xsl:variable name="list">
    <personnel count="{count(post | absence)}"><xsl:copy-of select="@*[name() != 'view']"/><xsl:copy-of select="*"/></personnel>
  </xsl:variable>
  <xsl:for-each select="exsl:node-set($list)/personnel">
    <xsl:call-template name="record-list">
      <xsl:with-param name="path" select="concat('/personnel/', @staff_id, '/', $of)"/>
      <xsl:with-param name="add">
        <xsl:choose>
          <xsl:when test="$of = 'posts'">Добавить должность</xsl:when>
          <xsl:otherwise>Добавить отсутствие</xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
      <xsl:with-param name="one" select="'запись'"/>
      <xsl:with-param name="few" select="'записи'"/>
      <xsl:with-param name="many" select="'записей'"/>
      <xsl:with-param name="none">
        <xsl:choose>
          <xsl:when test="$of = 'posts'">Должностей пока нет. Их вносит специалист по кадрам.</xsl:when>
          <xsl:otherwise>Отсутствий пока не было.</xsl:otherwise>
        </xsl:choose>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="f[@name = 'rate']" mode="value">
  <xsl:param name="value"/>
  <xsl:apply-templates select="$value" mode="number"/>
</xsl:template>

<xsl:template match="page/personnel[@view = 'post' or @view = 'absence']" priority="1">
  <xsl:apply-templates select="." mode="tabs"/>
  <xsl:call-template name="record-form">
    <xsl:with-param name="remove" select="'Удалить запись'"/>
    <xsl:with-param name="removal"
                    select="'Удаляют то, что внесено по ошибке; причину напишите выше. Срок, который закончился, не удаляют: заполните «По».'"/>
  </xsl:call-template>
</xsl:template>

<!-- .................................................................. who is away -->

<xsl:template match="page/personnel[@view = 'away']" mode="actions" priority="1">
  <form class="filter" method="get">
    <label>С <input type="date" name="from_on" value="{@from_on}"/></label>
    <label>по <input type="date" name="till_on" value="{@till_on}"/></label>
    <button>Показать</button>
  </form>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/personnel[@view = 'away']" priority="1">
  <table class="data people">
    <caption>Отсутствия</caption>
    <thead>
      <tr>
        <th scope="col">Сотрудник</th>
        <th scope="col">Должность</th>
        <th scope="col">Причина</th>
        <th scope="col">С</th>
        <th scope="col">По</th>
        <th scope="col">Документ</th>
      </tr>
    </thead>
    <tbody>
      <xsl:for-each select="absence">
        <tr>
          <th scope="row"><a href="{$base}/personnel/{@staff_id}/absences"><xsl:value-of select="@name"/></a></th>
          <td data-word="Должность"><xsl:value-of select="@post"/></td>
          <td data-word="Причина"><xsl:value-of select="$field[@name = 'kind']/o[@value = current()/@kind]"/></td>
          <td data-word="С"><xsl:apply-templates select="@from_on" mode="date"/></td>
          <td data-word="По"><xsl:apply-templates select="@till_on" mode="date"/></td>
          <td data-word="Документ"><xsl:value-of select="@document"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>
<xsl:template match="page/personnel[@view = 'away'][not(absence)]" priority="2">
  <p class="empty">В эти дни все на месте. Отпуска, больничные и командировки вносит специалист по кадрам: <a href="{$base}/personnel">Персонал</a>.</p>
</xsl:template>

<xsl:template match="page[personnel]/errors/error[@code = 'JE212']" mode="words">На эти дни отсутствие уже записано.</xsl:template>
<xsl:template match="page[personnel]/errors/error[@code = 'JE301']" mode="words">Себе самому срок работы не продлевают: это делает другой.</xsl:template>

</xsl:stylesheet>
