<?xml version="1.0" encoding="UTF-8"?>
<!-- books.xsl: the class journals of a year, to be printed or kept as an archive.
     in   books[@view = 'list'] with year grade?
            /year(year)…, class[class_id name teacher_name?]…
          books[@view = 'show'] with class_id name year school_name teacher_name? …
            /section[number journal_id subject_name group_name staff_name? term_name]…, term[name]…
     out  a table of classes with their books; the contents of a book
     see  print/books.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="layout.xsl"/>

<xsl:template match="page/books" mode="title">Журналы классов за год</xsl:template>
<xsl:template match="page/books[@view = 'show']" mode="title"><xsl:value-of select="concat('Журнал ', @name, ' класса за год')"/>
  </xsl:template>
<xsl:template match="page/books[@view = 'show']" mode="crumbs"><xsl:call-template name="section"/></xsl:template>

<xsl:template match="page/books" mode="actions">
  <xsl:if test="year[2]">
    <nav class="tabs" aria-label="Учебный год">
      <xsl:for-each select="year">
        <a href="{$base}/books?year={@year}">
          <xsl:if test="@year = ../@year"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
          <xsl:value-of select="concat(@year, '/', substring(@year + 1, 3))"/>
        </a>
      </xsl:for-each>
    </nav>
  </xsl:if>
  <xsl:if test="class[2]">
    <div class="actions"><a href="{$base}/books/archive?year={@year}" download="">Архив журналов всех классов</a></div>
  </xsl:if>
</xsl:template>

<xsl:template match="page/books">
  <p class="hint">Журнал класса — один документ: титул, оглавление, развороты по предметам, посещаемость, итоговые отметки, общие сведения, замечания. Архивная копия открывается без интернета и без этой программы: в ней страница (HTML), данные (XML) и контрольные суммы (SHA-256).</p>
  <xsl:if test="not(class)"><p class="empty">Классов этого года у вас нет. <a href="{$base}/classes">Классы</a></p></xsl:if>
  <xsl:if test="class">
    <table class="data people">
      <caption class="sr">Классы</caption>
      <thead><tr><th scope="col">Класс</th><th scope="col">Классный руководитель</th><th scope="col" class="to">Печать</th><th scope="col" class="to">Архив</th></tr></thead>
      <tbody>
        <xsl:for-each select="class">
          <tr>
            <th scope="row"><a href="{$base}/classes/{@class_id}/book"><xsl:value-of select="@name"/></a></th>
            <td data-word="Классный руководитель"><xsl:value-of select="@teacher_name"/></td>
            <td class="to"><a href="{$base}/classes/{@class_id}/book?format=print" aria-label="Напечатать журнал {@name}">Напечатать</a></td>
            <td class="to"><a href="{$base}/classes/{@class_id}/book/archive" download="" aria-label="Архивная копия журнала {@name}">Архивная копия</a></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:if>
</xsl:template>

<!-- ................................................................. one book -->

<xsl:template match="page/books[@view = 'show']" mode="actions">
  <div class="actions">
    <a href="{$base}/classes/{@class_id}/book?format=print">Напечатать</a>
    <a href="{$base}/classes/{@class_id}/book/archive" download="">Архивная копия</a>
    <a href="{$base}/classes/{@class_id}">Класс</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/books[@view = 'show']" priority="1">
  <p class="hint">Кроме разделов в журнале есть титул, сводные ведомости посещаемости и итоговых отметок, общие сведения об обучающихся и замечания по ведению. В нём личные данные, поэтому каждая печать записывается на странице «Кто открывал карточки».</p>
  <xsl:if test="not(section)"><p class="empty">В этом классе ещё нет журналов. <a href="{$base}/journals?class_id={@class_id}">Журналы класса</a></p></xsl:if>
  <xsl:if test="section">
    <table class="data people">
      <caption class="sr">Оглавление</caption>
      <thead><tr><th scope="col">Раздел</th><th scope="col">Предмет</th><th scope="col">Группа</th><th scope="col">Учитель</th><th scope="col">Период</th></tr></thead>
      <tbody>
        <xsl:for-each select="section">
          <tr>
            <td class="number"><xsl:value-of select="@number"/></td>
            <th scope="row"><a href="{$base}/journals/{@journal_id}"><xsl:value-of select="@subject_name"/></a></th>
            <td data-word="Группа"><xsl:value-of select="@group_name"/></td>
            <td data-word="Учитель"><xsl:value-of select="@staff_name"/></td>
            <td data-word="Период"><xsl:value-of select="@term_name"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
