<?xml version="1.0" encoding="UTF-8"?>
<!-- record.xsl: the list and the form of records. The sheet of a feature declares the fields:
       <xsl:variable name="fields">
         <f name= label= column? show? sort? type? required? min? max? hint? choices?>
           <o value="…">word</o>…        the choices of a select
         </f>…
     name is the name of the form's field, of the record's attribute and of the sort
     key; label is shown in the form, column as the head of the list's column (without
     it the list has no such column), show the attribute shown there if it is another
     one; type is the type of the input; max of a text is its length. The select of a
     field with choices has the page's elements choice(for value name).
     A field of the type shown is a column of the list and not in the form.
     out  named templates: record-list, record-new, record-form, edit-fields
     see  rows.xsl for a form with a table of rows; rooms.xsl for a complete sheet; list.xsl, form.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings"
                exclude-result-prefixes="exsl str">

<xsl:import href="form.xsl"/>

<xsl:variable name="fields"/>
<xsl:variable name="field" select="exsl:node-set($fields)/f"/>
<xsl:variable name="page" select="/page"/>
<xsl:variable name="choice" select="/page/*/choice"/>

<!-- The list's search, order and page, which go with the links to its records, the addresses of
     their forms and so the way back (ej_page_saved); the id of the record just saved. -->
<xsl:variable name="list-query">
  <xsl:if test="string(/page/@query)"><xsl:value-of select="concat('?', /page/@query)"/></xsl:if>
</xsl:variable>
<xsl:variable name="saved"
              select="substring-before(concat(substring-after(concat('&amp;', /page/@query), '&amp;saved='), '&amp;'),
                '&amp;')"/>

<!-- ............................................................ the list -->

<!-- The search field and the links to the table as a file, beside the heading of a list. import:
     the address of its import from a file, for those who may change the list. -->
<xsl:template name="record-actions">
  <xsl:param name="find"/>
  <xsl:param name="import"/>
  <xsl:call-template name="find"><xsl:with-param name="word" select="$find"/></xsl:call-template>
  <div class="actions">
    <xsl:if test="$import and @is_mine">
      <a href="{$base}{$import}">Загрузить из файла</a>
      <a href="{$base}{$import}/list?format=xlsx">Выгрузить для правки</a>
    </xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<!-- The table of the list and the links to its other pages; the context node is the list's
     element. path: the address of a record is path/<id>, where the id is the record's first
     attribute. Only with is_mine are records linked and is the form of a new record shown,
     under the text add; it is sent to post, if that is not path, and unfolded if open has a text. -->
<xsl:template name="record-list">
  <xsl:param name="path"/>
  <xsl:param name="post" select="$path"/>
  <xsl:param name="add"/>
  <xsl:param name="one"/>
  <xsl:param name="few"/>
  <xsl:param name="many"/>
  <xsl:param name="none"/>
  <xsl:param name="open"/>
  <xsl:variable name="list" select="."/>
  <xsl:apply-templates select="@done[not($is-refused)]"><xsl:with-param name="path" select="$path"/></xsl:apply-templates>
  <xsl:if test="@is_mine">
    <xsl:call-template name="record-new">
      <xsl:with-param name="path" select="$post"/>
      <xsl:with-param name="word" select="$add"/>
      <xsl:with-param name="open" select="$open"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:choose>
    <xsl:when test="*[not(self::choice)]">
      <table class="data people">
        <caption>
          <xsl:call-template name="plural">
            <xsl:with-param name="n" select="@count"/>
            <xsl:with-param name="one" select="$one"/>
            <xsl:with-param name="few" select="$few"/>
            <xsl:with-param name="many" select="$many"/>
          </xsl:call-template>
        </caption>
        <thead>
          <tr>
            <xsl:apply-templates select="$field[@column]" mode="head">
              <xsl:with-param name="list" select="$list"/>
            </xsl:apply-templates>
          </tr>
        </thead>
        <tbody>
          <xsl:for-each select="*[not(self::choice)]">
            <xsl:variable name="row" select="."/>
            <tr>
              <xsl:call-template name="saved-row"/>
              <xsl:for-each select="$field[@column]">
                <xsl:variable name="value" select="$row/@*[name() = current()/@show or not(current()/@show) and name() = current()/@name]"/>
                <xsl:choose>
                  <xsl:when test="position() &gt; 1">
                    <td data-word="{@column}">
                      <xsl:apply-templates select="." mode="value"><xsl:with-param name="value" select="$value"/></xsl:apply-templates>
                    </td>
                  </xsl:when>
                  <xsl:when test="$list/@is_mine">
                    <th scope="row">
                      <a href="{$base}{$path}/{$row/@*[1]}{$list-query}">
                        <xsl:apply-templates select="." mode="value"><xsl:with-param name="value" select="$value"/></xsl:apply-templates>
                      </a>
                    </th>
                  </xsl:when>
                  <xsl:otherwise>
                    <th scope="row">
                      <xsl:apply-templates select="." mode="value"><xsl:with-param name="value" select="$value"/></xsl:apply-templates>
                    </th>
                  </xsl:otherwise>
                </xsl:choose>
              </xsl:for-each>
            </tr>
          </xsl:for-each>
        </tbody>
      </table>
    </xsl:when>
    <xsl:when test="string(@find)"><p class="empty">Ничего не нашлось. <a href="?sort={@sort}">Весь список</a></p></xsl:when>
    <xsl:otherwise><p class="empty"><xsl:value-of select="$none"/></p></xsl:otherwise>
  </xsl:choose>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort)"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<!-- What marks the row of the record just saved. -->
<xsl:template name="saved-row">
  <xsl:if test="$saved and @*[1] = $saved">
    <xsl:attribute name="id">saved</xsl:attribute>
    <xsl:attribute name="class">saved</xsl:attribute>
  </xsl:if>
</xsl:template>

<!-- The message after a save, with a link if the record is not on this page of the list. -->
<xsl:template match="page/*/@done">
  <xsl:param name="path"/>
  <p class="notice" role="status">
    <xsl:choose><xsl:when test=". = 'added'">Добавлено.</xsl:when><xsl:otherwise>Сохранено.</xsl:otherwise></xsl:choose>
    <xsl:if test="$saved and $path and ../@is_mine and not(../*[@*[1] = $saved])">
      <xsl:text> Этой записи нет на показанной странице: </xsl:text>
      <a href="{$base}{$path}/{$saved}{$list-query}">открыть</a>
    </xsl:if>
  </p>
</xsl:template>
<xsl:template match="page/*/@done[. = 'removed']"><p class="notice" role="status">Удалено.</p></xsl:template>

<xsl:template match="f" mode="head"><th scope="col"><xsl:value-of select="@column"/></th></xsl:template>
<xsl:template match="f[@sort]" mode="head">
  <xsl:param name="list"/>
  <xsl:variable name="one" select="."/>
  <xsl:for-each select="$list">
    <xsl:call-template name="sorted">
      <xsl:with-param name="key" select="$one/@name"/>
      <xsl:with-param name="word" select="$one/@column"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<!-- The text for a value: of a choice its word. -->
<xsl:template match="f" mode="value"><xsl:param name="value"/><xsl:value-of select="$value"/></xsl:template>
<xsl:template match="f[o]" mode="value"><xsl:param name="value"/><xsl:value-of select="o[@value = $value]"/></xsl:template>
<xsl:template match="f[@choices]" mode="value">
  <xsl:param name="value"/>
  <xsl:variable name="word" select="$choice[@for = current()/@name][@value = $value]/@name"/>
  <xsl:value-of select="$word"/><xsl:if test="not($word)"><xsl:value-of select="$value"/></xsl:if>
</xsl:template>
<xsl:template match="f[@type = 'file']" mode="value">
  <xsl:param name="value"/>
  <xsl:apply-templates select="$value" mode="file"/>
</xsl:template>
<xsl:template match="f[@type = 'decimal']" mode="value">
  <xsl:param name="value"/>
  <xsl:apply-templates select="." mode="stored"><xsl:with-param name="value" select="$value"/></xsl:apply-templates>
</xsl:template>
<xsl:template match="f[@type = 'date']" mode="value">
  <xsl:param name="value"/>
  <xsl:apply-templates select="$value" mode="date"/>
</xsl:template>
<xsl:template match="f[@type = 'checkbox']" mode="value">
  <xsl:param name="value"/>
  <xsl:if test="$value = '1' or $value = 'true'">да</xsl:if>
</xsl:template>

<!-- ............................................................ the form -->

<!-- The way back to the list as it was. -->
<xsl:template match="page/*[@view = 'show']" mode="crumbs">
  <xsl:for-each select="$menu-entries[@path = $menu-current and @path != $menu-path]">
    <li><a href="{$base}{@path}{$list-query}"><xsl:value-of select="@word"/></a></li>
  </xsl:for-each>
</xsl:template>

<!-- The form of a new record, which can be unfolded; with open it is. -->
<!-- Known persons of the typed name: who of them is meant by a new card. The context node is the
     element with known(person_id kind name note? birth_on?). -->
<xsl:template name="known-persons">
  <xsl:for-each select="self::*[known/@person_id]">
    <fieldset id="f-person_id">
      <legend>Такой человек в школе уже есть. Это он?</legend>
      <xsl:apply-templates select="known[@person_id]" mode="person"/>
      <p class="row"><label class="check"><input type="checkbox" name="is_other" value="1"/><span>Нет, это другой человек</span></label></p>
      <p class="hint">У одного человека — один логин: с ним он увидит и то, и другое.</p>
    </fieldset>
  </xsl:for-each>
</xsl:template>
<xsl:template match="known" mode="person">
  <p class="row">
    <label class="check">
      <input type="radio" name="person_id" value="{@person_id}"/>
      <span>
        <xsl:value-of select="concat('Да: ', @name)"/>
        <xsl:if test="contains(@kind, 'staff')">, сотрудник</xsl:if>
        <xsl:if test="contains(@kind, 'guardian')">, родитель</xsl:if>
        <xsl:if test="contains(@kind, 'pupil')">, ученик</xsl:if>
        <xsl:if test="@note"><xsl:value-of select="concat(' (', @note, ')')"/></xsl:if>
        <xsl:if test="@birth_on">, дата рождения <xsl:apply-templates select="@birth_on" mode="day"/></xsl:if>
      </span>
    </label>
  </p>
</xsl:template>
<xsl:template match="error[@field = 'person_id']" mode="field-name">Кто это</xsl:template>

<xsl:template name="record-new">
  <xsl:param name="path"/>
  <xsl:param name="word"/>
  <xsl:param name="open"/>
  <details class="more">
    <xsl:if test="$is-refused or string($open)"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
    <summary><xsl:value-of select="$word"/></summary>
    <form class="card" method="post" action="{$base}{$path}{$list-query}">
      <xsl:call-template name="file-form"/>
      <xsl:call-template name="token"/>
      <xsl:call-template name="known-persons"/>
      <xsl:call-template name="edit-fields"/>
      <p class="bar"><button class="main">Добавить</button></p>
    </form>
  </details>
</xsl:template>

<!-- The form of the page's record. remove: the text of the button that removes it, which must be
     unfolded first, since nothing brings a removed record back; removal: what to know before;
     but: the name of a field that the form has not. -->
<xsl:template name="record-form">
  <xsl:param name="remove"/>
  <xsl:param name="removal"/>
  <xsl:param name="but"/>
  <form class="card" method="post" action="{$base}{/page/@path}{$list-query}">
    <xsl:call-template name="file-form"/>
    <xsl:call-template name="token"/>
    <xsl:call-template name="edit-fields"><xsl:with-param name="but" select="$but"/></xsl:call-template>
    <xsl:apply-templates select="." mode="rows"/>
    <p class="bar"><button class="main">Сохранить</button></p>
    <xsl:if test="string($remove)">
      <details class="more">
        <xsl:if test="/page/form/row/field[@name = 'is_removed']"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
        <summary><xsl:value-of select="$remove"/></summary>
        <p><xsl:value-of select="$removal"/></p>
        <p class="bar"><button name="is_removed" value="1"><xsl:value-of select="$remove"/></button></p>
      </details>
    </xsl:if>
  </form>
</xsl:template>

<!-- What stands below the fields of a record (rows.xsl). -->
<xsl:template match="*" mode="rows"/>

<!-- What a form with a file needs: its encoding, and which file was shown. -->
<xsl:template name="file-form">
  <xsl:if test="$field[@type = 'file']">
    <xsl:attribute name="enctype">multipart/form-data</xsl:attribute>
    <xsl:variable name="old">
      <xsl:call-template name="old">
        <xsl:with-param name="name" select="'file_id'"/>
        <xsl:with-param name="value" select="@file_id"/>
      </xsl:call-template>
    </xsl:variable>
    <xsl:if test="@file_id"><input type="hidden" name="old_file_id" value="{$old}"/></xsl:if>
  </xsl:if>
</xsl:template>

<!-- The lines of a form, each field with its old value; the context node is the record. but: the
     name of a field that is left out. -->
<xsl:template name="edit-fields">
  <xsl:param name="but"/>
  <xsl:variable name="record" select="."/>
  <xsl:for-each select="$field[not(@type = 'shown' or @name = $but)]">
    <xsl:variable name="stored">
      <xsl:apply-templates select="." mode="stored">
        <xsl:with-param name="value" select="$record/@*[name() = current()/@name]"/>
      </xsl:apply-templates>
    </xsl:variable>
    <p class="row">
      <xsl:call-template name="edit-field"><xsl:with-param name="value" select="string($stored)"/></xsl:call-template>
    </p>
  </xsl:for-each>
</xsl:template>

<!-- A value as a field has it: decimals have a comma, and no zeros after it. -->
<xsl:template match="f" mode="stored"><xsl:param name="value"/><xsl:value-of select="$value"/></xsl:template>
<xsl:template match="f[@type = 'decimal']" mode="stored">
  <xsl:param name="value"/>
  <xsl:if test="string($value)"><xsl:value-of select="translate(number($value), '.', ',')"/></xsl:if>
</xsl:template>

<!-- One line of a form; the context node is the field. Goes to the page's document, whose keys
     have the refused values. -->
<xsl:template name="edit-field">
  <xsl:param name="value"/>
  <xsl:variable name="f" select="."/>
  <xsl:for-each select="$page">
    <xsl:if test="not($f/@type = 'file')">
      <xsl:call-template name="old-field">
        <xsl:with-param name="name" select="$f/@name"/>
        <xsl:with-param name="value" select="$value"/>
      </xsl:call-template>
    </xsl:if>
    <label>
      <xsl:if test="$f/@type = 'checkbox'"><xsl:attribute name="class">check</xsl:attribute></xsl:if>
      <xsl:apply-templates select="$f" mode="input">
        <xsl:with-param name="value" select="$value"/>
        <xsl:with-param name="typed">
          <xsl:call-template name="typed">
            <xsl:with-param name="name" select="$f/@name"/>
            <xsl:with-param name="value" select="$value"/>
          </xsl:call-template>
        </xsl:with-param>
        <xsl:with-param name="tie">
          <i><xsl:call-template name="invalid"><xsl:with-param name="name" select="$f/@name"/></xsl:call-template></i>
        </xsl:with-param>
      </xsl:apply-templates>
    </label>
    <xsl:if test="$f/@hint"><span class="hint"><xsl:value-of select="$f/@hint"/></span></xsl:if>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="$f/@name"/></xsl:call-template>
  </xsl:for-each>
</xsl:template>

<!-- The input of a field. tie: an element with the attributes that a refused input needs. -->
<xsl:template match="f" mode="input">
  <xsl:param name="typed"/>
  <xsl:param name="tie"/>
  <span class="label"><xsl:value-of select="@label"/></span>
  <input name="{@name}" type="{@type}" value="{$typed}" autocomplete="off">
    <xsl:copy-of select="@required | @min | @max[../@type = 'number'] | exsl:node-set($tie)/i/@*"/>
    <xsl:if test="not(@type) or @type = 'decimal'"><xsl:attribute name="type">text</xsl:attribute></xsl:if>
    <xsl:if test="@type = 'decimal'"><xsl:attribute name="inputmode">decimal</xsl:attribute></xsl:if>
    <xsl:if test="not(@type)"><xsl:attribute name="maxlength"><xsl:value-of select="@max"/></xsl:attribute></xsl:if>
  </input>
</xsl:template>

<!-- A text of several lines. -->
<xsl:template match="f[@type = 'prose']" mode="input">
  <xsl:param name="typed"/>
  <xsl:param name="tie"/>
  <span class="label"><xsl:value-of select="@label"/></span>
  <textarea name="{@name}" rows="4" maxlength="{@max}">
    <xsl:copy-of select="@required | exsl:node-set($tie)/i/@*"/>
    <xsl:value-of select="$typed"/>
  </textarea>
</xsl:template>

<!-- A file is chosen anew or left; the record's file_id tells whether it was changed. -->
<xsl:template match="f[@type = 'file']" mode="input">
  <xsl:param name="tie"/>
  <span class="label"><xsl:value-of select="@label"/></span>
  <input name="{@name}" type="file" accept="{@accept}"><xsl:copy-of select="exsl:node-set($tie)/i/@*"/></input>
</xsl:template>

<xsl:template match="f[@type = 'checkbox']" mode="input">
  <xsl:param name="value"/>
  <xsl:param name="tie"/>
  <xsl:variable name="name" select="@name"/>
  <input name="{@name}" type="checkbox" value="1">
    <xsl:copy-of select="exsl:node-set($tie)/i/@*"/>
    <xsl:for-each select="$page">
      <xsl:call-template name="checked">
        <xsl:with-param name="name" select="$name"/>
        <xsl:with-param name="value" select="$value"/>
      </xsl:call-template>
    </xsl:for-each>
  </input>
  <span><xsl:value-of select="@label"/></span>
</xsl:template>

<xsl:template match="f[o]" mode="input">
  <xsl:param name="typed"/>
  <xsl:param name="tie"/>
  <span class="label"><xsl:value-of select="@label"/></span>
  <select name="{@name}">
    <xsl:copy-of select="exsl:node-set($tie)/i/@*"/>
    <xsl:for-each select="o">
      <option value="{@value}">
        <xsl:if test="@value = $typed"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
        <xsl:value-of select="."/>
      </option>
    </xsl:for-each>
  </select>
</xsl:template>

<!-- The choices from the page; one that is required has no empty option once it has a value. -->
<xsl:template match="f[@choices]" mode="input">
  <xsl:param name="typed"/>
  <xsl:param name="tie"/>
  <xsl:variable name="options" select="$choice[@for = current()/@name]"/>
  <span class="label"><xsl:value-of select="@label"/></span>
  <select name="{@name}">
    <xsl:copy-of select="@required | exsl:node-set($tie)/i/@*"/>
    <xsl:if test="not(@required) or not($options/@value = $typed)"><option value="">—</option></xsl:if>
    <xsl:for-each select="$options">
      <option value="{@value}">
        <xsl:if test="@value = $typed"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
        <xsl:value-of select="@name"/>
      </option>
    </xsl:for-each>
  </select>
</xsl:template>

<!-- ......................................................... what is refused -->

<xsl:template match="error[@code = 'JE102'][@field]" mode="words">
  <xsl:call-template name="out-of-range"><xsl:with-param name="f" select="$field[@name = current()/@field]"/></xsl:call-template>
</xsl:template>

<xsl:template match="error" mode="field-name">
  <xsl:value-of select="$field[@name = current()/@field or concat(@name, '_id') = current()/@field]/@label"/>
</xsl:template>
<xsl:template match="error[@field = 'file_id']" mode="current" priority="1">другой файл</xsl:template>

<xsl:template match="error[string(@value)]" mode="current">
  <xsl:variable name="f" select="$field[@name = current()/@field]"/>
  <xsl:text>«</xsl:text>
  <xsl:apply-templates select="$f" mode="value"><xsl:with-param name="value" select="@value"/></xsl:apply-templates>
  <xsl:if test="@value = 'false'">нет</xsl:if>
  <xsl:text>»</xsl:text>
</xsl:template>

</xsl:stylesheet>
