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
    <xsl:apply-templates select="@kind" mode="words"/>
    <xsl:if test="@held_on">
      <xsl:text>, </xsl:text>
      <xsl:call-template name="day">
        <xsl:with-param name="on" select="@held_on"/>
      </xsl:call-template>
    </xsl:if>
  </xsl:template>

  <xsl:template match="@kind" mode="words">новое сообщение</xsl:template>
  <xsl:template match="@kind[. = 'unexplained']" mode="words">не на уроке, причина неизвестна</xsl:template>
  <xsl:template match="@kind[. = 'unjustified']" mode="words">пропуск без уважительной причины</xsl:template>
  <xsl:template match="@kind[. = 'missing']" mode="words">много пропусков</xsl:template>
  <xsl:template match="@kind[. = 'mark']" mode="words">новая отметка</xsl:template>
  <xsl:template match="@kind[. = 'unsatisfactory']" mode="words">неудовлетворительная отметка</xsl:template>
  <xsl:template match="@kind[. = 'falling']" mode="words">отметки снизились</xsl:template>
  <xsl:template match="@kind[. = 'correction']" mode="words">в журнале исправлена запись</xsl:template>
  <xsl:template match="@kind[. = 'voided']" mode="words">записи в журнале признаны недействительными</xsl:template>
  <xsl:template match="@kind[. = 'few_marks']" mode="words">мало отметок перед концом периода</xsl:template>
  <xsl:template match="@kind[. = 'unmarked']" mode="words">не выставлены отметки за период</xsl:template>
  <xsl:template match="@kind[. = 'substitution']" mode="words">замена в расписании</xsl:template>
  <xsl:template match="@kind[. = 'control_work']" mode="words">предстоит контрольная работа</xsl:template>
  <xsl:template match="@kind[. = 'late_homework']" mode="words">домашнее задание не сдано в срок</xsl:template>
  <xsl:template match="@kind[. = 'handin_answered']" mode="words">учитель ответил на сданную работу</xsl:template>
  <xsl:template match="@kind[. = 'event']" mode="words">событие класса или школы</xsl:template>
  <xsl:template match="@kind[. = 'announcement']" mode="words">новое объявление</xsl:template>
  <xsl:template match="@kind[. = 'message']" mode="words">новое письмо в журнале</xsl:template>
  <xsl:template match="@kind[. = 'support']" mode="words">обращение в поддержку</xsl:template>
  <xsl:template match="@kind[. = 'receipt_due']" mode="words">неделя ждёт Вашей отметки об ознакомлении</xsl:template>
  <xsl:template match="@kind[. = 'fortnight']" mode="words">две недели без ознакомления с отметками</xsl:template>
  <xsl:template match="@kind[. = 'accident']" mode="words">несчастный случай, свяжитесь со школой</xsl:template>
  <xsl:template match="@kind[. = 'accident_unreceived']" mode="words">сообщение о несчастном случае никем не принято</xsl:template>
  <xsl:template match="@kind[. = 'card_changed']" mode="words">заявка об изменении данных ученика</xsl:template>
  <xsl:template match="@kind[. = 'new_device']" mode="words">вход в Вашу учётную запись с нового устройства</xsl:template>
  <xsl:template match="@kind[. = 'contact_code']" mode="words">
    <xsl:value-of select="concat('код подтверждения адреса: ', ../../@code)"/>
  </xsl:template>
  <xsl:template match="@kind[. = 'contact_changed']" mode="words">этот адрес больше не получает сообщений журнала</xsl:template>
</xsl:stylesheet>
