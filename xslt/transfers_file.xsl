<?xml version="1.0" encoding="UTF-8"?>
<!-- transfers_file.xsl: the file of a pupil as the old school had it, for transfers.xsl.
     in   transfers[sha256?]/card[file_school city? class_name? year made_on file_no? birth_on? sex? … pe_group?],
            guardian[name kind status phone? email? address? work?], subject[subject_name]/mark[held_on kind_name weight_pct
            attempt? scale_name value], subject/term[name scale_name value? note?], absence[code name lessons is_missed?],
            brought[subject_name term_name? given_on number document], achievement[achieved_on title organiser? level result
            place_no? document?]
     out  tables: card, guardians, marks by subject, absences, marks brought before, achievements -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:include href="pupil_words.xsl"/>
<xsl:include href="guardians_words.xsl"/>
<xsl:include href="events_words.xsl"/>

<xsl:variable name="card-words">
  <w name="birth_on" word="Дата рождения"/>
  <w name="sex" word="Пол"/>
  <w name="birth_place" word="Место рождения"/>
  <w name="citizenship" word="Гражданство"/>
  <w name="document_kind" word="Документ"/>
  <w name="document_number" word="Серия и номер"/>
  <w name="document_by" word="Кем выдан"/>
  <w name="document_on" word="Дата выдачи"/>
  <w name="snils" word="СНИЛС"/>
  <w name="insurance_number" word="Полис ОМС"/>
  <w name="address" word="Адрес регистрации"/>
  <w name="home_address" word="Адрес проживания"/>
  <w name="contacts" word="Телефон, почта ученика"/>
  <w name="languages" word="Иностранные языки"/>
  <w name="file_no" word="Личное дело №"/>
  <w name="health_group" word="Группа здоровья"/>
  <w name="sport_group" word="Группа для физкультуры"/>
  <w name="pe_group" word="Медицинская группа по справке"/>
  <w name="advice" word="Рекомендации врача"/>
</xsl:variable>
<xsl:variable name="card-fields" select="exsl:node-set($card-words)/w"/>

<xsl:variable name="document-words">
  <o value="birth">свидетельство о рождении</o>
  <o value="passport">паспорт</o>
  <o value="foreign">иностранный документ</o>
  <o value="other">другой документ</o>
</xsl:variable>
<xsl:variable name="documents" select="exsl:node-set($document-words)/o"/>

<xsl:template match="transfers/card">
  <h2>Личное дело</h2>
  <p class="hint">
    <xsl:value-of select="@file_school"/><xsl:if test="@city"><xsl:value-of select="concat(', ', @city)"/></xsl:if>
    <xsl:value-of select="concat(': ', @class_name, ' класс, ', @year, '/', @year + 1, ' учебный год, на ')"/>
    <xsl:apply-templates select="@made_on" mode="date"/>. Это копия: изменить её нельзя, поправки вносят в карточку вашей школы.
  </p>
  <xsl:variable name="card" select="."/>
  <table class="data people personal">
    <caption class="sr">Карточка</caption>
    <tbody>
      <xsl:for-each select="$card-fields">
        <xsl:variable name="value" select="$card/@*[name() = current()/@name]"/>
        <xsl:if test="$value">
          <tr><th scope="row"><xsl:value-of select="@word"/></th><td><xsl:apply-templates select="$value" mode="card"/></td></tr>
        </xsl:if>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="transfers" mode="file"/>
<xsl:template match="transfers[card]" mode="file">
  <xsl:apply-templates select="card"/>
  <xsl:apply-templates select="." mode="guardians"/>
  <xsl:apply-templates select="." mode="subjects"/>
  <xsl:apply-templates select="." mode="absences"/>
  <xsl:apply-templates select="." mode="brought"/>
  <xsl:apply-templates select="." mode="achievements"/>
  <p class="hint">SHA-256 <code><xsl:value-of select="@sha256"/></code></p>
</xsl:template>

<xsl:template match="@*" mode="card"><xsl:value-of select="."/></xsl:template>
<xsl:template match="@birth_on | @document_on" mode="card"><xsl:apply-templates select="." mode="date"/></xsl:template>
<xsl:template match="@sex" mode="card"><xsl:choose><xsl:when test=". = 'f'">женский</xsl:when><xsl:otherwise>мужской</xsl:otherwise></xsl:choose></xsl:template>
<xsl:template match="@document_kind" mode="card"><xsl:value-of select="$documents[@value = current()]"/></xsl:template>
<xsl:template match="@health_group" mode="card"><xsl:value-of select="$health-groups[@value = current()]"/></xsl:template>
<xsl:template match="@sport_group | @pe_group" mode="card"><xsl:value-of select="$sport-groups[@value = current()]"/></xsl:template>

<xsl:template match="transfers" mode="guardians"/>
<xsl:template match="transfers[guardian]" mode="guardians">
  <table class="data people">
    <caption>Родители и представители</caption>
    <thead><tr><th scope="col">Имя</th><th scope="col">Кем приходится</th><th scope="col">Телефон, почта</th><th scope="col">Адрес, работа</th></tr></thead>
    <tbody>
      <xsl:for-each select="guardian">
        <tr>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <td data-word="Кем приходится"><xsl:apply-templates select="@kind" mode="kinship"/>, <xsl:apply-templates select="@status" mode="status"/></td>
          <td data-word="Телефон, почта"><xsl:value-of select="@phone"/><xsl:if test="@phone and @email">, </xsl:if><xsl:value-of select="@email"/></td>
          <td data-word="Адрес, работа"><xsl:value-of select="@address"/><xsl:if test="@address and @work">; </xsl:if><xsl:value-of select="@work"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="transfers" mode="subjects"><p class="empty">Отметок в этом учебном году нет.</p></xsl:template>
<xsl:template match="transfers[subject]" mode="subjects">
  <table class="data people">
    <caption>Отметки за год</caption>
    <thead><tr><th scope="col">Предмет</th><th scope="col">Текущие отметки</th><th scope="col">Итоговые</th></tr></thead>
    <tbody>
      <xsl:for-each select="subject">
        <tr>
          <th scope="row"><xsl:value-of select="@subject_name"/></th>
          <td data-word="Текущие отметки"><xsl:apply-templates select="mark"/></td>
          <td data-word="Итоговые"><xsl:apply-templates select="term"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<!-- A mark with day and kind of work: «5 (12.09, контрольная работа)». -->
<xsl:template match="subject/mark">
  <xsl:if test="position() > 1"><xsl:text>; </xsl:text></xsl:if>
  <b><xsl:value-of select="@value"/></b>
  <xsl:value-of select="concat(' (', substring(@held_on, 9, 2), '.', substring(@held_on, 6, 2), ', ', @kind_name)"/>
  <xsl:if test="@weight_pct != 100"><xsl:value-of select="concat(', вес ', @weight_pct, ' %')"/></xsl:if>
  <xsl:if test="@attempt">, пересдача</xsl:if>
  <xsl:text>)</xsl:text>
</xsl:template>
<xsl:template match="subject/term">
  <xsl:if test="position() > 1"><xsl:text>; </xsl:text></xsl:if>
  <xsl:value-of select="concat(@name, ': ')"/><b><xsl:value-of select="@value"/></b>
  <xsl:if test="@note"><xsl:value-of select="concat(' (', @note, ')')"/></xsl:if>
</xsl:template>

<xsl:template match="transfers" mode="absences"><p>Пропусков и опозданий в этом учебном году нет.</p></xsl:template>
<xsl:template match="transfers[absence]" mode="absences">
  <table class="data people">
    <caption>Пропуски и опоздания за год</caption>
    <thead><tr><th scope="col">Что</th><th scope="col" class="number">Уроков</th></tr></thead>
    <tbody>
      <xsl:for-each select="absence">
        <tr>
          <th scope="row">
            <xsl:value-of select="concat(@code, ' — ', @name)"/>
          </th>
          <td data-word="Уроков" class="number">
            <xsl:value-of select="@lessons"/>
          </td>
        </tr>
      </xsl:for-each>
      <tr><th scope="row">Всего пропущено</th><td data-word="Уроков" class="number"><b><xsl:value-of select="sum(absence[@is_missed]/@lessons)"/></b></td></tr>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="transfers" mode="brought"/>
<xsl:template match="transfers[brought]" mode="brought">
  <table class="data people">
    <caption>Отметки, принесённые в прежнюю школу</caption>
    <thead><tr><th scope="col">Предмет</th><th scope="col">Дата</th><th scope="col">Отметка</th><th scope="col">Документ</th></tr></thead>
    <tbody>
      <xsl:for-each select="brought">
        <tr>
          <th scope="row">
            <xsl:value-of select="@subject_name"/>
            <xsl:if test="@term_name">
              <xsl:value-of select="concat(', ', @term_name)"/>
            </xsl:if>
          </th>
          <td data-word="Дата"><xsl:apply-templates select="@given_on" mode="date"/></td>
          <td data-word="Отметка"><xsl:value-of select="@number"/></td>
          <td data-word="Документ"><xsl:value-of select="@document"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="transfers" mode="achievements"/>
<xsl:template match="transfers[achievement]" mode="achievements">
  <table class="data people">
    <caption>Портфолио</caption>
    <thead><tr><th scope="col">Достижение</th><th scope="col">Дата</th><th scope="col">Уровень</th><th scope="col">Результат</th><th scope="col">Документ</th></tr></thead>
    <tbody>
      <xsl:for-each select="achievement">
        <tr>
          <th scope="row">
            <xsl:value-of select="@title"/>
            <xsl:if test="@organiser">
              <xsl:value-of select="concat(', ', @organiser)"/>
            </xsl:if>
          </th>
          <td data-word="Дата"><xsl:apply-templates select="@achieved_on" mode="date"/></td>
          <td data-word="Уровень"><xsl:apply-templates select="@level" mode="event-level"/></td>
          <td data-word="Результат"><xsl:apply-templates select="@result" mode="event-result"/></td>
          <td data-word="Документ"><xsl:value-of select="@document"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

</xsl:stylesheet>
