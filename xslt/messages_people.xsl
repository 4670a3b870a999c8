<?xml version="1.0" encoding="UTF-8"?>
<!-- messages_people.xsl: the people to whom one may write; the forms of a message and of a letter to a class.
     in   messages[@view = 'people' or @view = 'write' or @view = 'class'] as messages.xsl has them
     out  a list, the forms; in the mode "part" what a person is
     see  messages.xsl, which includes this; guardians_words.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings" exclude-result-prefixes="exsl str">

<xsl:variable name="kinds">
  <o value="mother">мать</o><o value="father">отец</o><o value="parent">родитель</o><o value="stepmother">мачеха</o>
  <o value="stepfather">отчим</o><o value="grandmother">бабушка</o><o value="grandfather">дедушка</o>
  <o value="sister">сестра</o><o value="brother">брат</o><o value="aunt">тётя</o><o value="uncle">дядя</o>
</xsl:variable>
<xsl:variable name="kin" select="exsl:node-set($kinds)/o"/>

<!-- ............................................................... to whom to write -->

<xsl:template match="page/messages[@view = 'people']" mode="actions">
  <form class="filter" method="get" role="search">
    <label>Имя, класс или предмет <input type="search" name="find" value="{@find}" maxlength="100" autocomplete="off"/></label>
    <xsl:if test="@class_id"><input type="hidden" name="class_id" value="{@class_id}"/></xsl:if>
    <xsl:if test="@pupil_id"><input type="hidden" name="pupil_id" value="{@pupil_id}"/></xsl:if>
    <button>Найти</button>
    <xsl:if test="string(@find) or @class_id or @pupil_id"><a href="{$base}/recipients">Весь список</a></xsl:if>
  </form>
</xsl:template>
<xsl:template match="page/messages[@view = 'people']">
  <xsl:if test="class">
    <details class="more">
      <xsl:if test="@class_id"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
      <summary>Письмо семьям класса</summary>
      <ul><xsl:apply-templates select="class"/></ul>
    </details>
  </xsl:if>
  <xsl:choose>
    <xsl:when test="recipient">
      <table class="data people">
        <caption><xsl:value-of select="concat('Найдено: ', @count)"/></caption>
        <thead><tr><th scope="col">Имя</th><th scope="col">Кто это</th><th scope="col">Об ученике</th></tr></thead>
        <tbody><xsl:apply-templates select="recipient"/></tbody>
      </table>
    </xsl:when>
    <xsl:otherwise><p class="empty">Никого не нашлось. Кто кому пишет, решает школа. <a href="{$base}/recipients">Весь список</a></p></xsl:otherwise>
  </xsl:choose>
  <xsl:for-each select="@page">
    <xsl:variable name="of">
      <xsl:if test="../@class_id"><xsl:value-of select="concat('&amp;class_id=', ../@class_id)"/></xsl:if>
      <xsl:if test="../@pupil_id"><xsl:value-of select="concat('&amp;pupil_id=', ../@pupil_id)"/></xsl:if>
    </xsl:variable>
    <xsl:call-template name="pages">
      <xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()), $of)"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="messages/class">
  <li>
    <a href="{$base}/classes/{@class_id}/letter"><xsl:value-of select="@name"/></a>
    <xsl:value-of select="concat(' (семей: ', @families, ')')"/>
    <xsl:text> — </xsl:text>
    <a href="{$base}/recipients?class_id={@class_id}">по одному<span class="sr"><xsl:value-of select="concat(': ', @name)"/></span></a>
  </li>
</xsl:template>

<xsl:template match="messages/recipient">
  <tr>
    <th scope="row">
      <a>
        <xsl:attribute name="href"><xsl:apply-templates select="." mode="address"/></xsl:attribute>
        <xsl:value-of select="@name"/>
      </a>
    </th>
    <td data-word="Кто это">
      <xsl:apply-templates select="." mode="part"/>
      <xsl:if test="@is_absent"><xsl:text> </xsl:text><span class="badge">без входа</span></xsl:if>
    </td>
    <td data-word="Об ученике"><xsl:apply-templates select="." mode="about"/></td>
  </tr>
</xsl:template>

<xsl:template match="*" mode="address">
  <xsl:value-of select="concat($base, '/recipients/', @person_id)"/>
  <xsl:if test="@pupil_id"><xsl:value-of select="concat('?pupil_id=', @pupil_id)"/></xsl:if>
</xsl:template>

<!-- What a person is: «мать», «классный руководитель, математика», «директор» -->
<xsl:template match="*" mode="part">
  <xsl:choose>
    <xsl:when test="@role = 'pupil'">ученик</xsl:when>
    <xsl:when test="@role = 'parent'">
      <xsl:variable name="kind" select="$kin[@value = current()/@kind]"/>
      <xsl:value-of select="$kind"/><xsl:if test="not($kind)">представитель</xsl:if>
    </xsl:when>
    <xsl:otherwise>
      <xsl:if test="@is_lead">классный руководитель</xsl:if>
      <xsl:if test="@is_lead and @subjects">, </xsl:if>
      <xsl:value-of select="@subjects"/>
      <xsl:if test="not(@is_lead or @subjects)"><xsl:value-of select="@post"/><xsl:if test="not(@post)">сотрудник</xsl:if></xsl:if>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="*" mode="about">
  <xsl:value-of select="@pupil_name"/>
  <xsl:if test="@class_name"><xsl:value-of select="concat(', ', @class_name)"/></xsl:if>
</xsl:template>

<!-- ............................................................... the forms -->

<xsl:template match="page/messages[@view = 'write']">
  <p class="hint">
    <xsl:apply-templates select="." mode="part"/>
    <xsl:if test="@pupil_id">; об ученике: <xsl:apply-templates select="." mode="about"/></xsl:if>
  </p>
  <xsl:if test="@is_absent"><p class="alert">Этот человек ещё не получил вход в журнал и сообщения пока не прочтёт.</p></xsl:if>
  <form class="card" method="post" enctype="multipart/form-data" action="{$base}/recipients/{@person_id}">
    <xsl:call-template name="token"/>
    <xsl:if test="@pupil_id"><input type="hidden" name="pupil_id" value="{@pupil_id}"/></xsl:if>
    <xsl:call-template name="text-row"/>
    <xsl:call-template name="more-files"/>
    <p class="hint">Прочтёт только этот человек. Отправленное нельзя изменить или отозвать.</p>
    <p class="bar"><button class="main">Отправить</button></p>
  </form>
</xsl:template>

<xsl:template match="page/messages[@view = 'class']">
  <form class="card" method="post" enctype="multipart/form-data" action="{$base}/classes/{@class_id}/letter">
    <xsl:call-template name="token"/>
    <fieldset id="f-whom">
      <legend class="label">Кому</legend>
      <xsl:call-template name="whom">
        <xsl:with-param name="value" select="'parents'"/>
        <xsl:with-param name="word" select="concat('родителям, семей: ', @parents)"/>
      </xsl:call-template>
      <xsl:call-template name="whom">
        <xsl:with-param name="value" select="'pupils'"/>
        <xsl:with-param name="word" select="concat('ученикам: ', @pupils)"/>
      </xsl:call-template>
      <xsl:call-template name="whom">
        <xsl:with-param name="value" select="'both'"/>
        <xsl:with-param name="word" select="'родителям и ученикам'"/>
      </xsl:call-template>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'whom'"/></xsl:call-template>
    </fieldset>
    <xsl:call-template name="text-row"/>
    <xsl:call-template name="more-files"/>
    <p class="hint">С каждой семьёй будет отдельная переписка: другие семьи ни письма, ни ответов не увидят.</p>
    <p class="bar"><button class="main">Отправить</button></p>
  </form>
</xsl:template>
<xsl:template name="whom">
  <xsl:param name="value"/>
  <xsl:param name="word"/>
  <xsl:variable name="typed">
    <xsl:call-template name="typed">
      <xsl:with-param name="name" select="'whom'"/>
      <xsl:with-param name="value" select="'parents'"/>
    </xsl:call-template>
  </xsl:variable>
  <label class="check">
    <input type="radio" name="whom" value="{$value}">
      <xsl:if test="$typed = $value"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
    </input>
    <span><xsl:value-of select="$word"/></span>
  </label>
</xsl:template>

</xsl:stylesheet>
