<?xml version="1.0" encoding="UTF-8"?>
<!-- verifications.xsl: which classes have their personal data verified in this month.
     in   verifications[year month_on is_mine? done?]
            /class[class_id name staff_name? months last_on? is_done? is_mine?]
     out  a table; for each own class that is not done a form
     see  form.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="record.xsl"/>

<xsl:template match="page/verifications" mode="title">Сверка личных данных</xsl:template>
<xsl:template match="page/verifications" mode="actions">
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/verifications">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <p class="hint">Раз в месяц классный руководитель сверяет данные учеников и родителей своего класса: имена, адреса, телефоны.</p>
  <xsl:apply-templates select="class[@is_mine and not(@is_done)]" mode="form"/>
  <table class="data people">
    <caption>Сверено в этом месяце: <xsl:value-of select="concat(count(class[@is_done]), ' из ', count(class))"/></caption>
    <thead>
      <tr>
        <th scope="col">Класс</th>
        <th scope="col">Классный руководитель</th>
        <th scope="col">Этот месяц</th>
        <th scope="col">Последняя сверка</th>
        <th scope="col">Всего за год</th>
      </tr>
    </thead>
    <tbody>
      <xsl:for-each select="class">
        <tr>
          <th scope="row"><a href="{$base}/classes/{@class_id}"><xsl:value-of select="@name"/></a></th>
          <td data-word="Классный руководитель"><xsl:value-of select="@staff_name"/></td>
          <td data-word="Этот месяц">
            <xsl:choose>
              <xsl:when test="@is_done"><span class="done">сверено</span></xsl:when>
              <xsl:otherwise><span class="todo">не сверено</span></xsl:otherwise>
            </xsl:choose>
          </td>
          <td data-word="Последняя сверка">
            <xsl:if test="@last_on">
              <xsl:value-of select="concat(substring(@last_on, 6, 2), '.', substring(@last_on, 1, 4))"/>
            </xsl:if>
          </td>
          <td data-word="Всего за год"><xsl:value-of select="@months"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>
<xsl:template match="page/verifications[not(class)]">
  <p class="empty">Классов этого учебного года пока нет. Их заводит администратор или завуч.</p>
</xsl:template>

<xsl:template match="verifications/class" mode="form">
  <form class="card" method="post" action="{$base}/verifications">
    <xsl:call-template name="token"/>
    <input type="hidden" name="class_id" value="{@class_id}"/>
    <p>Данные <xsl:value-of select="@name"/> за этот месяц ещё не сверены. Откройте <a href="{$base}/classes/{@class_id}">список класса</a>, проверьте карточки и отметьте сверку.</p>
    <p class="row">
      <label>
        <span class="label">Что исправлено</span>
        <input type="text" name="note" maxlength="200" autocomplete="off"/>
      </label>
    </p>
    <p class="bar"><button class="main">Данные сверены</button></p>
  </form>
</xsl:template>

<xsl:template match="page[verifications]/errors/error[@code = 'JE212']" mode="words">Данные этого класса в этом месяце уже сверены.</xsl:template>

</xsl:stylesheet>
