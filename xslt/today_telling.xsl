<?xml version="1.0" encoding="UTF-8"?>
<!-- today_telling.xsl: what a class teacher is to tell families in person, since no letter or short
     message has brought it; on the start page.
     in   today/telling[notice_id pupil_id name kind held_on whom?]
     out  a table with a form in each row
     see  today.xsl, which includes this and mail/words.xsl (what a notice is called); informing.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="today" mode="tellings">
  <section class="own">
    <h2>Сообщить лично <span class="todo"><xsl:value-of select="count(telling)"/></span></h2>
    <p class="soft">Эти семьи не прочитали уведомление в журнале, и ни письмо, ни СМС до них не дошло.</p>
    <table class="data people">
      <caption class="sr">Сообщить лично</caption>
      <thead><tr><th scope="col">Ученик</th><th scope="col">О чём</th><th scope="col">Кому</th><th scope="col">Сообщено</th></tr></thead>
      <tbody><xsl:apply-templates select="telling"/></tbody>
    </table>
  </section>
</xsl:template>

<xsl:template match="today/telling">
  <tr>
    <th scope="row"><a href="{$base}/pupils/{@pupil_id}/informing"><xsl:value-of select="@name"/></a></th>
    <td data-word="О чём"><xsl:apply-templates select="." mode="told-what"/></td>
    <td data-word="Кому">
      <xsl:value-of select="@whom"/>
      <xsl:if test="not(@whom)"><span class="soft">родители не записаны</span></xsl:if>
    </td>
    <td>
      <form method="post" action="{$base}/informing/told/{@notice_id}">
        <xsl:call-template name="token"/>
        <select name="way" aria-label="Как сообщено: {@name}">
          <option value="call">по телефону</option><option value="talk">при встрече</option><option value="letter">запиской</option>
        </select>
        <xsl:text> </xsl:text>
        <button aria-label="Сообщено: {@name}">Сообщено</button>
      </form>
    </td>
  </tr>
</xsl:template>

<xsl:template match="telling" mode="told-what">
  <xsl:call-template name="kind-words"><xsl:with-param name="kind" select="string(@kind)"/></xsl:call-template>
  <xsl:text>, </xsl:text><xsl:apply-templates select="@held_on" mode="date"/>
</xsl:template>
<xsl:template match="telling[@kind = 'accident']" mode="told-what">
  <b>несчастный случай</b>, <xsl:apply-templates select="@held_on" mode="date"/>
</xsl:template>

</xsl:stylesheet>
