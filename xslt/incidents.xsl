<?xml version="1.0" encoding="UTF-8"?>
<!-- incidents.xsl: log-ins that others know, and when head and support were told.
     in   incidents[@view = 'list'] with find sort page pages count /incident…
          incidents[@view = 'show'] with the attributes of an incident: incident_id person_name
            reporter learned_at reported_at due_at head_at? support_at? head_by? support_by? is_late? is_blocked?
     out  a table of 60 rows; one incident with the forms that record the two times
     see  list.xsl, form.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="form.xsl"/>

<xsl:template match="page/incidents" mode="title">Логин известен другим</xsl:template>
<xsl:template match="page/incidents[@view = 'show']" mode="title">Логин известен другим · <xsl:value-of select="@person_name"/></xsl:template>
<xsl:template match="page/incidents" mode="actions">
  <xsl:call-template name="find"><xsl:with-param name="word" select="'Имя'"/></xsl:call-template>
  <div class="actions"><xsl:call-template name="as-tables"/></div>
</xsl:template>
<xsl:template match="page/incidents[@view = 'show']" mode="actions"/>

<xsl:template match="page/incidents">
  <p class="hint">Сообщают о логине сам человек («Профиль», «Поддержка») или тот, кто выдаёт ему коды, на странице «Коды доступа».
    Директор и администратор сразу получают извещение журнала. Сделанное под этим логином после обоих извещений недействительно.</p>
  <table class="data people">
    <caption>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/>
        <xsl:with-param name="one" select="'случай'"/>
        <xsl:with-param name="few" select="'случая'"/>
        <xsl:with-param name="many" select="'случаев'"/>
      </xsl:call-template>
    </caption>
    <thead>
      <tr>
        <xsl:call-template name="sorted">
          <xsl:with-param name="key" select="'person_name'"/>
          <xsl:with-param name="word" select="'Чей логин'"/>
        </xsl:call-template>
        <xsl:call-template name="sorted">
          <xsl:with-param name="key" select="'learned_at'"/>
          <xsl:with-param name="word" select="'Стало известно'"/>
        </xsl:call-template>
        <th scope="col">Директор извещён</th><th scope="col">Поддержка извещена</th><th scope="col">Состояние</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="incident"/></tbody>
  </table>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept"
                      select="concat('?find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort)"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>
<xsl:template match="page/incidents[@view = 'list' and not(incident)]">
  <p class="empty">
    <xsl:choose>
      <xsl:when test="string(@find)">Ничего не нашлось. <a href="?sort={@sort}">Весь список</a></xsl:when>
      <xsl:otherwise>Таких случаев не было.</xsl:otherwise>
    </xsl:choose>
  </p>
</xsl:template>

<xsl:template match="incidents/incident">
  <tr>
    <th scope="row"><a href="{$base}/incidents/{@incident_id}"><xsl:value-of select="@person_name"/></a></th>
    <td data-word="стало известно"><xsl:apply-templates select="@learned_at" mode="moment"/></td>
    <td data-word="директор извещён">
      <xsl:apply-templates select="." mode="told"><xsl:with-param name="at" select="@head_at"/></xsl:apply-templates>
    </td>
    <td data-word="поддержка извещена">
      <xsl:apply-templates select="." mode="told">
        <xsl:with-param name="at" select="@support_at"/>
      </xsl:apply-templates>
    </td>
    <td><xsl:apply-templates select="." mode="state"/></td>
  </tr>
</xsl:template>

<xsl:template match="*" mode="told">
  <xsl:param name="at"/>
  <xsl:choose>
    <xsl:when test="$at"><xsl:apply-templates select="$at" mode="moment"/></xsl:when>
    <xsl:otherwise>нет</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="*" mode="state">
  <xsl:if test="@is_late"><span class="todo">позже рабочего дня</span><xsl:text> </xsl:text></xsl:if>
  <xsl:choose>
    <xsl:when test="@is_blocked">логин заблокирован до входа по новому коду</xsl:when>
    <xsl:otherwise><span class="done">логин сменён</span></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ..................................................................... one -->

<xsl:template match="page/incidents[@view = 'show']">
  <table class="data changes">
    <tbody>
      <tr><th scope="row">Стало известно</th><td><xsl:apply-templates select="@learned_at" mode="moment"/></td></tr>
      <tr>
        <th scope="row">Сообщено в журнале</th>
        <td><xsl:apply-templates select="@reported_at" mode="moment"/>, <xsl:value-of select="@reporter"/></td>
      </tr>
      <tr><th scope="row">Известить не позже</th><td><xsl:apply-templates select="@due_at" mode="moment"/></td></tr>
      <tr>
        <th scope="row">Директор извещён</th>
        <td>
          <xsl:apply-templates select="." mode="told">
            <xsl:with-param name="at" select="@head_at"/>
          </xsl:apply-templates>
          <xsl:if test="@head_by">, извещением журнала</xsl:if>
        </td>
      </tr>
      <tr>
        <th scope="row">Поддержка извещена</th>
        <td>
          <xsl:apply-templates select="." mode="told">
            <xsl:with-param name="at" select="@support_at"/>
          </xsl:apply-templates>
          <xsl:if test="@support_by">, извещением журнала</xsl:if>
        </td>
      </tr>
      <tr><th scope="row">Состояние</th><td><xsl:apply-templates select="." mode="state"/></td></tr>
    </tbody>
  </table>
  <p><a href="{$base}/incidents/{@incident_id}/operations">Что сделано под этим логином</a></p>
  <xsl:if test="not(@head_at and @support_at) or @head_by or @support_by">
    <form class="card" method="post" action="{$base}/incidents/{@incident_id}">
      <xsl:call-template name="token"/>
      <p>Записать, когда извещены<xsl:if test="@head_by or @support_by">, если устно сообщили раньше, чем в журнале</xsl:if>.
        Без даты записывается нынешнее время; потом его не изменить.</p>
      <xsl:call-template name="moment-row">
        <xsl:with-param name="name" select="'told'"/>
        <xsl:with-param name="label" select="'Когда'"/>
      </xsl:call-template>
      <p class="bar">
        <xsl:if test="not(@head_at) or @head_by"><button class="main" name="which" value="head">Директор извещён</button></xsl:if>
        <xsl:if test="not(@support_at) or @support_by"><button class="main" name="which" value="support">Поддержка извещена</button></xsl:if>
      </p>
    </form>
  </xsl:if>
</xsl:template>

<xsl:template match="error[@field = 'told_on']" mode="field-name">Когда</xsl:template>

</xsl:stylesheet>
