<?xml version="1.0" encoding="UTF-8"?>
<!-- jobs.xsl: the list of past, running and waiting background jobs, and the progress of one job.
     in   jobs[@view = 'list']/job[job_id kind state due_at started_at? finished_at? who? request?
            done? total? code? number?]
          jobs[@view = 'show'] with the attributes of a job, is_cancelled? can_cancel?
     out  a table; or the state of one job, its progress, «Отменить», its file
     see  list.xsl; static/js/jobs.js loads the state again every two seconds -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>

<xsl:template match="page/jobs" mode="title">Фоновые задания</xsl:template>
<xsl:template match="page/jobs[@view = 'show']" mode="title"><xsl:apply-templates select="@kind" mode="job"/></xsl:template>

<xsl:template match="page/jobs" mode="actions">
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>
<xsl:template match="page/jobs[@view = 'show']" mode="actions"/>

<xsl:template match="page/jobs">
  <p class="hint">Что журнал делает сам: по расписанию и когда кто-нибудь закажет большой файл или откроет учебный год.</p>
  <table class="data people jobs">
    <thead>
      <tr>
        <th scope="col">Задание</th>
        <th scope="col">Состояние</th>
        <th scope="col">Кто заказал</th>
        <th scope="col">Срок</th>
        <th scope="col">Начато</th>
        <th scope="col">Закончено</th>
        <th scope="col">Ошибка</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="job"/></tbody>
  </table>
</xsl:template>
<xsl:template match="page/jobs[not(job)][@view = 'list']">
  <p class="empty">Заданий ещё не было. Когда кто-нибудь закажет большой файл, он появится здесь.</p>
</xsl:template>

<xsl:template match="jobs/job">
  <tr>
    <th scope="row"><xsl:apply-templates select="." mode="name"/></th>
    <td data-word="Состояние"><xsl:apply-templates select="@state" mode="job"/><xsl:apply-templates select="." mode="share"/></td>
    <td data-word="Кто заказал"><xsl:value-of select="@who"/><xsl:if test="not(@who)">по расписанию</xsl:if></td>
    <td data-word="Срок"><xsl:apply-templates select="@due_at" mode="moment"/></td>
    <td data-word="Начато"><xsl:apply-templates select="@started_at" mode="moment"/></td>
    <td data-word="Закончено"><xsl:apply-templates select="@finished_at" mode="moment"/></td>
    <td data-word="Ошибка">
      <xsl:if test="@code">
        <xsl:value-of select="@code"/>
        <xsl:if test="@number">, № <xsl:value-of select="@number"/></xsl:if>
      </xsl:if>
    </td>
  </tr>
</xsl:template>

<xsl:template match="jobs/job" mode="name"><xsl:apply-templates select="@kind" mode="job"/></xsl:template>
<xsl:template match="jobs/job[@who]" mode="name">
  <a href="{$base}/jobs/{@job_id}"><xsl:apply-templates select="@kind" mode="job"/></a>
</xsl:template>

<!-- The names of kinds and states of jobs. -->
<xsl:template match="@kind" mode="job">
  <xsl:choose>
    <xsl:when test=". = 'sweep'">Уборка устаревших записей</xsl:when>
    <xsl:when test=". = 'year'">Открытие учебного года</xsl:when>
    <xsl:when test=". = 'import'">Загрузка из файла</xsl:when>
    <xsl:when test=". = 'seal'">Печать истории изменений за день</xsl:when>
    <xsl:when test=". = 'notices'">Уведомления: отметки, пропуски, замены</xsl:when>
    <xsl:when test=". = 'meals'">Питание: заказы предложить, отправить на кухню, завершить день</xsl:when>
    <xsl:when test=". = 'inspections'">Проверки журналов: черновики за прошлый месяц</xsl:when>
    <xsl:when test=". = 'warnings'">Уведомления: падение отметок, журналы без отметок</xsl:when>
    <xsl:when test=". = 'activity'">Активность пользователей за месяц</xsl:when>
    <xsl:when test=". = 'exchange'">Документы другим системам: составить, проверить, отправить</xsl:when>
    <xsl:when test=". = 'indicators'">Показатели школ для региона</xsl:when>
    <xsl:when test=". = 'lessons'">Уроки по расписанию</xsl:when>
    <xsl:when test=". = 'compose'">Составление расписания</xsl:when>
    <xsl:otherwise>Задание «<xsl:value-of select="."/>»</xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="@state" mode="job">
  <xsl:choose>
    <xsl:when test=". = 'waits'">ждёт</xsl:when>
    <xsl:when test=". = 'runs' and ../@is_cancelled">останавливается</xsl:when>
    <xsl:when test=". = 'runs'">выполняется</xsl:when>
    <xsl:when test=". = 'done'">готово</xsl:when>
    <xsl:when test=". = 'cancelled'">отменено</xsl:when>
    <xsl:otherwise>не удалось</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- The progress of a running job: «, 40 %», or a number if the total is unknown. -->
<xsl:template match="*" mode="share"/>
<xsl:template match="*[@state = 'runs'][@total &gt; 0]" mode="share">
  <xsl:value-of select="concat(', ', floor(100 * @done div @total), '&#160;%')"/>
</xsl:template>

<!-- ........................................................... one job -->

<xsl:template match="page/jobs[@view = 'show']" priority="1">
  <section class="card job" data-ej-job="{@state}" aria-live="polite">
    <p class="state"><b><xsl:apply-templates select="@state" mode="job"/></b><xsl:apply-templates select="." mode="share"/></p>
    <xsl:if test="@state = 'runs' and @total &gt; 0">
      <progress max="{@total}" value="{@done}" aria-label="Готово"><xsl:value-of select="concat(@done, ' из ', @total)"/></progress>
    </xsl:if>
    <dl>
      <dt>Заказано</dt>
      <dd>
        <xsl:apply-templates select="@due_at" mode="moment"/>
        <xsl:if test="@who">, <xsl:value-of select="@who"/></xsl:if>
      </dd>
      <xsl:if test="@started_at"><dt>Начато</dt><dd><xsl:apply-templates select="@started_at" mode="moment"/></dd></xsl:if>
      <xsl:if test="@finished_at"><dt>Закончено</dt><dd><xsl:apply-templates select="@finished_at" mode="moment"/></dd></xsl:if>
      <xsl:if test="@code">
        <dt>Ошибка</dt>
        <dd>
          <xsl:call-template name="words"><xsl:with-param name="code" select="@code"/></xsl:call-template>
          <xsl:if test="@number"> Номер: <xsl:value-of select="@number"/></xsl:if>
        </dd>
      </xsl:if>
    </dl>
    <xsl:if test="@state = 'waits' or @state = 'runs'">
      <p class="hint">Эту страницу можно закрыть: задание выполнится и без неё. <a href="{$base}/jobs/{@job_id}" data-ej-job-look="">Обновить</a></p>
    </xsl:if>
    <xsl:if test="@kind = 'compose'"><p><a href="{$base}/compose">Составленное расписание</a></p></xsl:if>
    <xsl:if test="@can_cancel">
      <form method="post" action="{$base}/jobs/{@job_id}">
        <xsl:call-template name="token"/>
        <p class="bar"><button>Отменить</button></p>
      </form>
    </xsl:if>
  </section>
</xsl:template>

</xsl:stylesheet>
