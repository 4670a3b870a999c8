<?xml version="1.0" encoding="UTF-8"?>
<!-- closing.xsl: the journals of a term: what is missing, closing and opening them.
     in   closing[@view = 'list'] with name? year is_mine? done?
            /term[term_id name plan_name from_on till_on order_due_on? due_order? due_on? is_current?]
            /class[class_id name term_id term_name till_on due_on? journals closed missing? late? unfilled?]
          closing[@view = 'show'] with class_id class_name term_name term_id till_on due_on? pick? is_mine?
            /journal[journal_id group_name subject_name staff_name? pupils missing? late? unfilled? unfounded? closed_on?
                     order_no? order_on? reason? is_reopened?]
     out  a table of classes, the forms of the last day; a table of journals with ticks in a form
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:str="http://exslt.org/strings"
                exclude-result-prefixes="str">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="journal_id" label="Журналы"/>
  <f name="action" label="Что сделать"/>
  <f name="order_no" label="Приказ №" max="100" required="required"/>
  <f name="order_on" label="Приказ от" type="date" required="required"/>
  <f name="reason" label="Основание" max="500" required="required"
     hint="Например: окончание II четверти. Чтобы открыть журнал снова, нужны другой приказ и причина."/>
  <f name="is_incomplete" label="Закрыть и то, в чём чего-то не хватает" type="checkbox"/>
  <f name="due_on" label="Последний день" type="date"/>
  <f name="due_order" label="Приказ" max="100"/>
</xsl:variable>

<xsl:template match="page/closing" mode="title">Закрытие периодов</xsl:template>
<xsl:template match="page/closing[@view = 'show']" mode="title">
  <xsl:value-of select="concat('Закрытие: ', @class_name, ', ', @term_name)"/>
</xsl:template>
<xsl:template match="page/closing" mode="actions">
  <nav class="tabs" aria-label="Учебные периоды">
    <xsl:choose>
      <xsl:when test="string(@name)"><a href="{$base}/closing">Сейчас</a></xsl:when>
      <xsl:otherwise><b aria-current="page">Сейчас</b></xsl:otherwise>
    </xsl:choose>
    <xsl:for-each select="term[not(@name = preceding-sibling::term[1]/@name)]">
      <xsl:choose>
        <xsl:when test="@is_current"><b aria-current="page"><xsl:value-of select="@name"/></b></xsl:when>
        <xsl:otherwise>
          <a href="{$base}/closing?name={str:encode-uri(@name, true())}"><xsl:value-of select="@name"/></a>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </nav>
  <div class="actions">
    <xsl:if test="contains($opens, ' /objectivity ')"><a href="{$base}/objectivity">Объективность отметок</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>
<xsl:template match="page/closing[@view = 'show']" mode="actions">
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<!-- ............................................................... the classes -->

<xsl:template match="page/closing">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <table class="data people">
    <caption>Закрыто журналов: <xsl:value-of select="concat(sum(class/@closed), ' из ', sum(class/@journals))"/></caption>
    <thead>
      <tr>
        <th scope="col">Класс</th>
        <th scope="col">Период</th>
        <th scope="col">Закрыто</th>
        <th scope="col">Нет отметок</th>
        <th scope="col">Не заполнено уроков</th>
        <th scope="col">С опозданием</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="class"/></tbody>
  </table>
  <xsl:apply-templates select="self::*[@is_mine]" mode="due"/>
</xsl:template>
<xsl:template match="page/closing[@view = 'list'][not(class)]" priority="1">
  <p class="empty">Журналов этого периода нет. Учебные периоды задают на странице <a href="{$base}/terms">«Учебные периоды»</a>, журналы появляются вместе с <a href="{$base}/load">нагрузкой</a>.</p>
</xsl:template>

<xsl:template match="closing/class">
  <tr>
    <th scope="row"><a href="{$base}/closing/classes/{@class_id}?name={str:encode-uri(@term_name, true())}"><xsl:value-of select="@name"/></a></th>
    <td data-word="Период"><xsl:apply-templates select="." mode="days"/></td>
    <td data-word="Закрыто">
      <xsl:choose>
        <xsl:when test="@closed = @journals"><span class="done">все <xsl:value-of select="@journals"/></span></xsl:when>
        <xsl:otherwise><xsl:value-of select="concat(@closed, ' из ', @journals)"/></xsl:otherwise>
      </xsl:choose>
    </td>
    <td data-word="Нет отметок"><xsl:apply-templates select="@missing" mode="todo"/></td>
    <td data-word="Не заполнено уроков"><xsl:apply-templates select="@unfilled" mode="todo"/></td>
    <td data-word="С опозданием"><xsl:value-of select="@late"/></td>
  </tr>
</xsl:template>
<!-- The last day of a term's lessons and, which may be earlier, of its marks. -->
<xsl:template match="*" mode="days">
  <xsl:value-of select="@term_name"/> по <xsl:apply-templates select="@till_on" mode="day"/>
  <xsl:apply-templates select="@due_on" mode="last"/>
</xsl:template>
<xsl:template match="@due_on" mode="last">
  <xsl:text>, </xsl:text><span class="soft">отметки не позднее <xsl:apply-templates select="." mode="day"/></span>
</xsl:template>
<xsl:template match="@*" mode="todo"><span class="todo"><xsl:value-of select="."/></span></xsl:template>

<!-- The last day for term marks, by order, of each term that the table shows. -->
<xsl:key name="used" match="closing/class" use="@term_id"/>
<xsl:template match="closing" mode="due">
  <details class="more">
    <xsl:if test="$is-refused"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
    <summary>Срок выставления отметок по приказу</summary>
    <p class="hint">Пока приказа нет, срок считается по <a href="{$base}/settings">настройке школы</a>.</p>
    <xsl:for-each select="term[key('used', @term_id)]">
      <form class="card" method="post" action="{$base}/closing">
        <xsl:call-template name="token"/>
        <input type="hidden" name="term_id" value="{@term_id}"/>
        <input type="hidden" name="old_due_on" value="{@order_due_on}"/>
        <input type="hidden" name="old_due_order" value="{@due_order}"/>
        <p><b><xsl:value-of select="@name"/></b> (<xsl:value-of select="@plan_name"/>)<xsl:if test="@due_on">: сейчас не позднее <xsl:apply-templates select="@due_on" mode="date"/></xsl:if></p>
        <p class="row">
          <label><span class="label">Последний день</span><input type="date" name="due_on" value="{@order_due_on}"/></label>
          <xsl:text> </xsl:text>
          <label><span class="label">Приказ</span><input type="text" name="due_order" maxlength="100" autocomplete="off" value="{@due_order}"/></label>
        </p>
        <p class="bar"><button>Сохранить срок</button></p>
      </form>
    </xsl:for-each>
  </details>
</xsl:template>

<!-- ................................................................. one class -->

<xsl:template match="page/closing[@view = 'show']" priority="1">
  <p class="hint"><xsl:apply-templates select="." mode="days"/>.</p>
  <xsl:choose>
    <xsl:when test="@is_mine">
      <form method="post" action="{$base}{/page/@path}?name={str:encode-uri(@term_name, true())}">
        <xsl:call-template name="token"/>
        <input type="hidden" name="name" value="{@term_name}"/>
        <xsl:apply-templates select="." mode="pick"/>
        <xsl:apply-templates select="." mode="journals"/>
        <div class="card">
          <xsl:for-each select="$field[@name = 'order_no' or @name = 'order_on' or @name = 'reason' or @name = 'is_incomplete']">
            <p class="row"><xsl:call-template name="edit-field"/></p>
          </xsl:for-each>
          <p class="bar">
            <xsl:if test="journal[not(@closed_on)]"><button class="main" name="action" value="close">Закрыть выбранные</button></xsl:if>
            <xsl:if test="journal[@closed_on]"><xsl:text> </xsl:text><button name="action" value="open">Открыть выбранные снова</button></xsl:if>
          </p>
        </div>
      </form>
    </xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="journals"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- Links that tick all journals or none; at first those are ticked that lack nothing. -->
<xsl:template match="closing" mode="pick">
  <xsl:variable name="here" select="concat($base, /page/@path, '?name=', str:encode-uri(@term_name, true()))"/>
  <p class="actions">
    <a href="{$here}&amp;pick=all">Выбрать все</a>
    <a href="{$here}&amp;pick=none">Не выбирать ни одного</a>
    <xsl:if test="@pick"><a href="{$here}">Выбрать те, где всё есть</a></xsl:if>
  </p>
</xsl:template>

<xsl:variable name="may-close" select="boolean(/page/closing/@is_mine)"/>
<xsl:variable name="pick" select="string(/page/closing/@pick)"/>
<xsl:template match="closing" mode="journals">
  <table class="data people">
    <caption class="sr">Журналы</caption>
    <thead>
      <tr>
        <th scope="col">Журнал</th>
        <th scope="col">Учитель</th>
        <th scope="col">Нет отметок</th>
        <th scope="col">Без основания</th>
        <th scope="col">Не заполнено уроков</th>
        <th scope="col">С опозданием</th>
        <th scope="col">Состояние</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="journal"/></tbody>
  </table>
</xsl:template>

<xsl:template match="closing/journal">
  <xsl:variable name="sent" select="/page/form/row/field[@name = 'journal_id'] = @journal_id"/>
  <tr>
    <th scope="row">
      <xsl:if test="$may-close">
        <label class="check">
          <input type="checkbox" name="journal_id" value="{@journal_id}" aria-label="Выбрать: {@subject_name}, {@group_name}">
            <xsl:if test="$is-refused and $sent or not($is-refused) and ($pick = 'all' or $pick = '' and not(@closed_on or @missing or @unfilled or @unfounded))">
              <xsl:attribute name="checked">checked</xsl:attribute>
            </xsl:if>
          </input>
        </label>
        <xsl:text> </xsl:text>
      </xsl:if>
      <a href="{$base}/journals/{@journal_id}/finals"><xsl:value-of select="concat(@subject_name, ', ', @group_name)"/></a>
    </th>
    <td data-word="Учитель"><xsl:value-of select="@staff_name"/></td>
    <td data-word="Нет отметок">
      <xsl:if test="@missing"><span class="todo"><xsl:value-of select="concat(@missing, ' из ', @pupils)"/></span></xsl:if>
    </td>
    <td data-word="Без основания"><xsl:apply-templates select="@unfounded" mode="todo"/></td>
    <td data-word="Не заполнено уроков">
      <xsl:if test="@unfilled"><a class="todo" href="{$base}/journals/{@journal_id}#topics"><xsl:value-of select="@unfilled"/></a></xsl:if>
    </td>
    <td data-word="С опозданием"><xsl:value-of select="@late"/></td>
    <td data-word="Состояние"><xsl:apply-templates select="." mode="state"/></td>
  </tr>
</xsl:template>

<xsl:template match="journal" mode="state">открыт</xsl:template>
<xsl:template match="journal[@closed_on or @is_reopened]" mode="state">
  <xsl:choose>
    <xsl:when test="@closed_on"><span class="done">закрыт <xsl:apply-templates select="@closed_on" mode="date"/></span></xsl:when>
    <xsl:otherwise>открыт снова</xsl:otherwise>
  </xsl:choose>
  <xsl:text> </xsl:text>
  <small>приказ № <xsl:value-of select="@order_no"/><xsl:if test="@order_on"> от <xsl:apply-templates select="@order_on" mode="date"/></xsl:if>, <xsl:value-of select="@reason"/></small>
</xsl:template>

<xsl:template match="page[closing]/errors/error[@code = 'JE101'][@field = 'journal_id']" mode="words">Отметьте хотя бы один журнал.</xsl:template>
<xsl:template match="page[closing]/errors/error[@code = 'JE201']" mode="words">Журнал года закрыт: сначала откройте его.</xsl:template>
<xsl:template match="page[closing]/errors/error[@code = 'JE101'][@field = 'order_no']" mode="words">Нужен приказ, и не тот, которым журнал закрыт.</xsl:template>
<xsl:template match="page[closing]/errors/error[@code = 'JE101'][@field = 'reason']" mode="words">Нужна причина, и не та, по которой журнал закрыт.</xsl:template>

</xsl:stylesheet>
