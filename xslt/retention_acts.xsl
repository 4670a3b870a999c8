<?xml version="1.0" encoding="UTF-8"?>
<!-- retention_acts.xsl: the acts by which years were destroyed, for retention.xsl.
     in   act[…]/part[name rows sha256]…, as there
     out  modes acts; the buttons that confirm an act and take it back -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="retention" mode="acts">
  <table class="data people archive">
    <caption class="sr">Акты об уничтожении</caption>
    <thead>
      <tr>
        <th scope="col">Акт</th>
        <th scope="col">Что</th>
        <th scope="col">Основание</th>
        <th scope="col">Директор</th>
        <th scope="col">Администратор</th>
        <th scope="col">Состояние</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="act"/></tbody>
  </table>
</xsl:template>

<xsl:template match="retention/act">
  <tr>
    <th scope="row">
      <xsl:value-of select="concat('№ ', @act_no, ' от ')"/><xsl:apply-templates select="@act_on" mode="date"/>
      <p class="soft"><xsl:value-of select="concat(@made_by, ', ')"/><xsl:apply-templates select="@made_at" mode="moment"/></p>
    </th>
    <td data-word="Что">
      <xsl:apply-templates select="@kind" mode="retention"/><xsl:value-of select="concat(' ', @year, '/', @year + 1)"/>
    </td>
    <td data-word="Основание">
      <xsl:value-of select="concat(@reason, '. Срок ', @years, ' лет вышел ')"/><xsl:apply-templates select="@due_on" mode="date"/>
    </td>
    <td data-word="Директор"><xsl:apply-templates select="@director_at" mode="signed"/></td>
    <td data-word="Администратор"><xsl:apply-templates select="@administrator_at" mode="signed"/></td>
    <td data-word="Состояние">
      <xsl:apply-templates select="@state" mode="act"/>
      <xsl:apply-templates select="@fault" mode="act"/>
      <xsl:if test="@detail"><p class="soft"><xsl:value-of select="@detail"/></p></xsl:if>
      <xsl:if test="part"><xsl:apply-templates select="." mode="parts"/></xsl:if>
      <xsl:apply-templates select="." mode="buttons"/>
    </td>
  </tr>
</xsl:template>

<xsl:template match="@director_at | @administrator_at" mode="signed">
  <xsl:value-of select="concat(../@*[name() = concat(substring-before(name(current()), '_'), '_by')], ', ')"/><xsl:apply-templates select="." mode="moment"/>
</xsl:template>

<xsl:template match="@state" mode="act">
  <xsl:choose>
    <xsl:when test=". = 'drafted'"><span class="todo">ждёт подтверждения</span></xsl:when>
    <xsl:when test=". = 'confirmed'"><span class="todo">подтверждён</span>, ещё не исполнен: на сервере запускают <code>ejournal-package --destroy</code></xsl:when>
    <xsl:when test=". = 'emptied'"><span class="todo">записи уничтожены</span> <xsl:apply-templates select="../@emptied_at" mode="moment"/>, файлы ещё нет</xsl:when>
    <xsl:when test=". = 'done'"><span class="done">исполнен</span> <xsl:apply-templates select="../@done_at" mode="moment"/></xsl:when>
    <xsl:otherwise>отозван: <xsl:value-of select="../@withdrawn_by"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="@fault" mode="act">
  <p class="fault">
    <xsl:choose>
      <xsl:when test=". = 'altered' or . = 'missing'">Пакет не цел: исполнить акт нельзя, пока он не восстановлен.</xsl:when>
      <xsl:when test=". = 'forms'">В пакете нет сводных ведомостей, которые хранят дольше.</xsl:when>
      <xsl:when test=". = 'full'">На устройстве кончилось место.</xsl:when>
      <xsl:when test=". = 'busy'">Записи заняты: программа попробует ещё раз при следующем запуске.</xsl:when>
      <xsl:otherwise>Ошибка «<xsl:value-of select="."/>».</xsl:otherwise>
    </xsl:choose>
  </p>
</xsl:template>

<!-- What the act destroyed: rows by tables, and the package, with their digests. -->
<xsl:template match="act" mode="parts">
  <details>
    <summary>Что уничтожено</summary>
    <p class="soft">Пакет: файлов <xsl:value-of select="@package_files"/>, SHA-256 описи <span class="sum"><xsl:value-of select="@package_sha256"/></span>.
      <xsl:if test="@left_sha256">Оставлены ведомости, SHA-256 их описи <span class="sum"><xsl:value-of select="@left_sha256"/></span>.</xsl:if></p>
    <ul>
      <xsl:for-each select="part">
        <li><xsl:value-of select="concat(@name, ': ', @rows, ', SHA-256 ')"/><span class="sum"><xsl:value-of select="@sha256"/></span></li>
      </xsl:for-each>
    </ul>
  </details>
</xsl:template>

<!-- .............................................................. the buttons -->

<xsl:template match="act" mode="buttons"/>
<xsl:template match="retention[@is_mine]/act[@state = 'drafted' or @state = 'confirmed']" mode="buttons">
  <xsl:if test="@state = 'drafted' and (../@is_director and not(@director_at) or ../@is_administrator and not(@administrator_at))">
    <xsl:call-template name="act-button">
      <xsl:with-param name="step" select="'confirm'"/>
      <xsl:with-param name="word" select="'Подтвердить уничтожение'"/>
    </xsl:call-template>
  </xsl:if>
  <xsl:call-template name="act-button">
    <xsl:with-param name="step" select="'withdraw'"/>
    <xsl:with-param name="word" select="'Отозвать акт'"/>
  </xsl:call-template>
</xsl:template>

<xsl:template name="act-button">
  <xsl:param name="step"/>
  <xsl:param name="word"/>
  <form method="post" action="{$base}/retention">
    <xsl:call-template name="token"/>
    <input type="hidden" name="step" value="{$step}"/>
    <input type="hidden" name="act_id" value="{@act_id}"/>
    <input type="hidden" name="seen" value="{@seen}"/>
    <button><xsl:value-of select="$word"/></button>
  </form>
</xsl:template>

</xsl:stylesheet>
