<?xml version="1.0" encoding="UTF-8"?>
<!-- imports_maps.xsl: files of other systems. Maps of headings: which one has read the file, remembering the chosen
     columns, the maps that there are. Words of archives of OneRoster. Part of imports.xsl. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<!-- Only the administrator keeps the maps; who loads a list sees which ones there are. -->
<xsl:variable name="is-keeper" select="contains(concat(' ', /page/@roles, ' '), ' administrator ')"/>

<xsl:template match="imports/@map">
  <p>Столбцы узнаны по набору «<xsl:value-of select="."/>».</p>
</xsl:template>

<xsl:template match="imports" mode="remember">
  <form class="card" method="post">
    <xsl:call-template name="token"/>
    <input type="hidden" name="step" value="map"/>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'map_name'"/>
      <xsl:with-param name="label" select="'Запомнить эти столбцы под названием'"/>
      <xsl:with-param name="value" select="@map"/>
    </xsl:call-template>
    <p class="hint">Например, по названию программы, из которой файл. Следующий файл с такими же заголовками будет узнан сам. Набор с тем же названием заменится.</p>
    <p class="bar"><button>Запомнить</button></p>
  </form>
</xsl:template>

<xsl:template match="imports" mode="maps">
  <section>
    <h2>Запомненные столбцы</h2>
    <table class="data people">
      <thead>
        <tr>
          <th scope="col">Набор</th>
          <th scope="col">Заголовок файла — столбец журнала</th>
          <xsl:if test="$is-keeper"><th scope="col">Изменить</th></xsl:if>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="map"/></tbody>
    </table>
  </section>
</xsl:template>

<xsl:template match="imports/map">
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td><xsl:value-of select="@columns"/></td>
    <xsl:if test="$is-keeper">
      <td>
        <form method="post" class="inline">
          <xsl:call-template name="token"/>
          <input type="hidden" name="step" value="rename"/>
          <input type="hidden" name="import_map_id" value="{@import_map_id}"/>
          <input type="hidden" name="old_name" value="{@name}"/>
          <input name="name" value="{@name}" maxlength="100" aria-label="Название набора"/>
          <xsl:text> </xsl:text>
          <button>Переименовать</button>
        </form>
        <form method="post" class="inline">
          <xsl:call-template name="token"/>
          <input type="hidden" name="step" value="end"/>
          <input type="hidden" name="import_map_id" value="{@import_map_id}"/>
          <button>Больше не применять</button>
        </form>
      </td>
    </xsl:if>
  </tr>
</xsl:template>

<!-- The lists that an archive of OneRoster has, too. -->
<xsl:variable name="has-roster" select="contains(' staff subjects classes pupils load ', concat(' ', $kind-key, ' '))"/>
<xsl:template match="page[imports]/errors/error[@code = 'JE131']" mode="words">Файл не читается: он повреждён, слишком велик внутри или другого вида.<xsl:if test="$has-roster"> Архив OneRoster — это ZIP с manifest.csv версии 1.2 и файлами этого списка в UTF-8, без папок.</xsl:if></xsl:template>

<xsl:template match="error[@field = 'map_name']" mode="field-name">Название набора</xsl:template>

</xsl:stylesheet>
