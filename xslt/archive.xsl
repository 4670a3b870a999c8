<?xml version="1.0" encoding="UTF-8"?>
<!-- archive.xsl: the register of backups.
     in   archive[can_order? days? is_late?]/backup[backup_id state made_by? started_at verified_at? remade_at? remade?
            is_removed? size? sha256? copy1? copy2? tables? lines? fault? detail?]…
     out  how old the last verified backup is, the button that orders one, the register
     see  layout.xsl; sql/ejournal-backup, which makes them; the faults are those of ej.backup.fault -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>

<xsl:template match="page/archive" mode="title">Резервные копии</xsl:template>
<xsl:template match="page/archive" mode="actions">
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/archive">
  <xsl:apply-templates select="." mode="age"/>
  <p class="hint">Копия — это весь журнал: все школы, годы, отметки и история изменений. Её делает программа на сервере
    каждую ночь и хранит на двух устройствах. «Проверена» — значит, журнал восстановили из копии на запасном месте и он
    ответил: все записи на месте, история не изменена, вход работает, документ печатается точно так же.</p>
  <xsl:if test="@can_order"><xsl:apply-templates select="." mode="order"/></xsl:if>
  <xsl:choose>
    <xsl:when test="backup"><xsl:apply-templates select="." mode="table"/></xsl:when>
    <xsl:otherwise><p class="empty">Копий ещё не было. Их делает программа ejournal-backup; как включить её каждую
      ночь, написано в /usr/share/ejournal/conf/backup.conf на сервере.</p></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ..................................................... is the school safe? -->

<xsl:template match="archive" mode="age">
  <p class="notice good">Последняя проверенная копия: <b><xsl:apply-templates select="@days" mode="ago"/></b>.</p>
</xsl:template>
<xsl:template match="archive[@is_late]" mode="age">
  <p class="notice bad" role="alert">
    <b>Последняя проверенная копия сделана <xsl:apply-templates select="@days" mode="ago"/>.</b>
    <xsl:choose>
      <xsl:when test="@can_order"> Положено не реже раза в неделю: сделайте копию сейчас и узнайте у того, кто ведёт сервер, почему она не делается ночью.</xsl:when>
      <xsl:otherwise> Положено не реже раза в неделю: спросите администратора журнала, почему её нет.</xsl:otherwise>
    </xsl:choose>
  </p>
</xsl:template>
<xsl:template match="archive[@is_late and not(@days)]" mode="age">
  <p class="notice bad" role="alert">
    <b>Проверенной копии журнала нет.</b> Если сервер сломается, восстановить журнал будет не из чего.
  </p>
</xsl:template>

<xsl:template match="@days" mode="ago">
  <xsl:choose>
    <xsl:when test=". = 0">сегодня</xsl:when>
    <xsl:when test=". = 1">вчера</xsl:when>
    <xsl:otherwise>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="."/>
        <xsl:with-param name="one" select="'день'"/>
        <xsl:with-param name="few" select="'дня'"/>
        <xsl:with-param name="many" select="'дней'"/>
      </xsl:call-template>
      <xsl:text> назад</xsl:text>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="archive" mode="order">
  <form method="post" action="{$base}/archive">
    <xsl:call-template name="token"/>
    <p class="bar">
      <button class="main">Сделать копию сейчас</button>
      <span class="hint">Начнётся через несколько минут. Работать в журнале при этом можно.</span>
    </p>
  </form>
</xsl:template>
<xsl:template match="archive[backup/@state = 'ordered']" mode="order">
  <p class="notice" role="status">Копия заказана и начнётся через несколько минут.</p>
</xsl:template>

<!-- ............................................................ the register -->

<xsl:template match="archive" mode="table">
  <table class="data people archive">
    <caption class="sr">Реестр резервных копий</caption>
    <thead>
      <tr>
        <th scope="col">Начата</th>
        <th scope="col">Состояние</th>
        <th scope="col">Кто сделал</th>
        <th scope="col" class="number">Размер, МБ</th>
        <th scope="col" class="number">Записей</th>
        <th scope="col">Где лежит</th>
        <th scope="col">SHA-256</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="backup"/></tbody>
  </table>
</xsl:template>

<xsl:template match="archive/backup">
  <tr>
    <th scope="row"><xsl:apply-templates select="@started_at" mode="moment"/></th>
    <td data-word="Состояние">
      <xsl:apply-templates select="@state" mode="backup"/>
      <xsl:if test="@fault"><p class="fault"><xsl:apply-templates select="@fault" mode="backup"/></p></xsl:if>
      <xsl:apply-templates select="@remade" mode="backup"/>
      <xsl:if test="@detail"><p class="soft"><xsl:value-of select="@detail"/></p></xsl:if>
    </td>
    <td data-word="Кто сделал"><xsl:value-of select="@made_by"/><xsl:if test="not(@made_by)">по расписанию</xsl:if></td>
    <td data-word="Размер, МБ" class="number"><xsl:apply-templates select="@size" mode="megabytes"/></td>
    <td data-word="Записей" class="number"><xsl:value-of select="@lines"/></td>
    <td data-word="Где лежит" class="place">
      <xsl:choose>
        <xsl:when test="@is_removed">удалена: есть более новые</xsl:when>
        <xsl:when test="@copy1"><xsl:value-of select="@copy1"/><br/><xsl:value-of select="@copy2"/></xsl:when>
      </xsl:choose>
    </td>
    <td data-word="SHA-256" class="sum"><xsl:value-of select="@sha256"/></td>
  </tr>
</xsl:template>

<xsl:template match="@remade" mode="backup">
  <p class="soft">
    <xsl:apply-templates select="../@remade_at" mode="moment"/>
    <xsl:choose>
      <xsl:when test=". = 1"> первая копия оказалась испорченной и сделана заново со второй</xsl:when>
      <xsl:otherwise> вторая копия оказалась испорченной и сделана заново с первой</xsl:otherwise>
    </xsl:choose>
  </p>
</xsl:template>

<xsl:template match="@size" mode="megabytes">
  <data value="{format-number(. div 1048576, '0.0')}">
    <xsl:value-of select="translate(format-number(. div 1048576, '0.0'), '.', ',')"/>
  </data>
</xsl:template>

<xsl:template match="@state" mode="backup">
  <xsl:choose>
    <xsl:when test=". = 'ordered'"><span class="todo">заказана</span></xsl:when>
    <xsl:when test=". = 'running'"><span class="todo">делается</span></xsl:when>
    <xsl:when test=". = 'copied'"><span class="todo">не проверена</span></xsl:when>
    <xsl:when test=". = 'verified'"><span class="done">проверена</span><xsl:text> </xsl:text><xsl:apply-templates select="../@verified_at" mode="moment"/></xsl:when>
    <xsl:when test=". = 'damaged'"><span class="badge bad">испорчена</span></xsl:when>
    <xsl:otherwise><span class="badge bad">не сделана</span></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="@fault" mode="backup">
  <xsl:choose>
    <xsl:when test=". = 'interrupted'">Программу прервали, копии нет.</xsl:when>
    <xsl:when test=". = 'device'">Обе папки — на одном устройстве: сломается оно, пропадут обе копии.</xsl:when>
    <xsl:when test=". = 'full'">На устройстве кончилось место.</xsl:when>
    <xsl:when test=". = 'dump'">Базу не удалось выгрузить.</xsl:when>
    <xsl:when test=". = 'altered'">Файлы копии не те, что были записаны.</xsl:when>
    <xsl:when test=". = 'missing'">Копии нет на месте.</xsl:when>
    <xsl:when test=". = 'restore'">Из копии не удалось восстановить журнал.</xsl:when>
    <xsl:when test=". = 'counts'">В восстановленном журнале не столько записей, сколько было.</xsl:when>
    <xsl:when test=". = 'schema'">Устройство базы в копии не такое, как было.</xsl:when>
    <xsl:when test=". = 'seal'">История изменений в восстановленном журнале не сходится с печатями.</xsl:when>
    <xsl:when test=". = 'login'">В восстановленный журнал не удалось войти.</xsl:when>
    <xsl:when test=". = 'form'">Документ из восстановленного журнала печатается иначе.</xsl:when>
    <xsl:otherwise>Ошибка «<xsl:value-of select="."/>».</xsl:otherwise>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>
