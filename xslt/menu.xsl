<?xml version="1.0" encoding="UTF-8"?>
<!-- menu.xsl: the menu in the head of every page, and the breadcrumbs of inner pages.
     in   page/@opens: the addresses without parameters that the reader's roles may
          open (routes.def), each followed by a blank; page/@feature, @path
     out  up to three entries: links only. More: the first entries as links, and all
          entries by groups in a panel, which unfolds without a script
     see  static/css/menu.css, static/js/menu.js -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" xmlns:set="http://exslt.org/sets" exclude-result-prefixes="exsl set">

<!-- What the school calls the section of the norms of ГТО (MOD-01), a setting of the school. -->
<xsl:variable name="gto-caption">
  <xsl:choose><xsl:when test="/page/@gto_caption = 'gto'">ГТО</xsl:when><xsl:otherwise>ГТЗО</xsl:otherwise></xsl:choose>
</xsl:variable>

<!-- All entries of the menu. routes.def decides who may open the page of an entry.
     features  the features whose pages belong to the entry
     head      on a wide screen the entry is also shown as a link in the head
     role      without this role the page would be empty, so the entry is hidden
     not-for   readers with exactly these roles would see an empty page, too; a comma between several -->
<xsl:variable name="menu">
  <group word="Учёба">
    <entry path="/" features="today" word="Сегодня" head="1" role="staff"/>
    <entry path="/journals" features="journal finals lesson" word="Журналы" head="1"/>
    <entry path="/tasks" features="tasks" word="Задать на дом"/>
    <entry path="/plans" features="plans" word="КТП"/>
    <entry path="/programme" features="programme" word="Выполнение программы"/>
    <entry path="/controls" features="controls" word="Контрольные работы"/>
    <entry path="/attendance" features="attendance" word="Посещаемость"/>
    <entry path="/absent" features="blanks" word="Отсутствующие по классам"/>
    <entry path="/diary" features="diary family" word="Дневник" head="1"/>
    <entry path="/events" features="events" word="События"/>
    <entry path="/participation" features="" word="События в числах" role="observer"/>
    <entry path="/meals" features="meals kitchen" word="Питание"/>
    <entry path="/meals/months" features="mealsheets" word="Питание по месяцам"/>
    <entry path="/meals/menus" features="menus" word="Питание: меню"/>
    <entry path="/meals/payments" features="payments" word="Питание: оплата"/>
    <entry path="/meals/entitlements" features="entitlements" word="Питание: льготы"/>
    <entry path="/meals/prices" features="prices" word="Питание: цены"/>
    <entry path="/meals/benefits" features="benefits" word="Питание: категории"/>
    <entry path="/meals/servings" features="servings" word="Приёмы пищи"/>
    <entry path="/gto" features="gto" word="{$gto-caption}"/>
    <entry path="/receipts" features="receipts" word="Ознакомление с дневником"/>
    <entry path="/announcements" features="announcements" word="Объявления" not-for="observer staff region"/>
    <entry path="/messages" features="messages" word="Сообщения" not-for="observer staff region"/>
    <entry path="/notices" features="notices" word="Уведомления"/>
    <entry path="/informing" features="informing" word="Как извещали семьи"/>
    <entry path="/extracts" features="extracts" word="Заверенные копии"/>
    <entry path="/region" features="region" word="Регион" head="1"/>
    <entry path="/reach" features="reach" word="Семьи в числах"/>
    <entry path="/corrections" features="corrections" word="Исправления"/>
    <entry path="/timetable" features="timetable feeds" word="Расписание" head="1" not-for="hr staff, staff archivist"/>
    <entry path="/substitutions" features="substitutions" word="Замены и переносы"/>
    <entry path="/control" features="control" word="Контроль ведения журнала"/>
    <entry path="/findings" features="findings" word="Замечания по журналу"/>
    <entry path="/inspections" features="inspections" word="Проверки журналов"/>
    <entry path="/limits" features="limits" word="Пределы контроля"/>
    <entry path="/closing" features="closing" word="Закрытие периодов"/>
    <entry path="/objectivity" features="objectivity" word="Объективность отметок"/>
    <entry path="/handover" features="handover" word="Сдача отчётов"/>
    <entry path="/forecast" features="forecast" word="Прогноз отметок"/>
    <entry path="/debts" features="debts" word="Задолженности"/>
    <entry path="/reports" features="reports" word="Отчёты"/>
    <entry path="/books" features="books" word="Журналы классов за год"/>
  </group>
  <group word="Люди">
    <entry path="/classes" features="classes papers" word="Классы" head="1"/>
    <entry path="/pupils" features="people pupil guardians outside portfolio" word="Ученики" head="1"/>
    <entry path="/personnel" features="personnel" word="Персонал"/>
    <entry path="/requests" features="requests" word="Заявки администратору"/>
    <entry path="/verifications" features="verifications" word="Сверка данных"/>
    <entry path="/movements" features="movements" word="Движение учеников"/>
    <entry path="/transfers" features="transfers" word="Переход между школами"/>
    <entry path="/duplicates" features="duplicates" word="Повторные записи"/>
    <entry path="/consents" features="consents" word="Согласия и отказы"/>
    <entry path="/social" features="social" word="Социальный паспорт"/>
    <entry path="/accidents" features="accidents" word="Несчастные случаи"/>
    <entry path="/staff" features="people" word="Сотрудники" not-for="observer staff region"/>
    <entry path="/slips" features="slips" word="Коды доступа"/>
    <entry path="/roles" features="roles" word="Роли по приказам"/>
    <entry path="/factors" features="" word="Вход с кодом"/>
    <entry path="/incidents" features="incidents voidings" word="Логин известен другим"/>
    <entry path="/ways" features="ways" word="Другие способы входа"/>
  </group>
  <group word="Учебный год">
    <entry path="/promotion" features="promotion" word="Перевод в новый год"/>
    <entry path="/readiness" features="readiness" word="Готовность к году"/>
    <entry path="/years" features="years" word="Учебные годы"/>
    <entry path="/terms" features="terms" word="Учебные периоды"/>
    <entry path="/holidays" features="holidays" word="Каникулы"/>
    <entry path="/bells" features="bells modes" word="Звонки"/>
    <entry path="/groups" features="groups" word="Учебные группы"/>
    <entry path="/splits" features="splits" word="Деление на подгруппы"/>
    <entry path="/individual" features="groups" word="ИУП и обучение на дому"/>
    <entry path="/subjects" features="subjects" word="Предметы"/>
    <entry path="/rooms" features="rooms" word="Кабинеты"/>
    <entry path="/maintenance" features="maintenance" word="Обслуживание журнала"/>
    <entry path="/curriculum" features="curriculum" word="Учебный план"/>
    <entry path="/norms" features="norms" word="Нормы нагрузки"/>
    <entry path="/load" features="load" word="Нагрузка"/>
    <entry path="/kinds" features="kinds" word="Виды работ"/>
    <entry path="/scales" features="scales" word="Системы оценивания"/>
    <entry path="/grading" features="grading" word="Правила оценивания"/>
    <entry path="/lists" features="lists" word="Общие списки региона"/>
    <entry path="/imports" features="imports" word="Загрузка из файлов"/>
    <entry path="/compose" features="compose" word="Составить расписание"/>
    <entry path="/fet" features="fet" word="Обмен с FET"/>
  </group>
  <group word="Школа">
    <entry path="/acts" features="acts" word="Локальные акты"/>
    <entry path="/settings" features="settings" word="Настройки школы"/>
    <entry path="/history" features="history" word="История изменений"/>
    <entry path="/outbound" features="outbound" word="Письма и СМС"/>
    <entry path="/automation" features="automation" word="Что автоматизировано"/>
    <entry path="/training" features="training" word="Обучение"/>
    <entry path="/help/compliance" features="compliance" word="Сверка с требованиями"/>
    <entry path="/jobs" features="jobs" word="Фоновые задания"/>
    <entry path="/receivers" features="receivers" word="Адресаты документов"/>
    <entry path="/exchange" features="exchange" word="Обмен документами"/>
    <entry path="/clients" features="clients" word="Доступ программ"/>
    <entry path="/oneroster" features="oneroster" word="Обмен OneRoster"/>
    <entry path="/archive" features="archive" word="Резервные копии"/>
    <entry path="/packages" features="packages" word="Архив учебных лет"/>
    <entry path="/takeout" features="takeout" word="Выгрузка школы"/>
    <entry path="/retention" features="retention" word="Сроки хранения"/>
    <entry path="/views" features="views" word="Кто открывал карточки"/>
    <entry path="/access" features="access" word="Кто что может"/>
    <entry path="/support" features="support" word="Поддержка"/>
    <entry path="/help" features="help" word="Справка"/>
  </group>
</xsl:variable>

<xsl:variable name="opens" select="concat(' ', /page/@opens)"/>
<xsl:variable name="menu-entries" select="exsl:node-set($menu)/group/entry[contains($opens, concat(' ', @path, ' '))
  and not(@not-for and contains(concat(', ', @not-for, ','), concat(', ', $menu-roles, ','))) and (not(@role) or contains($roles, concat(' ', @role, ' ')))]"/>
<xsl:variable name="menu-size" select="count($menu-entries)"/>
<xsl:variable name="menu-roles" select="string(/page/@roles)"/>
<xsl:variable name="menu-feature" select="concat(' ', /page/@feature, ' ')"/>
<xsl:variable name="menu-path" select="string(/page/@path)"/>
<!-- the address of the entry of the present page: the page's own, else of the first entry with its feature -->
<xsl:variable name="menu-here" select="$menu-entries[@path = $menu-path]"/>
<xsl:variable name="menu-current" select="string(($menu-here
  | $menu-entries[not($menu-here) and contains(concat(' ', @features, ' '), $menu-feature)])[1]/@path)"/>

<xsl:template match="page" mode="menu">
  <nav class="menu" aria-label="Разделы">
    <xsl:if test="$menu-size &gt; 3">
      <details data-ej-menu="">
        <xsl:attribute name="class">all<xsl:if test="$menu-size &lt; 7"> few</xsl:if></xsl:attribute>
        <summary>Меню</summary>
        <div class="panel">
          <xsl:for-each select="$menu-entries/parent::group">
            <div>
              <p id="menu-{position()}"><xsl:value-of select="@word"/></p>
              <ul aria-labelledby="menu-{position()}">
                <xsl:for-each select="set:intersection(entry, $menu-entries)">
                  <li><xsl:call-template name="menu-link"/></li>
                </xsl:for-each>
              </ul>
            </div>
          </xsl:for-each>
        </div>
      </details>
    </xsl:if>
    <xsl:for-each select="$menu-entries[$menu-size &lt; 7 or @head]"><xsl:call-template name="menu-link"/></xsl:for-each>
  </nav>
</xsl:template>

<!-- The link of an entry, which is the context node. A named template, called in for-each: the menu is on every page,
     and apply-templates would search all templates for each of some fifty entries. -->
<xsl:template name="menu-link">
  <a href="{$base}{@path}">
    <xsl:if test="@path = $menu-current">
      <xsl:attribute name="aria-current">
        <xsl:choose><xsl:when test="@path = $menu-path">page</xsl:when><xsl:otherwise>true</xsl:otherwise></xsl:choose>
      </xsl:attribute>
    </xsl:if>
    <xsl:value-of select="@word"/>
  </a>
</xsl:template>

<!-- .................................................. the way back: «Журналы › 7Б, Алгебра ›» -->

<!-- The breadcrumbs of an inner page begin with its section. A feature adds levels in between by
     overriding this template for its element, with <li>s from the template crumb. -->
<xsl:template match="page/*" mode="crumbs"><xsl:call-template name="section"/></xsl:template>
<xsl:template match="page/errors|page/form" mode="crumbs"/>

<xsl:template name="section">
  <xsl:for-each select="$menu-entries[@path = $menu-current and @path != $menu-path]">
    <li><a href="{$base}{@path}"><xsl:value-of select="@word"/></a></li>
  </xsl:for-each>
</xsl:template>

<xsl:template name="crumb">
  <xsl:param name="path"/>
  <xsl:param name="word"/>
  <li><a href="{$base}{$path}"><xsl:value-of select="$word"/></a></li>
</xsl:template>

<!-- the breadcrumbs of a journal's inner pages: its lessons and cells -->
<xsl:template match="*" mode="journal-crumbs">
  <xsl:call-template name="section"/>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/journals/', @journal_id)"/>
    <xsl:with-param name="word" select="concat(@subject_name, ', ', @class_name)"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page" mode="crumbs">
  <xsl:variable name="crumbs"><xsl:apply-templates select="*" mode="crumbs"/></xsl:variable>
  <xsl:if test="string($crumbs)">
    <nav class="crumbs" aria-label="Где эта страница"><ol><xsl:copy-of select="$crumbs"/></ol></nav>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
