<?xml version="1.0" encoding="UTF-8"?>
<!-- pupil.xsl: a pupil's card, and its form.
     in   pupil[@view = 'show'] with pupil_id, the fields below, class_name? is_mine? is_admin?
            is_staff? is_paper? done?
            /class[name year from_on till_on? order_no? staff_name?]
            /guardian[guardianship_id name kind status phone? … from_on? till_on? children?]
          pupil[@view = 'form'] with the fields
     out  tables of the fields, of classes and guardians; where is_mine a link to the form
     see  record.xsl, guardians.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="record.xsl"/>
<xsl:include href="pupil_words.xsl"/>
<xsl:include href="guardians_words.xsl"/>

<xsl:variable name="fields">
  <f name="surname" label="Фамилия" max="100" required="required" group="name"/>
  <f name="given_name" label="Имя" max="100" required="required" group="name"/>
  <f name="patronymic" label="Отчество" max="100" group="name" named="1"/>
  <f name="birth_on" label="Дата рождения" type="date" group="name"/>
  <f name="sex" label="Пол" group="name"><o value=""/><o value="f">женский</o><o value="m">мужской</o></f>
  <f name="birth_place" label="Место рождения" max="200" group="name"/>
  <f name="citizenship" label="Гражданство" max="100" group="name"/>
  <f name="file_no" label="Номер личного дела" max="40" group="study"/>
  <f name="study_form" label="Форма обучения" group="study"><o value="full">очная</o><o value="mixed">очно-заочная</o><o value="extramural">заочная</o></f>
  <f name="languages" label="Иностранные языки" max="100" group="study"/>
  <f name="is_day_group" label="Ходит в группу продлённого дня" type="checkbox" group="study"/>
  <f name="is_repeater" label="Учится в этой параллели повторно" type="checkbox" group="study"/>
  <f name="address" label="Адрес регистрации" max="300" group="contacts"/>
  <f name="home_address" label="Адрес проживания" max="300" group="contacts" hint="Если живёт не по адресу регистрации."/>
  <f name="contacts" label="Телефон, почта ученика" max="200" group="contacts"/>
  <f name="document_kind" label="Документ" group="papers"><o value=""/><o value="birth">свидетельство о рождении</o><o value="passport">паспорт</o><o value="foreign">иностранный документ</o><o value="other">другой документ</o></f>
  <f name="document_number" label="Серия и номер" max="40" group="papers"/>
  <f name="document_by" label="Кем выдан" max="300" group="papers"/>
  <f name="document_on" label="Дата выдачи" type="date" group="papers"/>
  <f name="snils" label="СНИЛС" max="20" group="papers" hint="В виде 123-456-789 01."/>
  <f name="gto_uin" label="УИН ГТО" max="20" group="papers" hint="Номер участника с сайта ГТО, в виде 12-34-5678901."/>
  <f name="insurance_number" label="Полис ОМС" max="40" group="papers"/>
  <f name="health_group" label="Группа здоровья" group="health"><xsl:copy-of select="$health-groups"/></f>
  <f name="sport_group" label="Группа для физкультуры" group="health"><xsl:copy-of select="$sport-groups"/></f>
  <f name="advice" label="Рекомендации врача" max="200" group="health" hint="То, что нужно знать учителям: первая парта, очки."/>
  <f name="file" label="Фотография" type="file" accept=".jpg,.jpeg,.png" group="photo" hint="JPEG или PNG, до 5 МБ."/>
  <f name="is_photo_removed" label="Убрать фотографию" type="checkbox" group="photo"/>
</xsl:variable>

<xsl:variable name="groups">
  <g name="name" word="Ученик"/>
  <g name="study" word="Обучение"/>
  <g name="contacts" word="Адреса и связь"/>
  <g name="papers" word="Документы"/>
  <g name="health" word="Листок здоровья"/>
  <g name="photo" word="Фотография"/>
</xsl:variable>
<xsl:variable name="group" select="exsl:node-set($groups)/g"/>

<xsl:template match="page/pupil" mode="title">
  <xsl:value-of select="concat(@surname, ' ', @given_name)"/>
  <xsl:if test="@patronymic"><xsl:value-of select="concat(' ', @patronymic)"/></xsl:if>
  <xsl:if test="@class_name"><xsl:value-of select="concat(' · ', @class_name)"/></xsl:if>
</xsl:template>

<!-- ............................................................ the card -->

<xsl:template match="page/pupil[@view = 'show']" mode="actions">
  <div class="actions">
    <xsl:if test="@is_mine"><a href="{$base}/pupils/{@pupil_id}/card">Изменить</a></xsl:if>
    <a href="{$base}/pupils/{@pupil_id}/diary">Дневник</a>
    <a href="{$base}/pupils/{@pupil_id}/marks">Отметки</a>
    <a href="{$base}/pupils/{@pupil_id}/remarks">Рекомендации и замечания</a>
    <xsl:if test="contains($opens, ' /events ')"><a href="{$base}/pupils/{@pupil_id}/portfolio">Портфолио</a></xsl:if>
    <xsl:if test="@is_staff"><a href="{$base}/pupils/{@pupil_id}/movements">Движение</a></xsl:if>
    <xsl:if test="@is_staff and @class_name and contains($opens, ' /transfer ')"><a href="{$base}/transfer?pupil_id={@pupil_id}">В другую школу</a></xsl:if>
    <xsl:for-each select="transfer"><a href="{$base}/transfers/{@transfer_id}">Переход: <xsl:value-of select="@other_name"/></a></xsl:for-each>
    <xsl:if test="@is_staff"><a href="{$base}/pupils/{@pupil_id}/history">История</a></xsl:if>
    <xsl:if test="@is_staff"><a href="{$base}/pupils/{@pupil_id}/categories">Категории</a></xsl:if>
    <xsl:if test="@is_staff"><a href="{$base}/pupils/{@pupil_id}/outside">Отметки из другой школы</a></xsl:if>
    <xsl:if test="@is_staff"><a href="{$base}/pupils/{@pupil_id}/debts">Задолженности</a></xsl:if>
    <xsl:if test="@is_staff or contains($roles, ' parent ')"><a href="{$base}/pupils/{@pupil_id}/consents">Согласия</a></xsl:if>
    <xsl:if test="contains($roles, ' parent ') and not(@is_staff)"><a href="{$base}/pupils/{@pupil_id}/report">Сообщить об изменении</a></xsl:if>
  </div>
</xsl:template>

<xsl:template match="page/pupil">
  <xsl:variable name="card" select="."/>
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <xsl:if test="@is_paper"><p class="notice">Бумажная семья: есть отказ от обработки данных, сведения об учёбе выдают на бумаге.</p></xsl:if>
  <xsl:if test="@file_id">
    <p class="photo"><img src="{$base}/pupils/{@pupil_id}/photo" alt="Фотография"/></p>
  </xsl:if>
  <xsl:for-each select="$group[@name != 'photo']">
    <xsl:variable name="of" select="@name"/>
    <h2><xsl:value-of select="@word"/></h2>
    <table class="data people personal">
      <caption class="sr"><xsl:value-of select="@word"/></caption>
      <tbody>
        <xsl:for-each select="$field[@group = $of][not(@required or @named)]">
          <xsl:variable name="value" select="$card/@*[name() = current()/@name]"/>
          <tr>
            <th scope="row"><xsl:value-of select="@label"/></th>
            <td>
              <xsl:choose>
                <xsl:when test="$value">
                  <xsl:apply-templates select="." mode="value">
                    <xsl:with-param name="value" select="$value"/>
                  </xsl:apply-templates>
                </xsl:when>
                <xsl:when test="@type = 'checkbox'">нет</xsl:when>
                <xsl:otherwise><span class="soft">не заполнено</span></xsl:otherwise>
              </xsl:choose>
            </td>
          </tr>
        </xsl:for-each>
      </tbody>
    </table>
  </xsl:for-each>
  <xsl:apply-templates select="." mode="guardians"/>
  <xsl:apply-templates select="." mode="classes"/>
</xsl:template>

<xsl:template match="pupil" mode="classes">
  <h2>Классы</h2>
  <table class="data people">
    <caption class="sr">Классы</caption>
    <thead><tr><th scope="col">Класс</th><th scope="col">С</th><th scope="col">По</th><th scope="col">Приказ</th><th scope="col">Классный руководитель</th></tr></thead>
    <tbody>
      <xsl:for-each select="class">
        <tr>
          <th scope="row"><xsl:choose>
            <xsl:when test="../@is_staff">
              <a href="{$base}/classes/{@class_id}">
                <xsl:value-of select="concat(@name, ', ', @year, '/', (@year + 1) mod 100)"/>
              </a>
            </xsl:when>
            <xsl:otherwise><xsl:value-of select="concat(@name, ', ', @year, '/', (@year + 1) mod 100)"/></xsl:otherwise>
          </xsl:choose></th>
          <td data-word="С"><xsl:apply-templates select="@from_on" mode="date"/></td>
          <td data-word="По"><xsl:apply-templates select="@till_on" mode="date"/></td>
          <td data-word="Приказ"><xsl:value-of select="@order_no"/></td>
          <td data-word="Классный руководитель"><xsl:value-of select="@staff_name"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>
<xsl:template match="pupil[not(class)]" mode="classes">
  <p class="empty">Ученик ещё не зачислен ни в один класс.</p>
</xsl:template>

<!-- .......................................................... guardians -->

<xsl:template match="pupil" mode="guardians">
  <h2>Родители и представители</h2>
  <xsl:if test="@is_admin"><p class="actions"><a href="{$base}/pupils/{@pupil_id}/guardians">Добавить представителя</a></p></xsl:if>
  <xsl:choose>
    <xsl:when test="guardian">
      <table class="data people">
        <caption class="sr">Родители и представители</caption>
        <thead>
          <tr><th scope="col">Имя</th><th scope="col">Кем приходится</th><th scope="col">Телефон, почта</th><th scope="col">Адрес, работа</th><th scope="col">Что можно</th><th scope="col">Другие дети в школе</th></tr>
        </thead>
        <tbody><xsl:apply-templates select="guardian"/></tbody>
      </table>
    </xsl:when>
    <xsl:when test="@is_staff"><p class="empty"><span class="todo">Родители не записаны.</span> Их добавляет администратор журнала.</p></xsl:when>
    <xsl:otherwise><p class="empty">Данные представителей видят они сами и школа.</p></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="pupil/guardian">
  <tr>
    <th scope="row">
      <xsl:choose>
        <xsl:when test="../@is_mine"><a href="{$base}/guardianships/{@guardianship_id}"><xsl:value-of select="@name"/></a></xsl:when>
        <xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="not(@is_now)"><xsl:text> </xsl:text><span class="badge">не представляет<xsl:if test="@till_on"> с <xsl:apply-templates select="@till_on" mode="date"/></xsl:if></span></xsl:if>
    </th>
    <td data-word="Кем приходится"><xsl:apply-templates select="@kind" mode="kinship"/>, <xsl:apply-templates select="@status" mode="status"/></td>
    <td data-word="Телефон, почта"><xsl:value-of select="@phone"/><xsl:if test="@phone and @email">, </xsl:if><xsl:value-of select="@email"/></td>
    <td data-word="Адрес, работа"><xsl:value-of select="@address"/><xsl:if test="@address and @work">; </xsl:if><xsl:value-of select="@work"/></td>
    <td data-word="Что можно"><xsl:apply-templates select="." mode="told"/></td>
    <td data-word="Другие дети"><xsl:value-of select="@children"/></td>
  </tr>
</xsl:template>

<xsl:template match="guardian" mode="told">
  <xsl:if test="@is_informed">сообщать об учёбе</xsl:if>
  <xsl:if test="@is_informed and @is_called">, </xsl:if>
  <xsl:if test="@is_called">звонить в экстренном случае</xsl:if>
  <xsl:if test="@is_collector and (@is_informed or @is_called)">, </xsl:if>
  <xsl:if test="@is_collector">отпускать с ним ребёнка</xsl:if>
  <xsl:if test="not(@is_informed or @is_called or @is_collector)">ничего</xsl:if>
</xsl:template>

<!-- ............................................................ the forms -->

<xsl:template match="page/pupil[@view = 'form']" mode="crumbs">
  <xsl:call-template name="section"/>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/pupils/', @pupil_id)"/>
    <xsl:with-param name="word" select="concat(@surname, ' ', @given_name)"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/pupil[@view = 'form']" priority="1">
  <xsl:variable name="card" select="."/>
  <form class="card" method="post" action="{$base}{/page/@path}">
    <xsl:call-template name="file-form"/>
    <xsl:call-template name="token"/>
    <xsl:for-each select="$group">
      <xsl:variable name="of" select="@name"/>
      <fieldset>
        <legend><xsl:value-of select="@word"/></legend>
        <xsl:for-each select="$field[@group = $of][@name != 'is_photo_removed' or $card/@file_id]">
          <p class="row">
            <xsl:call-template name="edit-field">
              <xsl:with-param name="value" select="string($card/@*[name() = current()/@name])"/>
            </xsl:call-template>
          </p>
        </xsl:for-each>
      </fieldset>
    </xsl:for-each>
    <p class="bar"><button class="main">Сохранить</button></p>
  </form>
</xsl:template>

<!-- ....................................................... what is refused -->

<xsl:template match="error[@code = 'JE102'][@field = 'gto_uin']" mode="words" priority="1">УИН записывают так: 12-34-5678901.</xsl:template>
<xsl:template match="error[@code = 'JE102'][@field = 'snils']" mode="words" priority="1">СНИЛС записывают так: 123-456-789 01.</xsl:template>

</xsl:stylesheet>
