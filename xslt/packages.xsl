<?xml version="1.0" encoding="UTF-8"?>
<!-- packages.xsl: the closed years of the school as packages for the archive.
     in   packages[is_mine? done?]/year[year journals open is_over? package_id? state? order_no? order_on? made_by?
            ordered_at? made_at? checked_at? remade_at? remade? files? size? sha256? copy1? copy2? fault? detail?
              /signature?[state sent_by sent_at signer? detail? checked_at? is_former?]]…
            /deposit[deposit_id year act_no act_on what given_by taken_by]…
     out  the years, the form that seals one, the batches of paper
     see  form.xsl; sql/ejournal-package, which makes them; the faults are those of ej.package.fault -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>
<xsl:include href="packages_paper.xsl"/>
<xsl:include href="packages_signature.xsl"/>

<xsl:template match="page/packages" mode="title">Архив учебных лет</xsl:template>
<xsl:template match="page/packages" mode="actions">
  <div class="actions">
    <a href="{$base}/retention">Сроки хранения</a>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/packages">
  <xsl:apply-templates select="@done[not($is-refused)]" mode="packages"/>
  <p class="hint">Закрытый год складывают в архивный пакет: журналы классов и ведомости, как они печатаются, данные каждого
    журнала, все таблицы года и история изменений. Пакет открывается браузером на любом компьютере, без этой программы;
    целостность проверяет <code>sha256sum -c</code>. Программа на сервере делает его из ночной проверенной копии и хранит на
    двух устройствах.</p>
  <xsl:choose>
    <xsl:when test="year"><xsl:apply-templates select="." mode="table"/></xsl:when>
    <xsl:otherwise><p class="empty">Учебных лет ещё нет: их задают на странице <a href="{$base}/years">«Учебные годы»</a>.</p></xsl:otherwise>
  </xsl:choose>
  <xsl:if test="@is_mine and year[@is_over and not(@state)]"><xsl:apply-templates select="." mode="order"/></xsl:if>
  <xsl:if test="@is_mine and year[@state = 'made']"><xsl:apply-templates select="." mode="sign"/></xsl:if>
  <xsl:apply-templates select="." mode="paper"/>
</xsl:template>

<xsl:template match="@done" mode="packages">
  <p class="notice good" role="status">
    <xsl:choose>
      <xsl:when test=". = 'added'">Год закрыт для изменений. Пакет будет сделан из ближайшей ночной копии.</xsl:when>
      <xsl:when test=". = 'removed'">Заказ отменён, год снова открыт.</xsl:when>
      <xsl:otherwise>Записано.</xsl:otherwise>
    </xsl:choose>
  </p>
</xsl:template>

<!-- ................................................................ the years -->

<xsl:template match="packages" mode="table">
  <div class="archive">
    <table class="data people">
      <caption class="sr">Учебные годы</caption>
      <thead>
        <tr>
          <th scope="col">Год</th>
          <th scope="col">Журналы</th>
          <th scope="col">Пакет</th>
          <th scope="col">Приказ</th>
          <th scope="col" class="number">Файлов</th>
          <th scope="col" class="number">Размер, МБ</th>
          <th scope="col">Где лежит</th>
          <th scope="col">SHA-256 описи и подпись</th>
        </tr>
      </thead>
      <tbody><xsl:apply-templates select="year"/></tbody>
    </table>
  </div>
</xsl:template>

<xsl:template match="packages/year">
  <tr>
    <th scope="row"><xsl:value-of select="concat(@year, '/', @year + 1)"/></th>
    <td data-word="Журналы"><xsl:apply-templates select="." mode="journals"/></td>
    <td data-word="Пакет">
      <xsl:apply-templates select="@state" mode="package"/>
      <xsl:apply-templates select="@fault" mode="package"/>
      <xsl:apply-templates select="@remade" mode="package"/>
      <xsl:if test="@detail"><p class="soft"><xsl:value-of select="@detail"/></p></xsl:if>
      <xsl:apply-templates select="self::*[../@is_mine][@state = 'ordered' or @state = 'failed']" mode="withdraw"/>
    </td>
    <td data-word="Приказ"><xsl:apply-templates select="@order_no" mode="package"/></td>
    <td data-word="Файлов" class="number"><xsl:value-of select="@files"/></td>
    <td data-word="Размер, МБ" class="number"><xsl:apply-templates select="@size" mode="package"/></td>
    <td data-word="Где лежит" class="place">
      <xsl:if test="@copy1"><xsl:value-of select="@copy1"/><br/><xsl:value-of select="@copy2"/></xsl:if>
    </td>
    <td data-word="SHA-256 описи и подпись">
      <span class="sum"><xsl:value-of select="@sha256"/></span>
      <xsl:apply-templates select="signature | self::*[@state = 'made'][not(signature)]" mode="signature"/>
    </td>
  </tr>
</xsl:template>

<xsl:template match="year" mode="journals"><span class="done">все закрыты: <xsl:value-of select="@journals"/></span></xsl:template>
<xsl:template match="year[@journals = 0]" mode="journals">нет</xsl:template>
<xsl:template match="year[@open &gt; 0]" mode="journals">
  <xsl:value-of select="concat('открыто ', @open, ' из ', @journals)"/>
</xsl:template>

<xsl:template match="@order_no" mode="package">
  <xsl:value-of select="concat('№ ', ., ' от ')"/><xsl:apply-templates select="../@order_on" mode="date"/>
  <p class="soft"><xsl:value-of select="../@made_by"/></p>
</xsl:template>

<xsl:template match="@size" mode="package">
  <data value="{format-number(. div 1048576, '0.0')}">
    <xsl:value-of select="translate(format-number(. div 1048576, '0.0'), '.', ',')"/>
  </data>
</xsl:template>

<xsl:template match="@state" mode="package">
  <xsl:choose>
    <xsl:when test=". = 'ordered'"><span class="todo">заказан</span>, год закрыт для изменений</xsl:when>
    <xsl:when test=". = 'running'"><span class="todo">делается</span></xsl:when>
    <xsl:when test=". = 'made'"><span class="done">есть</span>, проверен <xsl:apply-templates select="../@checked_at" mode="moment"/></xsl:when>
    <xsl:when test=". = 'damaged'"><span class="badge bad">испорчен</span></xsl:when>
    <xsl:when test=". = 'destroyed'">уничтожен по акту</xsl:when>
    <xsl:otherwise><span class="badge bad">не сделан</span></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="@remade" mode="package">
  <p class="soft">
    <xsl:apply-templates select="../@remade_at" mode="moment"/>
    <xsl:choose>
      <xsl:when test=". = 1"> первый экземпляр оказался испорченным и сделан заново со второго</xsl:when>
      <xsl:otherwise> второй экземпляр оказался испорченным и сделан заново с первого</xsl:otherwise>
    </xsl:choose>
  </p>
</xsl:template>

<xsl:template match="@fault" mode="package">
  <p class="fault">
    <xsl:choose>
      <xsl:when test=". = 'full'">На устройстве кончилось место.</xsl:when>
      <xsl:when test=". = 'altered'">Файлы пакета не те, что были записаны.</xsl:when>
      <xsl:when test=". = 'missing'">Пакета нет на месте.</xsl:when>
      <xsl:when test=". = 'print'">Журнал не удалось напечатать.</xsl:when>
      <xsl:when test=". = 'tables'">Таблицы не удалось выгрузить.</xsl:when>
      <xsl:when test=". = 'open'">В копии журналы этого года ещё открыты.</xsl:when>
      <xsl:when test=". = 'device'">Обе папки — на одном устройстве: сломается оно, пропадут оба экземпляра.</xsl:when>
      <xsl:when test=". = 'proof'">Копия, из которой его делали, не восстановилась.</xsl:when>
      <xsl:otherwise>Ошибка «<xsl:value-of select="."/>».</xsl:otherwise>
    </xsl:choose>
  </p>
</xsl:template>

<!-- ................................................................. the forms -->

<xsl:template match="packages/year" mode="withdraw">
  <form method="post" action="{$base}/packages">
    <xsl:call-template name="token"/>
    <input type="hidden" name="step" value="withdraw"/>
    <input type="hidden" name="year" value="{@year}"/>
    <button>Отменить и открыть год</button>
  </form>
</xsl:template>

<xsl:template match="packages" mode="order">
  <h2>Закрыть год и сдать в архив</h2>
  <p>Все журналы года должны быть закрыты. После этого в нём ничего нельзя изменить, читать можно по-прежнему. Пока пакет не
    сделан, заказ можно отменить.</p>
  <form method="post" action="{$base}/packages" class="card">
    <xsl:call-template name="token"/>
    <input type="hidden" name="step" value="order"/>
    <p class="row">
      <label class="label" for="year">Год</label>
      <select id="year" name="year">
        <xsl:for-each select="year[@is_over and not(@state)]">
          <option value="{@year}"><xsl:value-of select="concat(@year, '/', @year + 1)"/></option>
        </xsl:for-each>
      </select>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'year'"/></xsl:call-template>
    </p>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'order_no'"/>
      <xsl:with-param name="label" select="'Приказ №'"/>
    </xsl:call-template>
    <xsl:call-template name="form-row">
      <xsl:with-param name="name" select="'order_on'"/>
      <xsl:with-param name="label" select="'Приказ от'"/>
      <xsl:with-param name="type" select="'date'"/>
    </xsl:call-template>
    <p class="bar"><button class="main">Закрыть год и сделать пакет</button></p>
  </form>
</xsl:template>

<xsl:template match="page[packages]/errors/error[@field = 'year']" mode="field-name">Год</xsl:template>
<xsl:template match="page[packages]/errors/error[@field = 'order_no']" mode="field-name">Приказ №</xsl:template>
<xsl:template match="page[packages]/errors/error[@field = 'order_on']" mode="field-name">Приказ от</xsl:template>

</xsl:stylesheet>
