<?xml version="1.0" encoding="UTF-8"?>
<!-- movements.xsl: the book of movements, the movements of a pupil, and their forms.
     in   movements[@view = 'list'] with find kind class_id from_on till_on sort page pages count
            arrived departed is_mine? is_admin? done?
            /movement[movement_id moved_on kind pupil_id name from_name? class_name? is_open? reason order_no
                      order_on note? undone_reason?], choice
          movements[@view = 'pupil'] with pupil_id name class_name? today_on is_mine? kind? class_id?
            to_name? moved_on? is_ready? done? /movement[… is_last?], enrolment, ended, choice, group, reason
          movements[@view = 'new'] likewise without the pupil
          movements[@view = 'mistake'] with the attributes of a movement
     out  a table with filters; a form in two steps: first the kind, the class and the day, then its
          effect, the order and the reason
     see  record.xsl, movements_words.xsl, print/movements.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" xmlns:str="http://exslt.org/strings"
                exclude-result-prefixes="exsl str">

<xsl:import href="record.xsl"/>
<xsl:include href="movements_words.xsl"/>

<xsl:variable name="fields">
  <f name="kind" label="Что записать"/>
  <f name="class_id" label="В класс" choices="1" required="required"/>
  <f name="moved_on" label="С какого дня" type="date" required="required">
    <xsl:attribute name="hint">
      <xsl:choose>
        <xsl:when test="/page/movements[@view = 'new' or @kind = 'return']">Первый день в классе.</xsl:when>
        <xsl:when test="/page/movements[@kind = 'leave']">Первый день, когда ученика уже нет.</xsl:when>
        <xsl:when test="/page/movements/@is_ready">Первый день в новом классе.</xsl:when>
        <xsl:otherwise>Первый день в новом классе; для выбывшего — первый день, когда его уже нет.</xsl:otherwise>
      </xsl:choose>
    </xsl:attribute>
  </f>
  <f name="surname" label="Фамилия" max="100" required="required"/>
  <f name="given_name" label="Имя" max="100" required="required"/>
  <f name="patronymic" label="Отчество" max="100"/>
  <f name="birth_on" label="Дата рождения" type="date" required="required"/>
  <f name="sex" label="Пол"><o value="">—</o><o value="f">женский</o><o value="m">мужской</o></f>
  <f name="study_group_id" label="Группы нового класса"/>
  <f name="reason" label="Причина"/>
  <f name="order_no" label="Приказ №" max="40" required="required"/>
  <f name="order_on" label="Приказ от" type="date" required="required"/>
  <f name="note" label="Откуда или куда" max="200" hint="Например, название школы и город."/>
  <f name="undone_reason" label="Почему запись отменяется" max="200" required="required"/>
</xsl:variable>

<xsl:template match="page/movements" mode="title">Движение учеников</xsl:template>
<xsl:template match="page/movements[@view = 'pupil']" mode="title">Движение · <xsl:value-of select="@name"/><xsl:if test="@class_name"><xsl:value-of select="concat(', ', @class_name)"/></xsl:if></xsl:template>
<xsl:template match="page/movements[@view = 'new']" mode="title">Новый ученик</xsl:template>
<xsl:template match="page/movements[@view = 'mistake']" mode="title">Отменить запись · <xsl:value-of select="@name"/></xsl:template>

<!-- .................................................................. the book -->

<xsl:template match="page/movements" mode="actions">
  <form class="filter" method="get" role="search">
    <label>Ученик <input type="search" name="find" value="{@find}" maxlength="100" autocomplete="off"/></label>
    <label>Что
      <select name="kind">
        <option value="">всё</option>
        <xsl:apply-templates select="$kind" mode="option"><xsl:with-param name="chosen" select="@kind"/></xsl:apply-templates>
      </select>
    </label>
    <label>Класс
      <select name="class_id">
        <option value="">все</option>
        <xsl:apply-templates select="choice" mode="option"><xsl:with-param name="chosen" select="@class_id"/></xsl:apply-templates>
      </select>
    </label>
    <label>С <input type="date" name="from_on" value="{@from_on}"/></label>
    <label>по <input type="date" name="till_on" value="{@till_on}"/></label>
    <input type="hidden" name="sort" value="{@sort}"/>
    <button>Показать</button>
    <xsl:if test="string(@find) or @kind or @class_id or @from_on or @till_on"><a href="{$base}/movements">Сбросить</a></xsl:if>
  </form>
  <div class="actions">
    <xsl:if test="@is_admin"><a href="{$base}/newcomers">Зачислить нового ученика</a></xsl:if>
    <a href="?format=print">Книга движения для печати</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>
<xsl:template match="page/movements[@view != 'list']" mode="actions"/>
<xsl:template match="page/movements[@view = 'pupil']" mode="actions" priority="1">
  <div class="actions"><a href="{$base}/pupils/{@pupil_id}">Карточка</a></div>
</xsl:template>

<xsl:template match="o" mode="option">
  <xsl:param name="chosen"/>
  <option value="{@value}"><xsl:if test="@value = $chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="@word"/></option>
</xsl:template>
<xsl:template match="choice" mode="option">
  <xsl:param name="chosen"/>
  <option value="{@value}"><xsl:if test="@value = $chosen"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="@name"/></option>
</xsl:template>

<xsl:template match="page/movements">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <table class="data people">
    <caption>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/><xsl:with-param name="one" select="'запись'"/>
        <xsl:with-param name="few" select="'записи'"/><xsl:with-param name="many" select="'записей'"/>
      </xsl:call-template>
      <xsl:value-of select="concat(': прибыло ', @arrived, ', выбыло ', @departed)"/>
    </caption>
    <thead>
      <tr>
        <xsl:call-template name="sorted">
          <xsl:with-param name="key" select="'date'"/>
          <xsl:with-param name="word" select="'С дня'"/>
        </xsl:call-template>
        <xsl:call-template name="sorted">
          <xsl:with-param name="key" select="'name'"/>
          <xsl:with-param name="word" select="'Ученик'"/>
        </xsl:call-template>
        <xsl:call-template name="movement-head"/>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="movement"/></tbody>
  </table>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()), '&amp;kind=', ../@kind, '&amp;class_id=', ../@class_id, '&amp;from_on=', ../@from_on, '&amp;till_on=', ../@till_on, '&amp;sort=', ../@sort)"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="page/movements[not(movement)]">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <p class="empty">Записей не нашлось. <a href="{$base}/movements">Показать все</a></p>
</xsl:template>
<xsl:template match="page/movements[not(movement)][not(string(@find) or @kind or @class_id or @from_on or @till_on)]" priority="0.6">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <p class="empty">Записей о движении пока нет. Перевод и выбытие записывают на странице ученика<xsl:if test="@is_mine">: найдите его в <a href="{$base}/pupils">списке</a></xsl:if>.</p>
</xsl:template>

<xsl:template name="movement-head">
  <th scope="col">Что</th>
  <th scope="col">Из класса</th>
  <th scope="col">В класс</th>
  <th scope="col">Причина</th>
  <th scope="col">Приказ</th>
</xsl:template>

<xsl:template match="movements/movement">
  <tr>
    <xsl:if test="@undone_reason"><xsl:attribute name="class">is-off</xsl:attribute></xsl:if>
    <th scope="row"><xsl:apply-templates select="@moved_on" mode="date"/></th>
    <xsl:if test="@name">
      <td data-word="Ученик"><xsl:apply-templates select="." mode="pupil"/></td>
    </xsl:if>
    <td data-word="Что"><xsl:value-of select="$kind[@value = current()/@kind]/@word"/></td>
    <td data-word="Из класса"><xsl:value-of select="@from_name"/></td>
    <td data-word="В класс"><xsl:value-of select="@class_name"/></td>
    <td data-word="Причина">
      <xsl:value-of select="$reason[@value = current()/@reason]"/>
      <xsl:if test="@note"><xsl:value-of select="concat('; ', @note)"/></xsl:if>
      <xsl:if test="@undone_reason"><xsl:value-of select="concat(' — запись отменена: ', @undone_reason)"/></xsl:if>
    </td>
    <td data-word="Приказ">
      <xsl:value-of select="concat('№ ', @order_no, ' от ')"/>
      <xsl:apply-templates select="@order_on" mode="date"/>
    </td>
    <xsl:if test="../@view = 'pupil' and ../@is_mine"><td class="to"><xsl:if test="@is_last"><a href="{$base}/movements/{@movement_id}">Отменить</a></xsl:if></td></xsl:if>
  </tr>
</xsl:template>

<xsl:template match="movement" mode="pupil"><xsl:value-of select="@name"/></xsl:template>
<xsl:template match="movement[@is_open]" mode="pupil">
  <a href="{$base}/pupils/{@pupil_id}/movements"><xsl:value-of select="@name"/></a>
</xsl:template>

<!-- ................................................................. the pupil -->

<xsl:template match="page/movements[@view = 'pupil']" priority="1">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="@is_mine"><xsl:apply-templates select="." mode="step"/></xsl:if>
  <xsl:if test="movement">
    <table class="data people">
      <caption>Записи</caption>
      <thead><tr><th scope="col">С дня</th><xsl:call-template name="movement-head"/><xsl:if test="@is_mine"><th scope="col" class="to">Ошибка</th></xsl:if></tr></thead>
      <tbody><xsl:apply-templates select="movement"/></tbody>
    </table>
  </xsl:if>
  <xsl:if test="enrolment">
    <table class="data people">
      <caption>В каких классах учился</caption>
      <thead><tr><th scope="col">Класс</th><th scope="col">С</th><th scope="col">По</th><th scope="col">Приказ</th></tr></thead>
      <tbody>
        <xsl:for-each select="enrolment">
          <tr>
            <th scope="row"><xsl:value-of select="@class_name"/></th>
            <td data-word="С"><xsl:apply-templates select="@from_on" mode="date"/></td>
            <td data-word="По"><xsl:apply-templates select="@till_on" mode="date"/></td>
            <td data-word="Приказ"><xsl:value-of select="@order_no"/></td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:if>
</xsl:template>
<xsl:template match="page/movements[@view = 'new']" priority="1"><xsl:apply-templates select="." mode="step"/></xsl:template>
<xsl:template match="page/movements[@view = 'new'][not(choice)]" priority="2">
  <p class="empty">Классов пока нет: зачислить некуда. <a href="{$base}/classes">Классы</a></p>
</xsl:template>

<!-- The first step: a form that only asks again for the page. -->
<xsl:template match="movements" mode="step">
  <details class="more">
    <xsl:if test="@view = 'new'"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
    <summary>Новая запись</summary>
    <form class="card" method="get">
      <xsl:if test="@view = 'pupil'">
        <xsl:apply-templates select="." mode="kinds"/>
      </xsl:if>
      <p class="row"><label><span class="label">В класс</span>
        <select name="class_id">
          <xsl:if test="@view = 'new'"><xsl:attribute name="required">required</xsl:attribute></xsl:if>
          <option value="">—</option>
          <xsl:apply-templates select="choice" mode="option"><xsl:with-param name="chosen" select="@class_id"/></xsl:apply-templates>
        </select></label>
        <xsl:if test="@view = 'pupil'"><span class="hint">Для выбывшего не нужен.</span></xsl:if>
      </p>
      <p class="row"><label><span class="label">С какого дня</span>
        <input type="date" name="moved_on" required="required">
          <xsl:attribute name="value">
            <xsl:value-of select="@moved_on"/>
            <xsl:if test="not(@moved_on)"><xsl:value-of select="@today_on"/></xsl:if>
          </xsl:attribute>
        </input></label>
        <span class="hint"><xsl:value-of select="$field[@name = 'moved_on']/@hint"/></span>
      </p>
      <p class="bar"><button class="main">Дальше</button></p>
    </form>
  </details>
</xsl:template>

<xsl:template match="movements" mode="kinds">
  <xsl:variable name="here" select="."/>
  <p class="row"><label><span class="label">Что записать</span>
    <select name="kind">
      <xsl:for-each select="$kind[$here/@class_name and (@value = 'transfer' or @value = 'leave') or not($here/@class_name) and @value = 'return']">
        <option value="{@value}"><xsl:if test="@value = $here/@kind"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="@step"/></option>
      </xsl:for-each>
    </select></label>
  </p>
</xsl:template>

<!-- The second step: the effect on the groups, then order and reason. -->
<xsl:template match="movements[@is_ready]" mode="step" priority="1">
  <xsl:variable name="here" select="."/>
  <form class="card" method="post" action="{$base}{/page/@path}">
    <xsl:call-template name="token"/>
    <input type="hidden" name="kind" value="{@kind}"/>
    <input type="hidden" name="class_id" value="{@class_id}"/>
    <h2 id="f-kind"><xsl:value-of select="$kind[@value = $here/@kind]/@step"/><xsl:if test="@to_name">: <span id="f-class_id"><xsl:value-of select="@to_name"/></span></xsl:if></h2>
    <xsl:for-each select="$field[@name = 'moved_on']">
      <p class="row">
        <xsl:call-template name="edit-field">
          <xsl:with-param name="value" select="string($here/@moved_on)"/>
        </xsl:call-template>
      </p>
    </xsl:for-each>
    <xsl:apply-templates select="self::*[ended]" mode="ended"/>
    <xsl:apply-templates select="self::*[group]" mode="groups"/>
    <xsl:call-template name="known-persons"/>
    <xsl:for-each select="$field[$here/@view = 'new' and (@name = 'surname' or @name = 'given_name' or @name = 'patronymic' or @name = 'birth_on' or @name = 'sex')]">
      <p class="row"><xsl:call-template name="edit-field"/></p>
    </xsl:for-each>
    <p class="row"><label><span class="label">Причина</span>
      <xsl:variable name="typed">
        <xsl:call-template name="typed"><xsl:with-param name="name" select="'reason'"/></xsl:call-template>
      </xsl:variable>
      <select name="reason">
        <xsl:call-template name="invalid"><xsl:with-param name="name" select="'reason'"/></xsl:call-template>
        <xsl:for-each select="$here/reason">
          <option value="{@value}"><xsl:if test="@value = $typed"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if><xsl:value-of select="$reason[@value = current()/@value]"/></option>
        </xsl:for-each>
      </select></label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'reason'"/></xsl:call-template>
    </p>
    <xsl:for-each select="$field[@name = 'order_no' or @name = 'order_on' or @name = 'note']">
      <p class="row"><xsl:call-template name="edit-field"/></p>
    </xsl:for-each>
    <p class="bar"><button class="main">Записать</button><xsl:text> </xsl:text><a href="{$base}{/page/@path}">Выбрать другое</a></p>
  </form>
</xsl:template>

<xsl:template match="movements" mode="ended">
  <p>С этого дня ученика не будет в группах (всё, что записано раньше, останется):</p>
  <ul>
    <xsl:for-each select="ended"><li><xsl:value-of select="@name"/>, с <xsl:apply-templates select="@from_on" mode="date"/></li></xsl:for-each>
  </ul>
</xsl:template>

<xsl:template match="movements" mode="groups">
  <fieldset id="f-study_group_id">
    <legend>Группы нового класса</legend>
    <xsl:for-each select="group">
      <xsl:choose>
        <xsl:when test="@is_own"><p><xsl:value-of select="concat(@name, ' — весь класс: журналы класса с этого дня')"/></p></xsl:when>
        <xsl:otherwise>
          <p class="row"><label class="check">
            <input type="checkbox" name="study_group_id" value="{@study_group_id}">
              <xsl:if test="$is-refused and /page/form/row/field[@name = 'study_group_id'] = @study_group_id"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
            </input>
            <span>
              <xsl:value-of select="@name"/>
              <xsl:if test="@subjects"><xsl:value-of select="concat(' (', @subjects, ')')"/></xsl:if>
            </span>
          </label></p>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each>
  </fieldset>
</xsl:template>

<!-- ................................................................. a mistake -->

<xsl:template match="page/movements[@view = 'mistake']" priority="1">
  <table class="data people">
    <caption class="sr">Запись</caption>
    <thead><tr><th scope="col">С дня</th><th scope="col">Ученик</th><xsl:call-template name="movement-head"/></tr></thead>
    <tbody>
      <xsl:variable name="row">
        <movements view="mistake"><movement is_open="1"><xsl:copy-of select="@*"/></movement></movements>
      </xsl:variable>
      <xsl:apply-templates select="exsl:node-set($row)/movements/movement"/>
    </tbody>
  </table>
  <xsl:if test="not(@undone_reason)">
    <form class="card" method="post" action="{$base}{/page/@path}">
      <xsl:call-template name="token"/>
      <p>Отменяют запись, сделанную по ошибке: класс и группы станут такими, как до неё. Запись останется в книге зачёркнутой, с причиной.</p>
      <xsl:for-each select="$field[@name = 'undone_reason']"><p class="row"><xsl:call-template name="edit-field"/></p></xsl:for-each>
      <p class="bar"><button class="main">Отменить запись</button></p>
    </form>
  </xsl:if>
</xsl:template>

<!-- .......................................................... what is refused -->

<xsl:template match="page[movements]/errors/error[@code = 'JE211']" mode="words">Отменить можно только последнюю запись ученика, и только пока его класс и группы не меняли иначе. Сначала отмените более поздние записи.</xsl:template>
<xsl:template match="page[movements]/errors/error[@code = 'JE207']" mode="words">С этого дня у ученика есть отметки или пропуски в прежних группах. Выберите более поздний день или попросите учителей убрать эти записи.</xsl:template>
<xsl:template match="page[movements]/errors/error[@code = 'JE201']" mode="words">За этот период журнал уже закрыт, состав группы в нём не меняют. Выберите день после закрытого периода или попросите завуча открыть журнал.</xsl:template>
<xsl:template match="page[movements]/errors/error[@code = 'JE203']" mode="words">День не в учебном году этого класса.</xsl:template>

</xsl:stylesheet>
