<?xml version="1.0" encoding="UTF-8"?>
<!-- voidings.xsl: what a log-in did that others knew, and operations that do not count.
     in   voidings[@view = 'list'] with incident_id person_name is_mine? is_own? place? law_from? by_law?
            /place[place address? way? agent? first_at last_at operations marks absences lessons others pupils by_law void],
            change[at address? what pupil? teaching? verb field? old? new? is_void?],
            voiding[voiding_id basis order_no order_on? changes staff_name made_at undone_at?]
          voidings[@view = 'show'] with the attributes of a voiding, is_mine? /change
     out  where the account worked from, with the forms that void; its last changes; one voiding
     see  history_words.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="history.xsl"/>

<xsl:template match="error[@field = 'order_no']" mode="field-name">Номер приказа</xsl:template>
<xsl:template match="error[@field = 'order_on']" mode="field-name">Дата приказа</xsl:template>
<xsl:template match="error[@field = 'place']" mode="field-name">Откуда</xsl:template>

<xsl:template match="page/voidings" mode="title">Что сделано под логином · <xsl:value-of select="@person_name"/></xsl:template>
<xsl:template match="page/voidings[@view = 'show']" mode="title">Недействительные операции · <xsl:value-of select="@person_name"/></xsl:template>
<xsl:template match="page/voidings" mode="actions"><div class="actions"><xsl:call-template name="as-tables"/></div></xsl:template>
<xsl:template match="page/voidings" mode="crumbs">
  <xsl:call-template name="section"/>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/incidents/', @incident_id)"/>
    <xsl:with-param name="word" select="@person_name"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/voidings">
  <xsl:apply-templates select="self::*[voiding]" mode="voidings"/>
  <p class="hint">По закону недействительно всё, что сделано после извещения директора и поддержки. Более раннее признаёт
    недействительным директор приказом. Прежние значения вернутся сами, средние баллы и отчёты изменятся; то, что честно
    исправили потом, останется; в истории видно и то и другое.</p>
  <xsl:apply-templates select="self::*[@is_mine]" mode="law"/>
  <xsl:if test="@is_own"><p class="notice">Это ваш логин. О своих операциях решают не сами: признать их недействительными может другой руководитель — директор или завуч.</p></xsl:if>
  <xsl:if test="not(place)"><p class="empty">Под этим логином в школе ничего не меняли.</p></xsl:if>
  <xsl:if test="place">
    <form method="post" action="{$base}{/page/@path}">
      <xsl:call-template name="token"/>
      <input type="hidden" name="basis" value="order"/>
      <xsl:apply-templates select="." mode="places"/>
      <xsl:if test="@is_mine"><xsl:apply-templates select="." mode="order"/></xsl:if>
    </form>
    <h2>Последние изменения</h2>
    <xsl:if test="@place"><p><a href="{$base}{/page/@path}">Показать отовсюду</a></p></xsl:if>
    <xsl:apply-templates select="." mode="changes"/>
  </xsl:if>
</xsl:template>

<xsl:template match="voidings" mode="law">
  <xsl:choose>
    <xsl:when test="not(@law_from)"><p class="notice">Извещение директора и поддержки ещё не записано: <a href="{$base}/incidents/{@incident_id}">записать</a>.</p></xsl:when>
    <xsl:when test="@by_law &gt; 0">
      <form class="card" method="post" action="{$base}{/page/@path}">
        <xsl:call-template name="token"/>
        <p>После обоих извещений (<xsl:apply-templates select="@law_from" mode="moment"/>) изменено записей журнала: <b><xsl:value-of select="@by_law"/></b>.</p>
        <p class="bar"><button class="main" name="basis" value="law">Признать недействительными по закону</button></p>
      </form>
    </xsl:when>
    <xsl:otherwise><p>После обоих извещений (<xsl:apply-templates select="@law_from" mode="moment"/>) в журнале ничего не меняли.</p></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="voidings" mode="places">
  <div class="wide"><table class="data people broad">
    <caption>Откуда работали под этим логином</caption>
    <thead><tr><th scope="col">Откуда</th><th scope="col">Браузер</th><th scope="col">С</th><th scope="col">По</th><th scope="col">Сохранений</th><th scope="col">Отметок</th><th scope="col">Отсутствий</th><th scope="col">Уроков и заданий</th><th scope="col">Прочего</th><th scope="col">Учеников</th><th scope="col">Недействительно</th></tr></thead>
    <tbody><xsl:apply-templates select="place"/></tbody>
  </table></div>
</xsl:template>

<xsl:variable name="may-void" select="boolean(/page/voidings/@is_mine)"/>
<xsl:variable name="sent" select="/page/form/row/field[@name = 'place']"/>

<xsl:template match="voidings/place">
  <tr>
    <th scope="row">
      <xsl:choose>
        <xsl:when test="$may-void">
          <label class="check">
            <input type="checkbox" name="place" value="{@place}">
              <xsl:if test="$is-refused and $sent = @place"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
            </input>
            <span><xsl:apply-templates select="." mode="place"/></span>
          </label>
        </xsl:when>
        <xsl:otherwise><xsl:apply-templates select="." mode="place"/></xsl:otherwise>
      </xsl:choose>
      <xsl:text> </xsl:text>
      <a href="?place={str:encode-uri(@place, true())}">изменения</a>
    </th>
    <td data-word="Браузер"><xsl:value-of select="@agent"/></td>
    <td data-word="С"><xsl:apply-templates select="@first_at" mode="moment"/></td>
    <td data-word="По"><xsl:apply-templates select="@last_at" mode="moment"/></td>
    <td data-word="Сохранений"><xsl:value-of select="@operations"/></td>
    <td data-word="Отметок"><xsl:value-of select="@marks"/></td>
    <td data-word="Отсутствий"><xsl:value-of select="@absences"/></td>
    <td data-word="Уроков и заданий"><xsl:value-of select="@lessons"/></td>
    <td data-word="Прочего"><xsl:value-of select="@others"/></td>
    <td data-word="Учеников"><xsl:value-of select="@pupils"/></td>
    <td data-word="Недействительно"><xsl:value-of select="@void"/></td>
  </tr>
</xsl:template>
<xsl:template match="place" mode="place">
  <xsl:value-of select="@address"/><xsl:if test="not(@address)">адрес неизвестен</xsl:if>
  <xsl:value-of select="concat(', сеанс ', substring-before(concat(@place, ' '), ' '))"/>
</xsl:template>

<xsl:template match="voidings" mode="order">
  <fieldset class="card">
    <legend>Признать недействительным отмеченное — по приказу директора</legend>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'place'"/></xsl:call-template>
    <xsl:apply-templates select="." mode="order-fields"/>
    <p class="hint">Возвращаются записи журнала. «Прочее» — карточки и настройки — верните сами: что изменено, видно ниже.</p>
    <p class="bar"><button class="main">Признать недействительными</button></p>
  </fieldset>
</xsl:template>

<xsl:template match="voidings" mode="order-fields">
  <xsl:call-template name="form-row">
    <xsl:with-param name="name" select="'order_no'"/>
    <xsl:with-param name="label" select="'Номер приказа'"/>
  </xsl:call-template>
  <xsl:call-template name="form-row">
    <xsl:with-param name="name" select="'order_on'"/>
    <xsl:with-param name="label" select="'Дата приказа'"/>
    <xsl:with-param name="type" select="'date'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="voidings" mode="voidings">
  <div class="wide"><table class="data people broad">
    <caption>Признано недействительным</caption>
    <thead><tr><th scope="col">Когда</th><th scope="col">Основание</th><th scope="col">Изменений</th><th scope="col">Кто</th><th scope="col">Состояние</th></tr></thead>
    <tbody>
      <xsl:for-each select="voiding">
        <tr>
          <th scope="row"><a href="{$base}/voidings/{@voiding_id}"><xsl:apply-templates select="@made_at" mode="moment"/></a></th>
          <td data-word="Основание"><xsl:apply-templates select="." mode="basis"/></td>
          <td data-word="Изменений"><xsl:value-of select="@changes"/></td>
          <td data-word="Кто"><xsl:value-of select="@staff_name"/></td>
          <td data-word="Состояние"><xsl:if test="@undone_at">отменено приказом</xsl:if><xsl:if test="not(@undone_at)"><span class="done">действует</span></xsl:if></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table></div>
</xsl:template>
<xsl:template match="*" mode="basis">
  <xsl:if test="@basis = 'law'">по закону</xsl:if>
  <xsl:if test="@basis = 'order'">приказ № <xsl:value-of select="@order_no"/> от <xsl:apply-templates select="@order_on" mode="date"/></xsl:if>
</xsl:template>

<xsl:template match="voidings" mode="changes">
  <table class="data people history">
    <thead><tr><th scope="col">Когда</th><th scope="col">Запись</th><th scope="col">Ученик</th><th scope="col">Журнал</th><th scope="col">Что изменено</th><th scope="col">Было</th><th scope="col">Стало</th></tr></thead>
    <tbody><xsl:apply-templates select="change"/></tbody>
  </table>
</xsl:template>

<xsl:template match="voidings/change">
  <tr>
    <xsl:if test="@is_void"><xsl:attribute name="class">is-off</xsl:attribute></xsl:if>
    <th scope="row"><xsl:apply-templates select="@at" mode="moment"/></th>
    <td data-word="Запись"><xsl:apply-templates select="@what" mode="record-word"/><xsl:if test="@is_void"> (недействительно)</xsl:if></td>
    <td data-word="Ученик"><xsl:value-of select="@pupil"/></td>
    <td data-word="Журнал"><xsl:value-of select="@teaching"/></td>
    <td data-word="Что изменено"><xsl:apply-templates select="@field" mode="field-word"/></td>
    <td data-word="Было"><xsl:apply-templates select="@old" mode="value"/></td>
    <td data-word="Стало"><xsl:apply-templates select="@new" mode="value"/></td>
  </tr>
</xsl:template>

<!-- ................................................................... one -->

<xsl:template match="page/voidings[@view = 'show']">
  <dl class="record">
    <dt>Основание</dt><dd><xsl:apply-templates select="." mode="basis"/></dd>
    <dt>Кто признал</dt><dd><xsl:value-of select="@staff_name"/>, <xsl:apply-templates select="@made_at" mode="moment"/></dd>
    <dt>Изменений</dt><dd><xsl:value-of select="@changes"/></dd>
    <xsl:if test="@undone_at">
      <dt>Отменено</dt>
      <dd>
        <xsl:value-of select="concat(@undone_name, ', ')"/>
        <xsl:apply-templates select="@undone_at" mode="moment"/>
        <xsl:value-of select="concat(', приказ № ', @undo_order_no, ' от ')"/>
        <xsl:apply-templates select="@undo_order_on" mode="date"/>
      </dd>
    </xsl:if>
  </dl>
  <p><a href="{$base}/incidents/{@incident_id}/operations">Всё, что сделано под этим логином</a></p>
  <xsl:if test="change"><xsl:apply-templates select="." mode="changes"/></xsl:if>
  <xsl:if test="@is_mine">
    <form class="card" method="post" action="{$base}{/page/@path}">
      <xsl:call-template name="token"/>
      <p>Отменить признание: операции снова будут считаться. Нужен приказ директора.</p>
      <xsl:apply-templates select="." mode="order-fields"/>
      <p class="bar"><button>Вернуть операции</button></p>
    </form>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
