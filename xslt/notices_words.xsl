<?xml version="1.0" encoding="UTF-8"?>
<!-- notices_words.xsl: the words of notices, of the page and of letters.
     in   notice with kind pupil? held_on? subject_name? value? detail?
     out  $notice-kinds: the kinds with their names for the choices; a notice as one
          sentence of text (mode="sentence"), which names the child -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:variable name="notice-kinds-tree">
  <k kind="unexplained">Ребёнка нет на уроке, причина неизвестна</k>
  <k kind="unjustified">Пропуск без уважительной причины</k>
  <k kind="missing">Много пропусков</k>
  <k kind="mark">Отметка</k>
  <k kind="unsatisfactory">Неудовлетворительная отметка</k>
  <k kind="falling">Отметки стали хуже</k>
  <k kind="correction">Запись исправлена</k>
  <k kind="voided">Записи признаны недействительными</k>
  <k kind="few_marks">Мало отметок перед концом периода</k>
  <k kind="unmarked">Не выставлены итоговые отметки</k>
  <k kind="substitution">Замена, перенос или отмена урока</k>
  <k kind="control_work">Скоро контрольная работа</k>
  <k kind="late_homework">Работа не сдана в срок</k>
  <k kind="handin_answered">Учитель ответил на сданную работу</k>
  <k kind="event">Событие класса или школы</k>
  <k kind="event_cancelled">Событие отменено</k>
  <k kind="announcement">Объявление</k>
  <k kind="message">Сообщение</k>
  <k kind="support">Поддержка: обращение или ответ</k>
  <k kind="receipt_due">Пора ознакомиться с дневником</k>
  <k kind="fortnight">Сводка за две недели</k>
  <k kind="accident">Несчастный случай</k>
  <k kind="accident_unreceived">Извещение о несчастном случае никто не принял</k>
  <k kind="card_changed">Изменились данные ученика</k>
  <k kind="card_answered">Ответ на просьбу изменить данные</k>
  <k kind="new_device">Вход с нового устройства</k>
  <k kind="contact_code">Код подтверждения</k>
  <k kind="contact_changed">Адрес для уведомлений изменён</k>
  <k kind="finding">Замечание по ведению журнала</k>
  <k kind="signal">Сигнал учителя или классного руководителя</k>
  <k kind="inspection">Результаты проверки журналов</k>
  <k kind="incident">Логин известен другим</k>
</xsl:variable>
<xsl:variable name="notice-kinds" select="exsl:node-set($notice-kinds-tree)/k"/>

<!-- The day of a fact, as 20.11. -->
<xsl:template match="@held_on" mode="short-day">
  <xsl:value-of select="concat(substring(., 9, 2), '.', substring(., 6, 2))"/>
</xsl:template>
<!-- «, 20.11», if the day is known -->
<xsl:template match="notice" mode="on-day">
  <xsl:if test="@held_on">, <xsl:apply-templates select="@held_on" mode="short-day"/></xsl:if>
</xsl:template>

<xsl:template match="notice" mode="sentence">
  <xsl:value-of select="$notice-kinds[@kind = current()/@kind]"/>
  <xsl:if test="@subject_name">: <xsl:value-of select="@subject_name"/></xsl:if>
  <xsl:apply-templates select="." mode="on-day"/>
  <xsl:if test="string(@detail)">. <xsl:value-of select="@detail"/></xsl:if>
</xsl:template>
<xsl:template match="notice[@kind = 'message'][string(@detail)]" mode="sentence">
  <xsl:value-of select="concat('Сообщение: пишет ', @detail)"/>
</xsl:template>
<xsl:template match="notice[@kind = 'support'][@value]" mode="sentence">
  <xsl:choose><xsl:when test="@value = 'answer'">Ответ на обращение</xsl:when><xsl:otherwise>Обращение в поддержку</xsl:otherwise></xsl:choose>
  <xsl:value-of select="concat(' № ', @detail)"/>
</xsl:template>
<xsl:template match="notice[@kind = 'incident'][string(@detail)]" mode="sentence">
  <xsl:value-of select="concat('Логин известен другим: ', @detail)"/>
</xsl:template>
<xsl:template match="notice[@kind = 'card_answered'][@value]" mode="sentence">
  <xsl:choose><xsl:when test="@value = 'done'">Изменение данных принято</xsl:when><xsl:otherwise>Изменение данных отклонено</xsl:otherwise></xsl:choose>
  <xsl:if test="string(@detail)">. <xsl:value-of select="@detail"/></xsl:if>
</xsl:template>
<xsl:template match="notice[@kind = 'mark' or @kind = 'unsatisfactory']" mode="sentence">
  <xsl:choose>
    <xsl:when test="@value">
      <xsl:value-of select="concat(@subject_name, ': отметка ', @value)"/><xsl:apply-templates select="." mode="on-day"/>
      <xsl:if test="@kind = 'unsatisfactory'"> (неудовлетворительная)</xsl:if>
    </xsl:when>
    <xsl:otherwise>Отметка, которой больше нет</xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="notice[@kind = 'unexplained' or @kind = 'unjustified']" mode="sentence">
  <xsl:choose>
    <xsl:when test="@kind = 'unexplained'">Нет на уроке, причина школе неизвестна</xsl:when>
    <xsl:otherwise>Пропуск уроков без уважительной причины</xsl:otherwise>
  </xsl:choose>
  <xsl:apply-templates select="." mode="on-day"/>
  <xsl:choose>
    <xsl:when test="string(@detail)">. Сейчас записано: <xsl:value-of select="@detail"/></xsl:when>
    <xsl:otherwise>. Запись снята</xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="notice[@kind = 'fortnight'][@value]" mode="sentence">
  <xsl:text>Сводка за две недели с </xsl:text><xsl:apply-templates select="@held_on" mode="short-day"/>
  <xsl:value-of select="concat(': отметок ', @value, ', пропущено уроков ', @detail)"/>
</xsl:template>
<xsl:template match="notice[@kind = 'receipt_due'][@held_on]" mode="sentence">
  <xsl:text>Подтвердите, что видели дневник за неделю с </xsl:text><xsl:apply-templates select="@held_on" mode="short-day"/>
</xsl:template>
<xsl:template match="notice[@kind = 'event' or @kind = 'event_cancelled'][@detail]" mode="sentence">
  <xsl:choose>
    <xsl:when test="@value = 'cancelled'">Отменено: </xsl:when>
    <xsl:when test="@kind = 'event_cancelled'">Снова в плане: </xsl:when>
  </xsl:choose>
  <xsl:value-of select="@detail"/><xsl:apply-templates select="." mode="on-day"/>
</xsl:template>
<xsl:template match="notice[@kind = 'substitution'][@subject_name]" mode="sentence">
  <xsl:choose>
    <xsl:when test="@value = 'cancelled'">Урок отменён: </xsl:when>
    <xsl:when test="@value = 'moved'">Урок перенесён: </xsl:when>
    <xsl:otherwise>Замена урока: </xsl:otherwise>
  </xsl:choose>
  <xsl:value-of select="@subject_name"/><xsl:apply-templates select="." mode="on-day"/>
</xsl:template>

</xsl:stylesheet>
