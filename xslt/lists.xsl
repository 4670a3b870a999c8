<?xml version="1.0" encoding="UTF-8"?>
<!-- lists.xsl: the lists that the schools of a region have in common, beside those of the school.
     in   lists[region_name? model_name? is_model? is_mine? seen? adds binds clashes taken done?]
            /row[list (subject, work_kind, scale, holiday) name state (new, same, more, clash, taken) from_on? till_on?]…
     out  what taking over would do, the form that does it, the rows
     see  form.xsl; sql/objects/lists.sql -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>

<xsl:template match="page/lists" mode="title">Общие списки региона</xsl:template>
<xsl:template match="page/lists" mode="actions">
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/lists">
  <xsl:apply-templates select="@done[not($is-refused)]" mode="lists"/>
  <p class="hint">Предметы, виды работ, системы оценивания и каникулы, одинаковые во всех школах региона, чтобы показатели школ
    можно было сравнивать. Взятую запись школа не переименовывает и не удаляет, а свои добавляет рядом.</p>
  <xsl:choose>
    <xsl:when test="@is_model"><p class="empty">Списки региона «<xsl:value-of select="@region_name"/>» ведёт ваша школа: другие берут
      их отсюда. То, что уже взяли, переименовать нельзя.</p></xsl:when>
    <xsl:when test="not(@model_name)"><p class="empty">У региона школы ещё нет общих списков. Школу, которая их ведёт, назначает
      тот, кто ведёт сервер.</p></xsl:when>
    <xsl:otherwise>
      <xsl:apply-templates select="." mode="what"/>
      <xsl:apply-templates select="." mode="table"/>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="@done" mode="lists">
  <p class="notice good" role="status">Общие списки взяты.</p>
</xsl:template>

<!-- ........................................................... what would be done -->

<xsl:template match="lists" mode="what">
  <section class="card">
    <h2>Списки региона «<xsl:value-of select="@region_name"/>»</h2>
    <p>Ведёт <xsl:value-of select="@model_name"/>. Уже взято записей: <xsl:value-of select="@taken"/>.</p>
    <ul>
      <li>Добавится: <xsl:value-of select="@adds"/></li>
      <li>Есть у школы под тем же названием и станет общим: <xsl:value-of select="@binds"/></li>
      <xsl:if test="@clashes != 0"><li>Не будет взято, потому что у школы иначе: <xsl:value-of select="@clashes"/>. Эти записи
        отмечены ниже.</li></xsl:if>
    </ul>
    <xsl:choose>
      <xsl:when test="@adds + @binds = 0"><p class="good">Брать больше нечего.</p></xsl:when>
      <xsl:when test="@is_mine"><xsl:apply-templates select="." mode="form"/></xsl:when>
      <xsl:otherwise><p>Списки берёт администратор или завуч.</p></xsl:otherwise>
    </xsl:choose>
  </section>
</xsl:template>

<xsl:template match="lists" mode="form">
  <form method="post" action="{$base}/lists">
    <xsl:call-template name="token"/>
    <input type="hidden" name="seen" value="{@seen}"/>
    <p class="bar"><button class="main">Взять общие списки</button></p>
  </form>
</xsl:template>

<xsl:template match="page[lists]/errors/error[@field = 'seen']" mode="field-name">Списки</xsl:template>
<xsl:template match="page[lists]/errors/error[@code = 'JE210']" mode="words">Списки изменились, пока страница была открыта. Посмотрите, что будет взято теперь, и нажмите ещё раз.</xsl:template>

<!-- ...................................................................... the rows -->

<xsl:template match="lists" mode="table">
  <table class="data people">
    <caption class="sr">Записи общих списков</caption>
    <thead><tr><th scope="col">Запись</th><th scope="col">Список</th><th scope="col">Что будет</th></tr></thead>
    <tbody><xsl:apply-templates select="row"/></tbody>
  </table>
</xsl:template>

<xsl:template match="lists/row">
  <tr>
    <th scope="row">
      <xsl:value-of select="@name"/>
      <xsl:if test="@from_on">, <xsl:apply-templates select="@from_on" mode="date"/> — <xsl:apply-templates select="@till_on" mode="date"/></xsl:if>
    </th>
    <td data-word="Список"><xsl:apply-templates select="@list" mode="lists"/></td>
    <td data-word="Что будет"><xsl:apply-templates select="@state" mode="lists"/></td>
  </tr>
</xsl:template>

<xsl:template match="@list" mode="lists">
  <xsl:choose>
    <xsl:when test=". = 'subject'">предметы</xsl:when>
    <xsl:when test=". = 'work_kind'">виды работ</xsl:when>
    <xsl:when test=". = 'scale'">системы оценивания</xsl:when>
    <xsl:otherwise>каникулы и праздники</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="@state" mode="lists">
  <xsl:choose>
    <xsl:when test=". = 'new'">добавится</xsl:when>
    <xsl:when test=". = 'same'">станет общей</xsl:when>
    <xsl:when test=". = 'more'">добавятся отметки</xsl:when>
    <xsl:when test=". = 'taken'"><span class="soft">взята</span></xsl:when>
    <xsl:when test="../@list = 'scale'"><span class="todo">не взять: отметки считаются иначе или система снята</span></xsl:when>
    <xsl:when test="../@list = 'holiday'"><span class="todo">не взять: у школы в эти дни другие каникулы</span></xsl:when>
    <xsl:otherwise><span class="todo">не взять: вид работы снят</span></xsl:otherwise>
  </xsl:choose>
</xsl:template>

</xsl:stylesheet>
