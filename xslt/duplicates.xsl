<?xml version="1.0" encoding="UTF-8"?>
<!-- duplicates.xsl: records that may be of one person: the list, and two of them side by side.
     in   duplicates[@view = 'list']/pair[kind first_id second_id name first_about second_about why],
            merge[kind kept_id name made_at]
          duplicates[@view = 'show'][kind first_id second_id first second]/fact[fact first? second?],
            hindrance[kept_id fact]
     out  a table of pairs; a table of what each record has, with a choice of the one that is kept
     see  form.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="form.xsl"/>

<xsl:key name="hindrance" match="duplicates/hindrance" use="@kept_id"/>

<xsl:template match="page/duplicates" mode="title">Повторные записи</xsl:template>
<xsl:template match="page/duplicates[@view = 'show']" mode="title">Один человек или двое?</xsl:template>
<xsl:template match="page/duplicates" mode="actions"/>

<xsl:template match="page/duplicates">
  <p class="hint">Записи с похожими именами, датами рождения, номерами или телефонами. Если это один человек, записи можно слить в одну.</p>
  <xsl:apply-templates select="self::*[pair]" mode="pairs"/>
  <xsl:if test="not(pair)"><p class="empty">Похожих записей нет.</p></xsl:if>
  <xsl:apply-templates select="self::*[merge]" mode="merges"/>
</xsl:template>

<xsl:template match="duplicates" mode="pairs">
  <table class="data people">
    <thead><tr><th scope="col">Кто</th><th scope="col">Первая запись</th><th scope="col">Вторая запись</th><th scope="col">Чем похожи</th></tr></thead>
    <tbody>
      <xsl:for-each select="pair">
        <tr>
          <th scope="row"><a href="{$base}/duplicates/{@kind}/{@first_id}/{@second_id}"><xsl:value-of select="@name"/></a>, <xsl:apply-templates select="@kind" mode="duplicate"/></th>
          <td data-word="первая"><xsl:value-of select="@first_about"/></td>
          <td data-word="вторая"><xsl:value-of select="@second_about"/></td>
          <td data-word="похожи"><xsl:apply-templates select="@why"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
  <xsl:if test="count(pair) = 200"><p class="soft">Показаны первые 200.</p></xsl:if>
</xsl:template>

<xsl:template match="duplicates" mode="merges">
  <table class="data people">
    <caption>Слитые записи</caption>
    <thead><tr><th scope="col">Убранная запись</th><th scope="col">Вид</th><th scope="col">Когда</th></tr></thead>
    <tbody>
      <xsl:for-each select="merge">
        <tr>
          <th scope="row"><xsl:value-of select="@name"/></th>
          <td data-word="вид"><xsl:apply-templates select="@kind" mode="duplicate"/></td>
          <td data-word="когда"><xsl:apply-templates select="@made_at" mode="moment"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<xsl:template match="@kind" mode="duplicate">ученик</xsl:template>
<xsl:template match="@kind[. = 'guardians']" mode="duplicate">родитель</xsl:template>
<xsl:template match="@kind[. = 'staff']" mode="duplicate">сотрудник</xsl:template>
<xsl:template match="@why[. = 'number']">одинаковый СНИЛС</xsl:template>
<xsl:template match="@why[. = 'phone']">имя и телефон</xsl:template>
<xsl:template match="@why[. = 'name']">имя</xsl:template>
<xsl:template match="@why[. = 'birthday']">имя, близкая или неизвестная дата рождения</xsl:template>

<!-- .......................................................... two records -->

<xsl:template match="page/duplicates[@view = 'show']" priority="1">
  <form class="card" method="post">
    <xsl:call-template name="token"/>
    <p>Выберите запись, которая останется. К ней перейдут классы, родители или дети, согласия, документы и логин другой записи; пустые поля заполнятся. Другая запись исчезнет, в истории всё останется. Отменить это нельзя.</p>
    <table class="data people">
      <thead>
        <tr>
          <th scope="col">Что есть</th>
          <th scope="col"><xsl:value-of select="@first"/></th>
          <th scope="col"><xsl:value-of select="@second"/></th>
        </tr>
      </thead>
      <tbody>
        <xsl:apply-templates select="fact"/>
        <tr>
          <th scope="row">Оставить</th>
          <xsl:apply-templates select="@first_id" mode="keep"/>
          <xsl:apply-templates select="@second_id" mode="keep"/>
        </tr>
      </tbody>
    </table>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'kept_id'"/></xsl:call-template>
    <xsl:choose>
      <xsl:when test="key('hindrance', @first_id) and key('hindrance', @second_id)"><p class="bar"><a class="button" href="{$base}/duplicates">К списку</a></p></xsl:when>
      <xsl:otherwise><p class="bar"><button class="main">Слить</button> <a class="button" href="{$base}/duplicates">Это разные люди</a></p></xsl:otherwise>
    </xsl:choose>
  </form>
</xsl:template>

<xsl:template match="fact">
  <tr>
    <th scope="row"><xsl:apply-templates select="@fact"/></th>
    <td data-word="первая"><xsl:apply-templates select="@first" mode="value"/></td>
    <td data-word="вторая"><xsl:apply-templates select="@second" mode="value"/></td>
  </tr>
</xsl:template>
<xsl:template match="fact/@*" mode="value"><xsl:value-of select="."/></xsl:template>
<xsl:template match="fact[@fact = 'birth_on' or @fact = 'seen_on']/@*" mode="value">
  <xsl:apply-templates select="." mode="date"/>
</xsl:template>
<xsl:template match="fact[@fact = 'login']/@*" mode="value">открыт</xsl:template>
<xsl:template match="fact[@fact = 'login']/@*[. = 'blocked']" mode="value">закрыт</xsl:template>
<xsl:template match="fact[@fact = 'roles']/@*" mode="value">есть</xsl:template>

<xsl:template match="duplicates/@*" mode="keep">
  <td data-word="оставить">
    <xsl:choose>
      <xsl:when test="key('hindrance', .)">Нельзя: <xsl:for-each select="key('hindrance', .)"><xsl:apply-templates select="@fact" mode="hinders"/><xsl:if test="position() != last()">; </xsl:if></xsl:for-each>.</xsl:when>
      <xsl:otherwise><label><input type="radio" name="kept_id" value="{.}" required="required"/><xsl:text> </xsl:text><xsl:choose>
        <xsl:when test="local-name() = 'first_id'">первую: <xsl:value-of select="../@first"/></xsl:when>
        <xsl:otherwise>вторую: <xsl:value-of select="../@second"/></xsl:otherwise>
      </xsl:choose></label></xsl:otherwise>
    </xsl:choose>
  </td>
</xsl:template>

<xsl:variable name="facts">
  <f fact="phone" word="Телефон"/>
  <f fact="email" word="Почта"/>
  <f fact="post" word="Должность"/>
  <f fact="birth_on" word="Дата рождения"/>
  <f fact="snils" word="СНИЛС"/>
  <f fact="login" word="Логин"/>
  <f fact="seen_on" word="Последний вход"/>
  <f fact="classes" word="Классы"/>
  <f fact="groups" word="Учебных групп"/>
  <f fact="guardians" word="Родители"/>
  <f fact="children" word="Дети"/>
  <f fact="marks" word="Отметок" hinders="у другой записи есть отметки"/>
  <f fact="absences" word="Пропусков" hinders="у другой записи есть пропуски"/>
  <f fact="term_marks" word="Итоговых отметок" hinders="у другой записи есть итоговые отметки"/>
  <f fact="homework" word="Личных заданий" hinders="у другой записи есть личные задания"/>
  <f fact="led" word="Классное руководство" hinders="другая запись — классный руководитель"/>
  <f fact="teachings" word="Назначений" hinders="у другой записи есть нагрузка"/>
  <f fact="lessons" word="Уроков" hinders="у другой записи есть уроки"/>
  <f fact="papers" word="Заявок, сверок и закрытых журналов" hinders="у другой записи есть заявки, сверки или закрытые журналы"/>
  <f fact="extracts" word="Заверенных копий" hinders="о другой записи есть заверенные копии документов"/>
  <f fact="roles" word="Роли по приказу" hinders="у другой записи есть роли по приказу"/>
  <f fact="transfers" word="Переходов между школами" hinders="другая запись перешла между школами"/>
  <f fact="meals" word="Заказов и оплат питания" hinders="у другой записи есть заказы или оплата питания"/>
  <f fact="logins" hinders="у обеих записей открыт логин — закройте один"/>
  <f fact="two_classes" hinders="записи в одни и те же дни числятся в разных классах — сначала исправьте «Движение»"/>
</xsl:variable>
<xsl:variable name="known-fact" select="exsl:node-set($facts)/f"/>
<xsl:template match="@fact"><xsl:value-of select="$known-fact[@fact = current()]/@word"/></xsl:template>
<xsl:template match="@*" mode="hinders"><xsl:value-of select="$known-fact[@fact = current()]/@hinders"/></xsl:template>

<xsl:template match="page[duplicates]/errors/error[@code = 'JE224']" mode="words">Слить нельзя: <xsl:apply-templates select="@field" mode="hinders"/>.</xsl:template>
<xsl:template match="page[duplicates]/errors/error[@code = 'JE101']" mode="words">Выберите, какая запись останется.</xsl:template>

</xsl:stylesheet>
