<?xml version="1.0" encoding="UTF-8"?>
<!-- gto_pupil.xsl: ГТЗО of one pupil: steps, best results, what is missing, the course over the years, signs.
     in   gto[@view = 'pupil'] with pupil_id name class_name? kind? is_gto_allowed? gto_uin? can_write? done?
            /step[gto_step_id step_no is_present? sign? obligatory? tests? age_from age_to wanted_obligatory
                  bronze_tests silver_tests gold_tests]
              /test[name unit quality? is_obligatory? value done_on level? bronze? silver? gold? wanted? gap?]
            /year[test_id name is_less? year shown value], award[gto_award_id step_no sign order_no order_on]
     out  a table for each step, a chart beside a table of the years, the ministry's signs, a form for one
     see  gto.xsl, gto_words.xsl, static/css/gto.css -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:key name="gto-year" match="gto/year" use="@test_id"/>

<xsl:template match="page/gto[@view = 'pupil']" mode="title"><xsl:value-of select="@name"/> · <xsl:value-of select="$gto-caption"/></xsl:template>
<xsl:template match="page/gto[@view = 'pupil']" mode="actions">
  <div class="actions"><a href="?format=print">Карточка</a><a href="{$base}/gto/norms">Нормы</a><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/gto[@view = 'pupil']">
  <xsl:apply-templates select="@done[not($is-refused)]"/>
  <p>
    <xsl:if test="@class_name"><xsl:value-of select="@class_name"/>. </xsl:if>
    <xsl:choose>
      <xsl:when test="@kind">Группа здоровья: <xsl:apply-templates select="@kind" mode="health"/>, <xsl:if test="not(@is_gto_allowed)"><xsl:text>не </xsl:text></xsl:if>допущен(а) к испытаниям.</xsl:when>
      <xsl:otherwise><span class="todo">Группа здоровья не записана.</span></xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@gto_uin"> УИН <xsl:value-of select="@gto_uin"/>.</xsl:if>
  </p>
  <xsl:if test="not(step)"><p class="empty">Результатов нет. Ступень определяют по дате рождения: если её нет в карточке, нормы не подобрать.</p></xsl:if>
  <xsl:apply-templates select="step"/>
  <xsl:apply-templates select="." mode="years"/>
  <xsl:apply-templates select="." mode="awards"/>
</xsl:template>

<xsl:template match="gto/step">
  <section>
    <h2><xsl:apply-templates select="@step_no" mode="step"/> ступень, <xsl:value-of select="concat(@age_from, '–', @age_to)"/> лет<xsl:if test="@is_present"> · сейчас</xsl:if></h2>
    <xsl:choose>
      <xsl:when test="test">
        <p>По результатам: <b><xsl:apply-templates select="@sign" mode="sign"/></b>. Выполнено испытаний: <xsl:value-of select="@tests"/><xsl:if test="not(@tests)">0</xsl:if>, из них обязательных качеств <xsl:value-of select="@obligatory"/><xsl:if test="not(@obligatory)">0</xsl:if> из <xsl:value-of select="@wanted_obligatory"/>. Нужно: на бронзу <xsl:value-of select="@bronze_tests"/>, на серебро <xsl:value-of select="@silver_tests"/>, на золото <xsl:value-of select="@gold_tests"/>.</p>
        <div class="wide"><xsl:apply-templates select="." mode="tests"/></div>
      </xsl:when>
      <xsl:otherwise><p class="empty">В этой ступени результатов пока нет.</p></xsl:otherwise>
    </xsl:choose>
  </section>
</xsl:template>

<xsl:template match="step" mode="tests">
  <table class="data people">
    <thead>
      <tr>
        <th scope="col">Испытание</th><th scope="col">Качество</th><th scope="col" class="number">Результат</th><th scope="col">День</th>
        <th scope="col">Уровень</th><th scope="col" class="number">Бронза</th><th scope="col" class="number">Серебро</th>
        <th scope="col" class="number">Золото</th><th scope="col">Ещё нужно</th>
      </tr>
    </thead>
    <tbody>
      <xsl:for-each select="test">
        <tr>
          <th scope="row"><xsl:value-of select="@name"/>, <xsl:apply-templates select="@unit" mode="unit"/></th>
          <td data-word="качество"><xsl:apply-templates select="@quality" mode="quality"/><xsl:if test="@quality and not(@is_obligatory)"> (по выбору)</xsl:if></td>
          <td class="number" data-word="результат"><b><xsl:value-of select="@value"/></b></td>
          <td data-word="день"><xsl:apply-templates select="@done_on" mode="date"/></td>
          <td data-word="уровень"><xsl:choose>
            <xsl:when test="not(@level) or @level = 'unknown'">нет нормы</xsl:when>
            <xsl:when test="@level = 'none'">ниже бронзы</xsl:when>
            <xsl:otherwise><xsl:apply-templates select="@level" mode="sign"/></xsl:otherwise>
          </xsl:choose></td>
          <td class="number" data-word="бронза"><xsl:value-of select="@bronze"/></td>
          <td class="number" data-word="серебро"><xsl:value-of select="@silver"/></td>
          <td class="number" data-word="золото"><xsl:value-of select="@gold"/></td>
          <td data-word="ещё нужно"><xsl:if test="@gap"><xsl:apply-templates select="@wanted" mode="to-sign"/>: <xsl:value-of select="@gap"/></xsl:if></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
</xsl:template>

<!-- ........................................................... over the years -->

<xsl:template match="gto" mode="years">
  <xsl:variable name="first" select="year[generate-id() = generate-id(key('gto-year', @test_id)[1])]"/>
  <xsl:if test="$first[count(key('gto-year', @test_id)) &gt; 1]">
    <h2>По годам</h2>
    <p class="hint">Выше — лучше. Показаны испытания, которые сдавали больше одного года.</p>
    <div class="gto-years">
      <xsl:for-each select="$first[count(key('gto-year', @test_id)) &gt; 1]">
        <xsl:call-template name="gto-course"><xsl:with-param name="years" select="key('gto-year', @test_id)"/></xsl:call-template>
      </xsl:for-each>
    </div>
  </xsl:if>
</xsl:template>

<!-- A small line chart of one test beside the table of its years. The best is at the top. -->
<xsl:template name="gto-course">
  <xsl:param name="years"/>
  <xsl:variable name="low"><xsl:for-each select="$years"><xsl:sort select="@value" data-type="number"/>
    <xsl:if test="position() = 1"><xsl:value-of select="@value"/></xsl:if></xsl:for-each></xsl:variable>
  <xsl:variable name="high"><xsl:for-each select="$years"><xsl:sort select="@value" data-type="number" order="descending"/>
    <xsl:if test="position() = 1"><xsl:value-of select="@value"/></xsl:if></xsl:for-each></xsl:variable>
  <xsl:variable name="span"><xsl:choose><xsl:when test="$high = $low">1</xsl:when><xsl:otherwise><xsl:value-of select="$high - $low"/></xsl:otherwise></xsl:choose></xsl:variable>
  <xsl:variable name="step" select="160 div (count($years) - 1)"/>
  <xsl:variable name="is-less" select="$years[1]/@is_less"/>
  <figure class="chart">
    <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 70" width="200" height="70" role="img" aria-label="{$years[1]/@name} по годам">
      <polyline fill="none" stroke="currentColor" stroke-width="1.5">
        <xsl:attribute name="points"><xsl:for-each select="$years">
          <xsl:variable name="up"><xsl:choose><xsl:when test="$is-less"><xsl:value-of select="($high - @value) div $span"/>
            </xsl:when><xsl:otherwise><xsl:value-of select="(@value - $low) div $span"/></xsl:otherwise></xsl:choose>
            </xsl:variable>
          <xsl:value-of select="concat(20 + $step * (position() - 1), ',', 60 - 50 * $up, ' ')"/>
        </xsl:for-each></xsl:attribute>
      </polyline>
      <xsl:for-each select="$years">
        <xsl:variable name="up"><xsl:choose><xsl:when test="$is-less"><xsl:value-of select="($high - @value) div $span"/>
          </xsl:when><xsl:otherwise><xsl:value-of select="(@value - $low) div $span"/></xsl:otherwise></xsl:choose>
          </xsl:variable>
        <circle cx="{20 + $step * (position() - 1)}" cy="{60 - 50 * $up}" r="3" fill="currentColor"/>
      </xsl:for-each>
    </svg>
    <table class="data">
      <caption><xsl:value-of select="$years[1]/@name"/></caption>
      <thead><tr><xsl:for-each select="$years"><th scope="col" class="number">
        <xsl:value-of select="concat(@year, '/', substring(@year + 1, 3))"/></th></xsl:for-each></tr></thead>
      <tbody><tr><xsl:for-each select="$years"><td class="number"><xsl:value-of select="@shown"/></td></xsl:for-each></tr></tbody>
    </table>
  </figure>
</xsl:template>

<!-- .................................................................. signs -->

<xsl:template match="gto" mode="awards">
  <h2>Знаки Минспорта</h2>
  <xsl:choose>
    <xsl:when test="award">
      <ul class="plain">
        <xsl:for-each select="award">
          <li><xsl:apply-templates select="@sign" mode="sign"/>, <xsl:apply-templates select="@step_no" mode="step"/> ступень: приказ № <xsl:value-of select="@order_no"/> от <xsl:apply-templates select="@order_on" mode="date"/></li>
        </xsl:for-each>
      </ul>
    </xsl:when>
    <xsl:otherwise><p class="empty">Пока не присвоены.</p></xsl:otherwise>
  </xsl:choose>
  <xsl:if test="@can_write">
    <details>
      <xsl:if test="$is-refused"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
      <summary>Записать знак по приказу</summary>
      <form method="post" action="{$base}/pupils/{@pupil_id}/gto">
        <xsl:call-template name="token"/>
        <xsl:variable name="sign"><xsl:call-template name="typed"><xsl:with-param name="name" select="'sign'"/>
          </xsl:call-template></xsl:variable>
        <div class="row">
          <label><span class="label">Знак</span>
            <select name="sign" id="f-sign">
              <option value="gold">золото</option>
              <option value="silver"><xsl:if test="$sign = 'silver'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>серебро</option>
              <option value="bronze"><xsl:if test="$sign = 'bronze'"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>бронза</option>
            </select>
          </label>
        </div>
        <xsl:call-template name="gto-field"><xsl:with-param name="name" select="'step_no'"/>
          <xsl:with-param name="word" select="'Ступень'"/><xsl:with-param name="type" select="'number'"/>
          <xsl:with-param name="value" select="step[@is_present]/@step_no"/></xsl:call-template>
        <xsl:call-template name="gto-field"><xsl:with-param name="name" select="'order_no'"/>
          <xsl:with-param name="word" select="'Приказ №'"/></xsl:call-template>
        <xsl:call-template name="gto-field"><xsl:with-param name="name" select="'order_on'"/>
          <xsl:with-param name="word" select="'Дата приказа'"/><xsl:with-param name="type" select="'date'"/>
          </xsl:call-template>
        <p class="bar"><button class="main">Записать</button></p>
      </form>
    </details>
  </xsl:if>
</xsl:template>

</xsl:stylesheet>
