<?xml version="1.0" encoding="UTF-8"?>
<!-- today_attendance.xsl: what of the attendance is to be done, on the start page.
     in   contradiction[lesson_id name day_name slot class_name subject_name code_name]…,
          task[code = unexplained | announced | attendance_check | unjustified | strips | informing][count class_id? names?]
     out  a table of lessons to be corrected; a line for each task
     see  today.xsl, which includes this; attendance.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="today" mode="contradictions">
  <section class="own">
  <h2>Отмечены на уроке, хотя есть причина отсутствия</h2>
  <table class="data people">
    <caption class="sr">Уроки, в которых проверить отметку</caption>
    <thead><tr><th scope="col">Ученик</th><th scope="col">День, урок</th><th scope="col">Класс</th><th scope="col">Предмет</th><th scope="col">Причина</th></tr></thead>
    <tbody>
      <xsl:for-each select="contradiction">
        <tr>
          <th scope="row"><a href="{$base}/lessons/{@lesson_id}"><xsl:value-of select="@name"/></a></th>
          <td data-word="День, урок"><xsl:value-of select="concat(@day_name, ', ', @slot, '-й')"/></td>
          <td data-word="Класс"><xsl:value-of select="@class_name"/></td>
          <td data-word="Предмет"><xsl:value-of select="@subject_name"/></td>
          <td data-word="Причина"><xsl:value-of select="@code_name"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
  <p class="hint">Если ученика не было, отметьте отсутствие в уроке. Если он был, скажите классному руководителю: он исправит дни.</p>
  </section>
</xsl:template>

<xsl:template match="today/task[@code = 'unexplained']">
  <p class="notice"><a href="{$base}/classes/{@class_id}/unexplained">Пропуски без причины за 30 дней: <xsl:value-of select="@count"/></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'announced']">
  <p class="notice"><a href="{$base}/classes/{@class_id}/attendance">Родители сообщили об отсутствии: <xsl:value-of select="@names"/></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'attendance_check']">
  <p class="notice"><a href="{$base}/classes/{@class_id}/checks">Посещаемость прошлой недели ещё не сверена: <xsl:value-of select="@names"/></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'unjustified']">
  <p class="notice"><a href="{$base}/attendance">Пропуски без уважительной причины за две недели: <xsl:value-of select="@count"/></a></p>
</xsl:template>

<!-- What families get on paper, and who is to be informed. -->
<xsl:template match="today/task[@code = 'strips']">
  <p class="notice"><a href="{$base}/classes/{@class_id}/strips">Полоски для бумажных семей ещё не напечатаны: <xsl:value-of select="@count"/></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'informing']">
  <p class="notice"><a href="{$base}/informing">Семьи, которые пора известить: <xsl:value-of select="@count"/></a></p>
</xsl:template>

</xsl:stylesheet>
