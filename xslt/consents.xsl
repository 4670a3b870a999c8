<?xml version="1.0" encoding="UTF-8"?>
<!-- consents.xsl: the register of consent: of the school by classes, of a class, of a pupil.
     in   consents[@view = 'list'] with purpose today_on
            /class[class_id name guardians given refused missing]
          consents[@view = 'class'] with class_id name purpose today_on is_mine? done?
            /guardian[pupil_id guardian_id pupil guardian kind answer? document_no? signed_on? is_paper?]
          consents[@view = 'pupil'] with pupil_id name today_on is_family? is_paper? done?
            /own[purpose answer? signed_on?], entry[consent_id guardian purpose answer document_no? signed_on]
     out  tables; of a class a form for the answers of one purpose and day; for a guardian the
          buttons that withdraw
     see  form.xsl, guardians_words.xsl, consents_words.xsl, print/consents.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>
<xsl:include href="guardians_words.xsl"/>
<xsl:include href="consents_words.xsl"/>

<!-- ......................................................... of the school -->

<xsl:template match="page/consents" mode="title">Согласия и отказы</xsl:template>

<!-- The choice of the purpose. -->
<xsl:template match="page/consents" mode="actions">
  <xsl:variable name="now" select="@purpose"/>
  <form class="filter" method="get">
    <label>Цель
      <select name="purpose">
        <xsl:for-each select="$purposes">
          <option value="{@value}"><xsl:if test="@value = $now"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="."/></option>
        </xsl:for-each>
      </select>
    </label>
    <button>Показать</button>
  </form>
  <div class="actions">
    <xsl:if test="@class_id"><a href="{$base}/classes/{@class_id}">Класс</a></xsl:if>
    <a href="?format=print&amp;purpose={@purpose}">Печать</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/consents">
  <table class="data people">
    <caption class="sr">Ответы по классам</caption>
    <thead><tr><th scope="col">Класс</th><th scope="col" class="number">Родителей</th><th scope="col" class="number">Согласны</th><th scope="col" class="number">Отказались</th><th scope="col" class="number">Нет ответа</th></tr></thead>
    <tbody>
      <xsl:for-each select="class">
        <tr>
          <th scope="row"><a href="{$base}/classes/{@class_id}/consents?purpose={../@purpose}"><xsl:value-of select="@name"/></a></th>
          <td class="number" data-word="родителей"><xsl:value-of select="@guardians"/></td>
          <td class="number" data-word="согласны"><xsl:value-of select="@given"/></td>
          <td class="number" data-word="отказались"><xsl:value-of select="@refused"/></td>
          <td class="number" data-word="нет ответа"><xsl:choose><xsl:when test="@missing &gt; 0"><span class="todo"><xsl:value-of select="@missing"/></span></xsl:when><xsl:otherwise>0</xsl:otherwise></xsl:choose></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>
<xsl:template match="page/consents[@view = 'list'][not(class)]" priority="1">
  <p class="empty">Классов этого учебного года пока нет. <a href="{$base}/classes">Классы</a></p>
</xsl:template>

<!-- .......................................................... of a class -->

<xsl:template match="page/consents[@view = 'class']" mode="title"><xsl:value-of select="@name"/> · согласия и отказы</xsl:template>
<xsl:template match="page/consents[@view != 'list']" mode="crumbs"><xsl:call-template name="section"/></xsl:template>

<xsl:template match="page/consents[@view = 'class']" priority="1">
  <xsl:variable name="purpose" select="@purpose"/>
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <p class="hint"><xsl:value-of select="$purposes[@value = $purpose]/@about"/></p>
  <xsl:choose>
    <xsl:when test="not(guardian)"><p class="empty">В классе нет учеников, у которых записаны родители. <a href="{$base}/classes/{@class_id}">Класс</a></p></xsl:when>
    <xsl:when test="@is_mine">
      <form method="post" action="{$base}{/page/@path}">
        <xsl:call-template name="token"/>
        <input type="hidden" name="purpose" value="{@purpose}"/>
        <xsl:call-template name="form-row">
          <xsl:with-param name="name" select="'signed_on'"/>
          <xsl:with-param name="label" select="'Дата документов'"/>
          <xsl:with-param name="type" select="'date'"/>
          <xsl:with-param name="value" select="@today_on"/>
        </xsl:call-template>
        <xsl:apply-templates select="." mode="table"/>
        <p class="bar"><button class="main">Записать</button></p>
      </form>
    </xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="table"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="consents" mode="table">
  <table class="data people">
    <caption class="sr">Родители класса</caption>
    <thead><tr><th scope="col">Ученик</th><th scope="col">Родитель</th><th scope="col">Записано</th>
      <xsl:if test="@is_mine"><th scope="col">Новый ответ</th><th scope="col">Номер документа</th></xsl:if><th scope="col" class="to">Открыть</th></tr></thead>
    <tbody><xsl:apply-templates select="guardian"/></tbody>
  </table>
</xsl:template>

<xsl:template match="consents/guardian">
  <xsl:variable name="id" select="concat('.', @pupil_id, '.', @guardian_id)"/>
  <xsl:variable name="who" select="concat(@pupil, ', ', @guardian)"/>
  <tr>
    <th scope="row">
      <a href="{$base}/pupils/{@pupil_id}"><xsl:value-of select="@pupil"/></a>
      <xsl:if test="@is_paper"><xsl:text> </xsl:text><span class="badge">бумажная семья</span></xsl:if>
    </th>
    <td><xsl:value-of select="@guardian"/>, <xsl:apply-templates select="@kind" mode="kinship"/></td>
    <td>
      <xsl:if test="not(@answer)"><span class="todo">нет ответа</span></xsl:if>
      <xsl:apply-templates select="@answer" mode="answer"/>
      <xsl:if test="@document_no"><xsl:value-of select="concat(' № ', @document_no)"/></xsl:if>
      <xsl:if test="@signed_on"> от <xsl:apply-templates select="@signed_on" mode="date"/></xsl:if>
    </td>
    <xsl:if test="../@is_mine">
      <td data-word="Новый ответ">
        <xsl:variable name="typed">
          <xsl:call-template name="typed">
            <xsl:with-param name="name" select="concat('answer', $id)"/>
          </xsl:call-template>
        </xsl:variable>
        <select name="answer{$id}" aria-label="Ответ: {$who}">
          <option value="">—</option>
          <xsl:for-each select="$answers">
            <option value="{@value}"><xsl:if test="@value = $typed"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="."/></option>
          </xsl:for-each>
        </select>
      </td>
      <td data-word="Номер документа">
        <input name="document_no{$id}" type="text" maxlength="40" autocomplete="off" aria-label="Номер документа: {$who}">
          <xsl:attribute name="value">
            <xsl:call-template name="typed">
              <xsl:with-param name="name" select="concat('document_no', $id)"/>
            </xsl:call-template>
          </xsl:attribute>
        </input>
      </td>
    </xsl:if>
    <td class="to"><a href="{$base}/pupils/{@pupil_id}/consents" aria-label="Все записи: {@pupil}">Записи</a></td>
  </tr>
</xsl:template>

<!-- .......................................................... of a pupil -->

<xsl:template match="page/consents[@view = 'pupil']" mode="title"><xsl:value-of select="@name"/> · согласия и отказы</xsl:template>
<xsl:template match="page/consents[@view = 'pupil']" mode="actions">
  <div class="actions"><a href="{$base}/pupils/{@pupil_id}">Карточка</a></div>
</xsl:template>

<xsl:template match="page/consents[@view = 'pupil']" priority="1">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="@is_paper"><p class="notice">Бумажная семья: родитель не согласен на обработку данных, сведения об учёбе ему выдают на бумаге.</p></xsl:if>
  <xsl:if test="@is_family">
    <h2>Ваши ответы</h2>
    <table class="data people">
      <caption class="sr">Ваши ответы</caption>
      <thead><tr><th scope="col">Цель</th><th scope="col">Ваш ответ</th><th scope="col" class="to">Изменить</th></tr></thead>
      <tbody><xsl:apply-templates select="own"/></tbody>
    </table>
    <p class="hint">Отзыв действует сразу. Чтобы снова дать согласие, принесите подписанный документ классному руководителю.</p>
  </xsl:if>
  <h2>Записи</h2>
  <xsl:apply-templates select="." mode="entries"/>
</xsl:template>

<xsl:template match="consents/own">
  <xsl:variable name="purpose" select="$purposes[@value = current()/@purpose]"/>
  <tr>
    <th scope="row"><xsl:value-of select="$purpose"/><br/><small><xsl:value-of select="$purpose/@about"/></small></th>
    <td>
      <xsl:if test="not(@answer)">ответа нет</xsl:if>
      <xsl:apply-templates select="@answer" mode="answer"/>
      <xsl:if test="@signed_on"> от <xsl:apply-templates select="@signed_on" mode="date"/></xsl:if>
    </td>
    <td class="to">
      <xsl:if test="not(@answer) or @answer = 'given'">
        <form method="post" action="{$base}{/page/@path}">
          <xsl:call-template name="token"/>
          <input type="hidden" name="purpose" value="{@purpose}"/>
          <xsl:choose>
            <xsl:when test="@answer"><button aria-label="Отозвать: {$purpose}">Отозвать</button></xsl:when>
            <xsl:otherwise><button aria-label="Отказаться: {$purpose}">Отказаться</button></xsl:otherwise>
          </xsl:choose>
        </form>
      </xsl:if>
    </td>
  </tr>
</xsl:template>

<xsl:template match="consents" mode="entries"><p class="empty">Записей пока нет. Их вносит классный руководитель по подписанным документам.</p></xsl:template>
<xsl:template match="consents[entry]" mode="entries">
  <table class="data people">
    <caption class="sr">Записи</caption>
    <thead><tr><th scope="col">Дата документа</th><th scope="col">Кто</th><th scope="col">Цель</th><th scope="col">Ответ</th><th scope="col">Номер документа</th></tr></thead>
    <tbody>
      <xsl:for-each select="entry">
        <tr>
          <th scope="row"><xsl:apply-templates select="@signed_on" mode="date"/></th>
          <td><xsl:value-of select="@guardian"/></td>
          <td><xsl:apply-templates select="@purpose" mode="purpose"/></td>
          <td><xsl:apply-templates select="@answer" mode="answer"/></td>
          <td><xsl:value-of select="@document_no"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="consents/@done"><p class="notice" role="status">Записано.</p></xsl:template>

<!-- ....................................................... what is refused -->

<xsl:template match="error[@field = 'signed_on']" mode="field-name">Дата документов</xsl:template>
<xsl:template match="error[@code = 'JE203']" mode="words" priority="1">Дата документа не может быть позже сегодняшней.</xsl:template>
<xsl:template match="error[@code = 'JE211']" mode="words" priority="1">Этот человек больше не представляет ученика. Откройте страницу заново.</xsl:template>

</xsl:stylesheet>
