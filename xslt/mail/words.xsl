<?xml version="1.0" encoding="UTF-8"?>
<!-- words.xsl: what a notice says in a letter or a short message, by kind: one sentence without
     marks and reasons, which are read in the journal. -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">
  <xsl:variable name="nl" select="'&#10;'"/>

  <!-- 2026-11-20: 20.11.2026 -->
  <xsl:template name="day">
    <xsl:param name="on"/>
    <xsl:value-of select="concat(substring($on, 9, 2), '.', substring($on, 6, 2), '.', substring($on, 1, 4))"/>
  </xsl:template>

  <xsl:template match="notice" mode="words">
    <xsl:if test="@pupil_name">
      <xsl:value-of select="concat(@pupil_name, ': ')"/>
    </xsl:if>
    <xsl:call-template name="kind-words">
      <xsl:with-param name="kind" select="string(@kind)"/>
    </xsl:call-template>
    <xsl:if test="string(@sender)">
      <xsl:value-of select="concat(', пишет ', @sender)"/>
    </xsl:if>
    <xsl:if test="@kind = 'contact_code'">
      <xsl:value-of select="concat(': ', ../@code)"/>
    </xsl:if>
    <xsl:if test="@held_on">
      <xsl:choose>
        <xsl:when test="@kind = 'receipt_due' or @kind = 'fortnight'"> с </xsl:when>
        <xsl:otherwise>, </xsl:otherwise>
      </xsl:choose>
      <xsl:call-template name="day">
        <xsl:with-param name="on" select="@held_on"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <!-- What a kind of notices is called. -->
  <xsl:template name="kind-words">
    <xsl:param name="kind"/>
    <xsl:choose>
      <xsl:when test="$kind = 'unexplained'">не на уроке, причина неизвестна</xsl:when>
      <xsl:when test="$kind = 'unjustified'">пропуск без уважительной причины</xsl:when>
      <xsl:when test="$kind = 'missing'">много пропусков</xsl:when>
      <xsl:when test="$kind = 'mark'">новая отметка</xsl:when>
      <xsl:when test="$kind = 'unsatisfactory'">неудовлетворительная отметка</xsl:when>
      <xsl:when test="$kind = 'falling'">отметки снизились</xsl:when>
      <xsl:when test="$kind = 'correction'">в журнале исправлена запись</xsl:when>
      <xsl:when test="$kind = 'voided'">записи в журнале признаны недействительными</xsl:when>
      <xsl:when test="$kind = 'few_marks'">мало отметок перед концом периода</xsl:when>
      <xsl:when test="$kind = 'unmarked'">не выставлены отметки за период</xsl:when>
      <xsl:when test="$kind = 'substitution'">замена в расписании</xsl:when>
      <xsl:when test="$kind = 'control_work'">предстоит контрольная работа</xsl:when>
      <xsl:when test="$kind = 'late_homework'">домашнее задание не сдано в срок</xsl:when>
      <xsl:when test="$kind = 'handin_answered'">учитель ответил на сданную работу</xsl:when>
      <xsl:when test="$kind = 'event'">событие класса или школы</xsl:when>
      <xsl:when test="$kind = 'event_cancelled'">событие отменено</xsl:when>
      <xsl:when test="$kind = 'announcement'">новое объявление</xsl:when>
      <xsl:when test="$kind = 'message'">сообщение в журнале</xsl:when>
      <xsl:when test="$kind = 'support'">новое в обращении в поддержку</xsl:when>
      <xsl:when test="$kind = 'incident'">логин известен другим, примите меры</xsl:when>
      <xsl:when test="$kind = 'receipt_due'">подтвердите, что видели дневник за неделю</xsl:when>
      <xsl:when test="$kind = 'fortnight'">отметки и пропуски за две недели</xsl:when>
      <xsl:when test="$kind = 'accident'">несчастный случай, свяжитесь со школой</xsl:when>
      <xsl:when test="$kind = 'accident_unreceived'">сообщение о несчастном случае никем не принято</xsl:when>
      <xsl:when test="$kind = 'card_changed'">изменились данные ученика</xsl:when>
      <xsl:when test="$kind = 'card_answered'">ответ на Вашу просьбу изменить данные</xsl:when>
      <xsl:when test="$kind = 'new_device'">вход в Вашу учётную запись с нового устройства</xsl:when>
      <xsl:when test="$kind = 'contact_changed'">этот адрес больше не получает сообщений журнала</xsl:when>
      <xsl:when test="$kind = 'finding'">замечание по ведению журнала</xsl:when>
      <xsl:when test="$kind = 'signal'">сигнал учителя или классного руководителя</xsl:when>
      <xsl:when test="$kind = 'inspection'">результаты проверки журналов</xsl:when>
      <xsl:when test="$kind = 'contact_code'">код подтверждения адреса</xsl:when>
      <xsl:otherwise>новое сообщение</xsl:otherwise>
    </xsl:choose>
  </xsl:template>
</xsl:stylesheet>
