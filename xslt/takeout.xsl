<?xml version="1.0" encoding="UTF-8"?>
<!-- takeout.xsl: the director takes the whole school as one file.
     in   takeout[done?]/taken[takeout_id made_at made_by? taken_at? lines? sha256? is_open? open_until]…
     out  the file that is ready, the form that orders one, the take-outs so far
     see  form.xsl; sql/objects/takeout.sql -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>

<xsl:template match="page/takeout" mode="title">Выгрузка школы</xsl:template>
<xsl:template match="page/takeout" mode="actions">
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/takeout">
  <p class="hint">Все данные школы одним файлом: таблицы CSV, их описание, число записей и контрольные суммы. По этому файлу школу
    поднимают в другом журнале — <a href="{$base}/help/takeout">порядок получения и восстановления данных</a>.</p>
  <xsl:choose>
    <xsl:when test="taken/@is_open"><xsl:apply-templates select="taken[@is_open]" mode="ready"/></xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="order"/></xsl:otherwise>
  </xsl:choose>
  <h2>Кто забирал</h2>
  <xsl:choose>
    <xsl:when test="taken"><xsl:apply-templates select="." mode="table"/></xsl:when>
    <xsl:otherwise><p class="empty">Школу целиком ещё никто не забирал.</p></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="taken" mode="ready">
  <section class="card">
    <h2>Файл можно скачать до <xsl:value-of select="@open_until"/></h2>
    <p>Один раз. У школы с тысячей учеников файл готовится около минуты: не закрывайте страницу, пока не началась загрузка.</p>
    <p class="bar"><a class="button main" href="{$base}/takeout/{@takeout_id}" download="school.zip">Скачать школу</a></p>
  </section>
</xsl:template>

<xsl:template match="takeout" mode="order">
  <form method="post" action="{$base}/takeout" class="card">
    <xsl:call-template name="token"/>
    <p>В файле персональные данные всех учеников, родителей и сотрудников. Храните его как личные дела: на зашифрованном носителе,
      под замком. Паролей в нём нет.</p>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'old_password'"/>
      <xsl:with-param name="label" select="'Ваш пароль'"/>
      <xsl:with-param name="type" select="'password'"/>
      <xsl:with-param name="autocomplete" select="'current-password'"/>
      <xsl:with-param name="hint" select="'Чтобы никто другой не забрал школу с вашего компьютера.'"/>
    </xsl:call-template>
    <p class="bar"><button class="main">Забрать всю школу</button></p>
  </form>
</xsl:template>

<xsl:template match="takeout" mode="table">
  <table class="data people archive">
    <caption class="sr">Кто забирал школу</caption>
    <thead>
      <tr>
        <th scope="col">Когда</th>
        <th scope="col">Кто</th>
        <th scope="col">Забрана</th>
        <th scope="col" class="number">Записей</th>
        <th scope="col">SHA-256 списка сумм</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="taken"/></tbody>
  </table>
</xsl:template>

<xsl:template match="takeout/taken">
  <tr>
    <th scope="row"><xsl:apply-templates select="@made_at" mode="moment"/></th>
    <td data-word="Кто"><xsl:apply-templates select="." mode="maker"/></td>
    <td data-word="Забрана"><xsl:apply-templates select="." mode="taken"/></td>
    <td data-word="Записей" class="number"><xsl:value-of select="@lines"/></td>
    <td data-word="SHA-256 списка сумм" class="sum"><xsl:value-of select="@sha256"/></td>
  </tr>
</xsl:template>

<xsl:template match="taken" mode="maker">командой на сервере</xsl:template>
<xsl:template match="taken[@made_by]" mode="maker"><xsl:value-of select="@made_by"/></xsl:template>

<xsl:template match="taken" mode="taken"><span class="soft">не скачана</span></xsl:template>
<xsl:template match="taken[@is_open]" mode="taken"><span class="todo">ждёт до <xsl:value-of select="@open_until"/></span></xsl:template>
<xsl:template match="taken[@taken_at]" mode="taken"><xsl:apply-templates select="@taken_at" mode="moment"/></xsl:template>

<xsl:template match="page[takeout]/errors/error[@field = 'old_password']" mode="field-name">Ваш пароль</xsl:template>

</xsl:stylesheet>
