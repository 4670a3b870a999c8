<?xml version="1.0" encoding="UTF-8"?>
<!-- today_given.xsl: the assignments that members of staff made to themselves and that
     another person must confirm.
     in   today/given[kind row_id staff_name class_name subject_name order_no
                      day_name is_own]
     out  a table with a button in each row; the reader's own assignments have none
     see  today.xsl; sql/objects/rule_given.sql -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="today" mode="given">
  <section class="own">
    <h2>Назначили себе сами <span class="todo">ждут подтверждения: <xsl:value-of select="count(given)"/></span></h2>
    <p class="soft">Предмет, класс или роль, назначенные самому себе, начинают действовать, когда их подтвердит другой
      руководитель. Замена действует сразу.</p>
    <table class="data given">
      <caption class="sr">Назначено самим себе</caption>
      <thead><tr><th scope="col">Кто</th><th scope="col">Что</th><th scope="col">Подтверждение</th></tr></thead>
      <tbody><xsl:apply-templates select="given"/></tbody>
    </table>
  </section>
</xsl:template>

<xsl:template match="today/given">
  <tr>
    <th scope="row"><xsl:value-of select="@staff_name"/></th>
    <td><xsl:apply-templates select="." mode="what"/></td>
    <td><xsl:apply-templates select="." mode="answer"/></td>
  </tr>
</xsl:template>

<xsl:template match="given" mode="answer">
  <xsl:variable name="what"><xsl:apply-templates select="." mode="what"/></xsl:variable>
  <form method="post" action="{$base}/">
    <xsl:call-template name="token"/>
    <input type="hidden" name="kind" value="{@kind}"/>
    <input type="hidden" name="row_id" value="{@row_id}"/>
    <button aria-label="Подтвердить: {@staff_name}, {$what}">Подтвердить</button>
  </form>
</xsl:template>
<xsl:template match="given[@is_own]" mode="answer"><span class="soft">ждёт другого руководителя</span></xsl:template>

<xsl:template match="given[@kind = 'teaching']" mode="what">
  <xsl:value-of select="concat('предмет: ', @subject_name, ', ', @class_name)"/>
</xsl:template>
<xsl:template match="given[@kind = 'class']" mode="what">
  <xsl:value-of select="concat('классное руководство: ', @class_name)"/>
</xsl:template>
<xsl:template match="given[@kind = 'lesson']" mode="what">
  <xsl:value-of select="concat('замена ', @day_name, ': ', @subject_name, ', ', @class_name)"/>
</xsl:template>
<xsl:template match="given" mode="what">
  <xsl:text>роль: </xsl:text>
  <xsl:apply-templates select="@kind"/>
  <xsl:value-of select="concat(', приказ № ', @order_no)"/>
</xsl:template>

<xsl:template match="given/@kind[. = 'administrator']">администратор журнала</xsl:template>
<xsl:template match="given/@kind[. = 'director']">директор</xsl:template>
<xsl:template match="given/@kind[. = 'deputy']">заместитель директора</xsl:template>
<xsl:template match="given/@kind[. = 'hr']">специалист по кадрам</xsl:template>
<xsl:template match="given/@kind[. = 'meals']">ответственный за питание</xsl:template>
<xsl:template match="given/@kind[. = 'archivist']">ответственный за резервные копии</xsl:template>

</xsl:stylesheet>
