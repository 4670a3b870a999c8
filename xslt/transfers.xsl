<?xml version="1.0" encoding="UTF-8"?>
<!-- transfers.xsl: pupils go from one school to another: the list, the forms that begin a transfer, its steps.
     in   transfers[@view = 'list'] with find state? sort page pages count is_mine? waiting done?
            /transfer[transfer_id name birth_on? is_in? other_name class_name? state changed_on moved_on? is_waiting?]
          transfers[@view = 'new'] with today_on, pupil_id? name? class_name? /choice[for value name]
          transfers[@view = 'show'] with transfer_id state name birth_on? school_name to_school_name is_in? … may_send?
            may_accept? may_refuse? may_withdraw? today_on sha256? /meant[pupil_id name birth_on? class_name], choice, and
            the file (transfers_file.xsl)
     out  a table; a form; one transfer (transfers_show.xsl)
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings"
                exclude-result-prefixes="exsl str">

<xsl:import href="record.xsl"/>
<xsl:include href="transfers_file.xsl"/>

<xsl:variable name="fields">
  <f name="school_id" form="ask" label="Из какой школы" choices="1" required="required"/>
  <f name="school_id" form="new" label="В какую школу" choices="1" required="required"/>
  <f name="surname" form="ask" label="Фамилия" max="100" required="required"/>
  <f name="given_name" form="ask" label="Имя" max="100" required="required"/>
  <f name="patronymic" form="ask" label="Отчество" max="100"/>
  <f name="birth_on" form="ask" label="Дата рождения" type="date" required="required"/>
  <f name="order_no" form="new send" label="Приказ об отчислении №" max="40" required="required"/>
  <f name="order_on" form="new send" label="Приказ от" type="date" required="required"/>
  <f name="leaves_on" form="new send" label="Уходит с" type="date" required="required" hint="Первый день, когда ученика может уже не быть. Здесь он учится, пока новая школа не зачислит."/>
  <f name="note" form="ask new" label="Примечание" max="200" hint="Например: заявление матери от 18.11."/>
  <f name="class_id" form="accept" label="В класс" choices="1" required="required"/>
  <f name="moved_on" form="accept" label="Учится с" type="date" required="required"
      hint="Первый день в классе; в прежней школе ученика с этого дня нет."/>
  <f name="enter_order_no" form="accept" label="Приказ о зачислении №" max="40" required="required"/>
  <f name="enter_order_on" form="accept" label="Приказ от" type="date" required="required"/>
  <f name="answer" form="refuse" label="Почему отказ" max="200" required="required"/>
</xsl:variable>

<xsl:variable name="state-words">
  <o value="asked">запрошен</o>
  <o value="sent">направлен</o>
  <o value="accepted">зачислен</o>
  <o value="refused">отказано</o>
  <o value="withdrawn">отозван</o>
</xsl:variable>
<xsl:variable name="states" select="exsl:node-set($state-words)/o"/>

<xsl:template match="page/transfers" mode="title">Переход между школами</xsl:template>
<xsl:template match="page/transfers[@view = 'new']" mode="title">Запросить ученика из другой школы</xsl:template>
<xsl:template match="page/transfers[@view = 'new'][@pupil_id]" mode="title">
  <xsl:value-of select="concat('В другую школу · ', @name)"/>
</xsl:template>
<xsl:template match="page/transfers[@view = 'show']" mode="title"><xsl:value-of select="concat('Переход · ', @name)"/></xsl:template>

<!-- .................................................................. the list -->

<xsl:template match="page/transfers" mode="actions">
  <form class="filter" method="get" role="search">
    <label>Ученик <input type="search" name="find" value="{@find}" maxlength="100" autocomplete="off"/></label>
    <label>Что
      <select name="state">
        <option value="">все</option>
        <xsl:apply-templates select="$states" mode="state"><xsl:with-param name="chosen" select="@state"/></xsl:apply-templates>
      </select>
    </label>
    <input type="hidden" name="sort" value="{@sort}"/>
    <button>Показать</button>
    <xsl:if test="string(@find) or @state"><a href="{$base}/transfers">Сбросить</a></xsl:if>
  </form>
  <div class="actions">
    <xsl:if test="@is_mine"><a href="{$base}/transfer">Запросить ученика из другой школы</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>
<xsl:template match="o" mode="state">
  <xsl:param name="chosen"/>
  <option value="{@value}"><xsl:if test="@value = $chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="."/></option>
</xsl:template>

<xsl:template match="page/transfers">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="@waiting > 0">
    <p class="notice">
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@waiting"/><xsl:with-param name="one" select="'переход ждёт'"/>
        <xsl:with-param name="few" select="'перехода ждут'"/><xsl:with-param name="many" select="'переходов ждут'"/>
      </xsl:call-template> ответа вашей школы.
    </p>
  </xsl:if>
  <table class="data people">
    <caption class="sr">Переход между школами</caption>
    <thead>
      <tr>
        <xsl:call-template name="sorted">
          <xsl:with-param name="key" select="'name'"/>
          <xsl:with-param name="word" select="'Ученик'"/>
        </xsl:call-template>
        <th scope="col">Родился</th>
        <th scope="col">Куда</th>
        <th scope="col">Другая школа</th>
        <th scope="col">Прежний класс</th>
        <th scope="col">Что</th>
        <xsl:call-template name="sorted">
          <xsl:with-param name="key" select="'date'"/>
          <xsl:with-param name="word" select="'Когда'"/>
        </xsl:call-template>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="transfer"/></tbody>
  </table>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()), '&amp;state=', ../@state, '&amp;sort=', ../@sort)"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="page/transfers[@view = 'list'][not(transfer)]">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <p class="empty">
    <xsl:choose>
      <xsl:when test="string(@find) or @state">Переходов не нашлось. <a href="{$base}/transfers">Показать все</a></xsl:when>
      <xsl:otherwise>Переходов пока нет.<xsl:if test="@is_mine"> Отправить ученика в другую школу можно из его карточки: найдите его в <a href="{$base}/pupils">списке</a>.</xsl:if></xsl:otherwise>
    </xsl:choose>
  </p>
</xsl:template>

<xsl:template match="transfers/transfer">
  <tr>
    <th scope="row"><a href="{$base}/transfers/{@transfer_id}"><xsl:value-of select="@name"/></a></th>
    <td data-word="Родился"><xsl:apply-templates select="@birth_on" mode="date"/></td>
    <td data-word="Куда"><xsl:choose><xsl:when test="@is_in">к нам</xsl:when><xsl:otherwise>от нас</xsl:otherwise></xsl:choose></td>
    <td data-word="Другая школа"><xsl:value-of select="@other_name"/></td>
    <td data-word="Прежний класс"><xsl:value-of select="@class_name"/></td>
    <td data-word="Что">
      <xsl:value-of select="$states[@value = current()/@state]"/>
      <xsl:if test="@moved_on"><xsl:text> с </xsl:text><xsl:apply-templates select="@moved_on" mode="date"/></xsl:if>
      <xsl:if test="@is_waiting"><xsl:text>, </xsl:text><span class="todo">ждёт вас</span></xsl:if>
    </td>
    <td data-word="Когда"><xsl:apply-templates select="@changed_on" mode="date"/></td>
  </tr>
</xsl:template>

<!-- .................................................................. a new one -->

<xsl:template match="page/transfers[@view = 'new']" mode="actions"/>
<xsl:template match="page/transfers[@view = 'new']">
  <p class="hint">Школа ученика увидит имя и дату рождения, найдёт его у себя и направит к вам или откажет с причиной. Есть ли у неё такой ученик, до ответа не видно.</p>
  <xsl:call-template name="transfer-form">
    <xsl:with-param name="form" select="'ask'"/>
    <xsl:with-param name="word" select="'Запросить'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/transfers[@view = 'new'][@pupil_id]" priority="1">
  <p><xsl:if test="@class_name"><xsl:value-of select="concat('Сейчас ', @class_name, '. ')"/></xsl:if>Новая школа зачислит ученика в класс и в этот день получит его личное дело: карточку, представителей, группу здоровья, отметки и пропуски года, портфолио. Записи вашей школы останутся у вас, логины семьи не изменятся.</p>
  <xsl:call-template name="transfer-form">
    <xsl:with-param name="form" select="'new'"/>
    <xsl:with-param name="word" select="'Направить'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/transfers[@view = 'new'][not(choice)]" priority="2">
  <p class="empty">Других школ в этом журнале нет. Если ученик уходит в школу с другим журналом, запишите выбытие в его <a href="{$base}/movements">движении</a>.</p>
</xsl:template>

<!-- The fields of one form, which are those that name it. -->
<xsl:template name="transfer-form">
  <xsl:param name="form"/>
  <xsl:param name="word"/>
  <xsl:variable name="here" select="."/>
  <form class="card" method="post" action="{$base}{/page/@path}">
    <xsl:call-template name="token"/>
    <xsl:choose>
      <xsl:when test="@view = 'show'">
        <input type="hidden" name="step" value="{$form}"/>
        <input type="hidden" name="seen" value="{@state}"/>
        <xsl:if test="$form = 'send'"><xsl:apply-templates select="." mode="meant"/></xsl:if>
      </xsl:when>
      <xsl:when test="@pupil_id"><input type="hidden" name="pupil_id" value="{@pupil_id}"/></xsl:when>
    </xsl:choose>
    <xsl:for-each select="$field[contains(concat(' ', @form, ' '), concat(' ', $form, ' '))]">
      <p class="row">
        <xsl:call-template name="edit-field">
          <xsl:with-param name="value">
            <xsl:if test="@name = 'leaves_on'"><xsl:value-of select="$here/@today_on"/></xsl:if>
            <xsl:if test="@name = 'moved_on'"><xsl:value-of select="$here/@leaves_on"/></xsl:if>
          </xsl:with-param>
        </xsl:call-template>
      </p>
    </xsl:for-each>
    <p class="bar"><button class="main"><xsl:value-of select="$word"/></button></p>
  </form>
</xsl:template>

<!-- Which own pupil is meant. -->
<xsl:template match="transfers" mode="meant">
  <fieldset>
    <legend>Кто это у вас</legend>
    <xsl:for-each select="meant">
      <p class="row"><label class="check">
        <input type="radio" name="pupil_id" value="{@pupil_id}" required="required">
          <xsl:if test="last() = 1 or $page/form/row/field[@name = 'pupil_id'] = @pupil_id"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
        </input>
        <xsl:value-of select="concat(' ', @name, ', ', @class_name)"/>
        <xsl:if test="@birth_on"><xsl:text>, </xsl:text><xsl:apply-templates select="@birth_on" mode="date"/></xsl:if>
      </label></p>
    </xsl:for-each>
  </fieldset>
</xsl:template>

<!-- after the rules of the list, which match any transfers -->
<xsl:include href="transfers_show.xsl"/>

</xsl:stylesheet>
