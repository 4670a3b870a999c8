<?xml version="1.0" encoding="UTF-8"?>
<!-- guardians.xsl: the forms of a pupil's parents and other representatives.
     in   guardians[@view = 'show'] with guardianship_id pupil_id pupil and the fields
          guardians[@view = 'new'] with pupil_id pupil from_on
            /known[guardian_id name phone? children?]   guardians of the typed name
            /known[person_id kind name note? birth_on?]   others of that name
     out  a form; of a new guardian with the choice whether a known one is meant
     see  record.xsl, pupil.xsl, guardians_words.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>
<xsl:include href="guardians_words.xsl"/>

<xsl:variable name="fields">
  <f name="surname" label="Фамилия" max="100" required="required"/>
  <f name="given_name" label="Имя" max="100" required="required"/>
  <f name="patronymic" label="Отчество" max="100"/>
  <f name="kind" label="Кем приходится"><xsl:copy-of select="$kinships"/></f>
  <f name="status" label="Правовой статус"><xsl:copy-of select="$statuses"/></f>
  <f name="paper" label="Документ о статусе" max="200" hint="Для опекуна, приёмного родителя, по доверенности: номер и дата."/>
  <f name="phone" label="Телефон" max="100"/>
  <f name="email" label="Электронная почта" max="200"/>
  <f name="address" label="Адрес" max="300" hint="Если живёт не с ребёнком."/>
  <f name="work" label="Место работы" max="300"/>
  <f name="is_informed" label="Сообщать об учёбе" type="checkbox"/>
  <f name="is_called" label="Звонить в экстренном случае" type="checkbox"/>
  <f name="is_collector" label="Можно отпускать с ним ребёнка" type="checkbox"/>
  <f name="from_on" label="Представляет с" type="date"/>
  <f name="till_on" label="Представляет по" type="date" end="1" hint="После этого дня сведения о ребёнке ему закрыты."/>
  <f name="reason" label="Почему перестал представлять" max="200" end="1"/>
</xsl:variable>

<xsl:template match="page/guardians" mode="title">
  <xsl:value-of select="concat(@surname, ' ', @given_name, ' ', @patronymic)"/>
</xsl:template>
<xsl:template match="page/guardians[@view = 'new']" mode="title">Новый представитель</xsl:template>

<xsl:template match="page/guardians" mode="crumbs">
  <xsl:call-template name="section"/>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/pupils/', @pupil_id)"/>
    <xsl:with-param name="word" select="@pupil"/>
  </xsl:call-template>
</xsl:template>

<xsl:template match="page/guardians"><xsl:call-template name="record-form"/></xsl:template>

<xsl:template match="page/guardians[@view = 'new']" priority="1">
  <xsl:variable name="record" select="."/>
  <form class="card" method="post" action="{$base}{/page/@path}">
    <xsl:call-template name="token"/>
    <xsl:apply-templates select="self::*[known]" mode="known"/>
    <xsl:for-each select="$field[not(@end)]">
      <p class="row">
        <xsl:call-template name="edit-field">
          <xsl:with-param name="value" select="string($record/@*[name() = current()/@name])"/>
        </xsl:call-template>
      </p>
    </xsl:for-each>
    <p class="bar"><button class="main">Добавить</button></p>
  </form>
</xsl:template>

<!-- Who of the known guardians is meant. -->
<xsl:template match="guardians" mode="known">
  <fieldset id="f-guardian_id">
    <legend>Такой человек в школе уже есть. Это он?</legend>
    <xsl:apply-templates select="known[@person_id]" mode="person"/>
    <xsl:for-each select="known[@guardian_id]">
      <p class="row">
        <label class="check">
          <input type="radio" name="guardian_id" value="{@guardian_id}"/>
          <span>
            <xsl:text>Да: </xsl:text><xsl:value-of select="@name"/>
            <xsl:if test="@phone"><xsl:value-of select="concat(', ', @phone)"/></xsl:if>
            <xsl:if test="@children"><xsl:value-of select="concat(', дети: ', @children)"/></xsl:if>
          </span>
        </label>
      </p>
    </xsl:for-each>
    <p class="row"><label class="check"><input type="checkbox" name="is_other" value="1"/><span>Нет, это другой человек</span></label></p>
    <p class="hint">У известного человека останутся его телефон, почта и адрес: их меняют в его записи.</p>
  </fieldset>
</xsl:template>

<!-- ....................................................... what is refused -->

<xsl:template match="error[@code = 'JE212']" mode="words" priority="1">Этот человек уже записан у ученика. Откройте его запись: срок можно продлить.</xsl:template>
<xsl:template match="error[@code = 'JE102'][@field = 'email']" mode="words" priority="1">Это не похоже на адрес почты.</xsl:template>
<xsl:template match="error[@field = 'guardian_id']" mode="field-name" priority="1">Кто это</xsl:template>

</xsl:stylesheet>
