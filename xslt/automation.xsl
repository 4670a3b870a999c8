<?xml version="1.0" encoding="UTF-8"?>
<!-- automation.xsl: the processes that the journal does, each with its present count.
     in   automation[school_name today_on]/process[clause code things part?]…
     out  a table for each of the two clauses
     see  sql/objects/automation.sql -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="layout.xsl"/>

<!-- The processes in the words of the duties, what is counted, and the page that does it. -->
<xsl:variable name="processes-text">
  <p code="terms" path="/terms" word="Формирование учебных периодов на всех ступенях" of="периодов"/>
  <p code="holidays" path="/holidays" word="Формирование графика каникул" of="каникул и праздников"/>
  <p code="pupils" path="/pupils" word="Формирование контингента обучающихся" of="учеников"/>
  <p code="groups" path="/groups" word="Формирование классов-комплектов и учебных групп" of="классов и групп"/>
  <p code="individual" path="/individual" word="Списки обучающихся по индивидуальным учебным планам" of="учеников"/>
  <p code="modes" path="/bells" word="Фиксация режима работы классов и групп" of="режимов"/>
  <p code="load" path="/load" word="Распределение учебной нагрузки" of="назначений"/>
  <p code="plans" path="/plans" word="Календарно-тематическое планирование" of="назначений" part="с утверждённым КТП"/>
  <p code="timetable" path="/timetable" word="Формирование расписания уроков" of="назначений" part="в расписании"/>
  <p code="controls" path="/controls" word="Сводный график контрольных работ" of="работ"/>
  <p code="substitutions" path="/substitutions" word="Регистрация замен и переносов уроков" of="замен и переносов"/>
  <p code="homework" path="/control" word="Регистрация домашних заданий" of="проведённых уроков" part="с записью о задании"/>
  <p code="remarks" path="/pupils" word="Регистрация рекомендаций педагогов" of="записей"/>
  <p code="notices" path="/informing" word="Информирование учеников и родителей в реальном времени" of="уведомлений"/>
  <p code="messages" path="/messages" word="Обмен информацией с обратной связью" of="сообщений"/>
  <p code="attendance" path="/attendance" word="Фиксация посещаемости" of="проведённых уроков" part="с отметкой присутствия"/>
  <p code="marks" path="/journals" word="Фиксация текущих отметок по видам работ" of="отметок"/>
  <p code="control_marks" path="/controls" word="Отметки за контрольные работы внутреннего мониторинга" of="отметок"/>
  <p code="finals" path="/closing" word="Фиксация итоговых отметок за отчётные периоды" of="отметок"/>
  <p code="results" path="/reports" word="Индивидуальные результаты освоения программ" of="учеников" part="с итоговыми отметками"/>
  <p code="teachers" path="/personnel" word="Функциональные возможности педагогов" of="педагогов с нагрузкой"/>
  <p code="changes" path="/history" word="Просмотр и правка по обязанностям и уровню доступа" of="записей в истории изменений"/>
  <p code="prints" path="/extracts" word="Распечатка по регламентам школы" of="заверенных копий"/>
  <p code="sheets" path="/reports" word="Сводная ведомость итоговых отметок на бумаге" of="классов"/>
  <p code="analysis" path="/reports" word="Оперативный анализ результатов учеников и педагогов" of="отчётов"/>
  <p code="exports" path="/reports" word="Экспорт в стандартные форматы (XML, CSV, XLSX)" of="отчётов"/>
  <p code="lists" path="/imports" word="Ввод и обновление списков учеников, классов, групп, педагогов" of="учеников и сотрудников"/>
  <p code="movements" path="/movements" word="Движение обучающихся" of="записей"/>
  <p code="plans_of_year" path="/terms" word="Настройка структуры учебного года" of="планов периодов"/>
  <p code="scales" path="/scales" word="Настройка систем оценивания" of="систем"/>
</xsl:variable>
<xsl:variable name="processes" select="exsl:node-set($processes-text)/p"/>

<xsl:template match="page/automation" mode="title">Что автоматизировано</xsl:template>
<xsl:template match="page/automation" mode="actions">
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/automation">
  <p class="hint"><xsl:value-of select="@school_name"/>, на <xsl:apply-templates select="@today_on" mode="date"/>. Процессы журнала из должностных обязанностей заместителя директора. Числа — за этот учебный год; имён на странице нет.</p>
  <xsl:if test="not(process)"><p class="empty">Учебный год ещё не создан. <a href="{$base}/years">Учебные годы</a></p></xsl:if>
  <xsl:apply-templates select="self::*[process[@clause = 6]]" mode="table">
    <xsl:with-param name="clause" select="6"/>
    <xsl:with-param name="word" select="'Технологические процессы (пункт 6)'"/>
  </xsl:apply-templates>
  <xsl:apply-templates select="self::*[process[@clause = 16]]" mode="table">
    <xsl:with-param name="clause" select="16"/>
    <xsl:with-param name="word" select="'Возможности журнала (пункт 16)'"/>
  </xsl:apply-templates>
</xsl:template>

<xsl:template match="automation" mode="table">
  <xsl:param name="clause"/>
  <xsl:param name="word"/>
  <table class="data people">
    <caption><xsl:value-of select="$word"/></caption>
    <thead><tr><th scope="col">Процесс</th><th scope="col" class="number">Сколько</th><th scope="col">Чего</th><th scope="col" class="number">Из них</th></tr></thead>
    <tbody><xsl:apply-templates select="process[@clause = $clause]"/></tbody>
  </table>
</xsl:template>

<xsl:template match="automation/process">
  <xsl:variable name="process" select="$processes[@code = current()/@code]"/>
  <tr>
    <th scope="row">
      <xsl:choose>
        <xsl:when test="contains($opens, concat(' ', $process/@path, ' '))">
          <a href="{$base}{$process/@path}"><xsl:value-of select="$process/@word"/></a>
        </xsl:when>
        <xsl:otherwise><xsl:value-of select="$process/@word"/></xsl:otherwise>
      </xsl:choose>
    </th>
    <td data-word="Сколько" class="number"><xsl:value-of select="@things"/></td>
    <td data-word="Чего"><xsl:value-of select="$process/@of"/></td>
    <td data-word="Из них" class="number">
      <xsl:if test="@part">
        <xsl:value-of select="@part"/><xsl:text> </xsl:text><span class="soft"><xsl:value-of select="$process/@part"/></span>
      </xsl:if>
    </td>
  </tr>
</xsl:template>

</xsl:stylesheet>
