<?xml version="1.0" encoding="UTF-8"?>
<!-- messages.xsl: conversations, the people to whom one may write, letters to a class, the rules.
     in   messages[@view = 'list'] with find sort page pages count can_set? done?
            /conversation[conversation_id name pupil_name? is_shown? is_left? unread? at? is_own? start?]
          messages[@view = 'people'] with find sort page pages count class_id? pupil_id?
            /class[class_id name families], recipient[person_id role pupil_id? name pupil_name? class_name?
              is_lead? post? subjects? kind? is_absent?]
          messages[@view = 'write'] with the attributes of a recipient
          messages[@view = 'class'] with class_id name parents pupils
          messages[@view = 'show'] with conversation_id pupil_name? hindrance? is_shown? is_left? is_cut? before_id? done?
            /participant[person_id name role kind? is_me? is_left? read_at? has_read?], shown[name at],
            message[message_id name is_own? at readers?] with its text, file[file_id name size]…
          messages[@view = 'rules'] with is_mine? done? /rule[n from_role to_role scope scopes]
     out  lists and forms
     see  form.xsl; messages_people.xsl and messages_rules.xsl, which are included -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="form.xsl"/>
<xsl:include href="files.xsl"/>
<xsl:include href="messages_people.xsl"/>
<xsl:include href="messages_rules.xsl"/>

<xsl:variable name="messages" select="/page/messages"/>
<xsl:variable name="file-types">.pdf,.docx,.odt,.pptx,.xlsx,.txt,.png,.jpg,.jpeg</xsl:variable>

<xsl:template match="page/messages" mode="title">Сообщения</xsl:template>
<xsl:template match="page/messages[@view = 'people']" mode="title">Кому написать</xsl:template>
<xsl:template match="page/messages[@view = 'write']" mode="title"><xsl:value-of select="concat('Написать: ', @name)"/></xsl:template>
<xsl:template match="page/messages[@view = 'class']" mode="title"><xsl:value-of select="concat('Письмо семьям ', @name)"/></xsl:template>
<xsl:template match="page/messages[@view = 'show']" mode="title">
  <xsl:for-each select="participant[not(@is_me)]">
    <xsl:if test="position() &gt; 1">, </xsl:if><xsl:value-of select="@name"/>
  </xsl:for-each>
  <xsl:if test="not(participant[not(@is_me)])">Сообщения</xsl:if>
</xsl:template>
<xsl:template match="page/messages[@view != 'list']" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="'/messages'"/>
    <xsl:with-param name="word" select="'Сообщения'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/messages[@view = 'write' or @view = 'class']" mode="crumbs" priority="1">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="'/messages'"/>
    <xsl:with-param name="word" select="'Сообщения'"/>
  </xsl:call-template>
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="'/recipients'"/>
    <xsl:with-param name="word" select="'Кому написать'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/messages[@view = 'list']" mode="actions">
  <xsl:call-template name="find"><xsl:with-param name="word" select="'Имя'"/></xsl:call-template>
  <div class="actions">
    <a href="{$base}/recipients">Написать</a>
    <xsl:if test="@can_set"><a href="{$base}/senders">Кто кому пишет</a></xsl:if>
  </div>
</xsl:template>

<!-- ..................................................................... the list -->

<xsl:template match="page/messages[@view = 'list']">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Отправлено.</p></xsl:if>
  <table class="data people">
    <caption class="sr">Переписка</caption>
    <thead><tr><th scope="col">С кем</th><th scope="col">Об ученике</th><th scope="col">Последнее сообщение</th><th scope="col">Когда</th></tr></thead>
    <tbody><xsl:apply-templates select="conversation"/></tbody>
  </table>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()))"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>
<xsl:template match="page/messages[@view = 'list'][not(conversation)]" priority="1">
  <xsl:choose>
    <xsl:when test="string(@find)"><p class="empty">Ничего не нашлось. <a href="{$base}/messages">Вся переписка</a></p></xsl:when>
    <xsl:otherwise><p class="empty">Сообщений пока нет. <a href="{$base}/recipients">Написать</a></p></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="messages/conversation">
  <tr>
    <th scope="row">
      <a href="{$base}/messages/{@conversation_id}"><xsl:value-of select="@name"/><xsl:if test="not(@name)">Переписка</xsl:if></a>
      <xsl:if test="@unread"><xsl:text> </xsl:text><span class="todo"><xsl:value-of select="concat('новых: ', @unread)"/></span></xsl:if>
      <xsl:if test="@is_shown"><xsl:text> </xsl:text><span class="badge">показано вам</span></xsl:if>
      <xsl:if test="@is_left"><xsl:text> </xsl:text><span class="badge">вы вышли</span></xsl:if>
    </th>
    <td data-word="Об ученике"><xsl:value-of select="@pupil_name"/></td>
    <td data-word="Последнее"><xsl:if test="@is_own">Вы: </xsl:if><xsl:value-of select="@start"/></td>
    <td data-word="Когда"><xsl:apply-templates select="@at" mode="moment"/></td>
  </tr>
</xsl:template>

<xsl:template name="text-row">
  <xsl:param name="rows" select="8"/>
  <p class="row">
    <label>
      <span class="label">Сообщение</span>
      <textarea name="text" rows="{$rows}" maxlength="4000" required="required">
        <xsl:call-template name="invalid"><xsl:with-param name="name" select="'text'"/></xsl:call-template>
        <xsl:call-template name="typed"><xsl:with-param name="name" select="'text'"/></xsl:call-template>
      </textarea>
    </label>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'text'"/></xsl:call-template>
  </p>
</xsl:template>

<!-- ........................................................... a conversation -->

<xsl:template match="page/messages[@view = 'show']">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Сохранено.</p></xsl:if>
  <xsl:if test="@pupil_name"><p>Об ученике: <xsl:value-of select="@pupil_name"/></p></xsl:if>
  <ul><xsl:apply-templates select="participant[not(@is_me)]"/></ul>
  <xsl:if test="@is_cut"><p><a href="{$base}/messages/{@conversation_id}?before_id={message[1]/@message_id}">Более ранние сообщения</a></p></xsl:if>
  <ol class="talk"><xsl:apply-templates select="message"/></ol>
  <xsl:if test="@before_id"><p><a href="{$base}/messages/{@conversation_id}">К последним сообщениям</a></p></xsl:if>
  <xsl:apply-templates select="shown"/>
  <xsl:apply-templates select="." mode="answer"/>
</xsl:template>

<xsl:template match="messages/participant">
  <li>
    <xsl:value-of select="concat(@name, ' — ')"/>
    <xsl:choose>
      <xsl:when test="@role = 'staff'">школа</xsl:when>
      <xsl:otherwise><xsl:apply-templates select="." mode="part"/></xsl:otherwise>
    </xsl:choose>
    <xsl:choose>
      <xsl:when test="@is_left">; больше не участвует</xsl:when>
      <xsl:when test="not(@read_at)">; ещё не открывали</xsl:when>
      <xsl:when test="@has_read">; всё прочитано <xsl:apply-templates select="@read_at" mode="moment"/></xsl:when>
      <xsl:otherwise>; читали <xsl:apply-templates select="@read_at" mode="moment"/>, есть непрочитанное</xsl:otherwise>
    </xsl:choose>
  </li>
</xsl:template>

<xsl:template match="messages/message">
  <li>
    <xsl:if test="@is_own"><xsl:attribute name="class">is-own</xsl:attribute></xsl:if>
    <p class="hint">
      <xsl:choose><xsl:when test="@is_own">Вы</xsl:when><xsl:otherwise><xsl:value-of select="@name"/></xsl:otherwise></xsl:choose>
      <xsl:text>, </xsl:text><xsl:apply-templates select="@at" mode="moment"/>
      <xsl:if test="@is_own">
        <xsl:choose>
          <xsl:when test="@readers"><xsl:value-of select="concat('; прочли: ', @readers)"/></xsl:when>
          <xsl:otherwise>; не прочитано</xsl:otherwise>
        </xsl:choose>
      </xsl:if>
    </p>
    <p><xsl:apply-templates select="node()[not(self::file)]" mode="prose"/></p>
    <xsl:if test="file"><ul class="files"><xsl:apply-templates select="file"/></ul></xsl:if>
  </li>
</xsl:template>
<xsl:template match="message/file">
  <li>
    <a href="{$base}/messages/{$messages/@conversation_id}/files/{@file_id}"><xsl:value-of select="@name"/></a>
    <xsl:text> </xsl:text><span class="hint"><xsl:apply-templates select="@size" mode="size"/></span>
  </li>
</xsl:template>
<xsl:template match="page[messages]/errors/error[@code = 'JE223']" mode="words">За сутки можно отправить не больше 30 файлов и 100 МБ. Отправьте сообщение без файлов или приложите их завтра.</xsl:template>

<xsl:template match="messages/shown">
  <p class="hint">Показано директору <xsl:apply-templates select="@at" mode="moment"/>: <xsl:value-of select="@name"/></p>
</xsl:template>

<xsl:template match="messages" mode="answer">
  <form class="card" method="post" enctype="multipart/form-data" action="{$base}/messages/{@conversation_id}">
    <xsl:call-template name="token"/>
    <xsl:call-template name="text-row"><xsl:with-param name="rows" select="4"/></xsl:call-template>
    <xsl:call-template name="more-files"/>
    <p class="bar"><button class="main">Отправить</button></p>
  </form>
  <xsl:apply-templates select="." mode="ends"/>
</xsl:template>
<xsl:template match="messages[@is_shown]" mode="answer" priority="2"><p class="hint">Эту переписку вам показали. Отвечать в ней могут только участники.</p></xsl:template>
<xsl:template match="messages[@is_left]" mode="answer" priority="1"><p class="hint">Вы вышли из этой переписки: новых сообщений в ней вы не увидите.</p></xsl:template>
<xsl:template match="messages[@hindrance]" mode="answer">
  <p class="hint">
    <xsl:choose>
      <xsl:when test="@hindrance = 'alone'">Других участников больше нет: написать здесь некому.</xsl:when>
      <xsl:otherwise>По правилам школы писать этим людям вы сейчас не можете.</xsl:otherwise>
    </xsl:choose>
  </p>
  <xsl:apply-templates select="." mode="ends"/>
</xsl:template>

<!-- Showing a conversation to the director; leaving it. -->
<xsl:template match="messages" mode="ends">
  <details class="more">
    <summary>Показать директору</summary>
    <p>Директор прочтёт всё, что здесь написано до этой минуты. Участники увидят, что и когда вы показали.</p>
    <form method="post" action="{$base}/messages/{@conversation_id}/director">
      <xsl:call-template name="token"/>
      <p class="bar"><button>Показать директору</button></p>
    </form>
  </details>
  <details class="more">
    <summary>Выйти из переписки</summary>
    <p>Новых сообщений вы не увидите; прочитанное останется. Вернуться нельзя, но можно начать новую.</p>
    <form method="post" action="{$base}/messages/{@conversation_id}/leave">
      <xsl:call-template name="token"/>
      <p class="bar"><button>Выйти</button></p>
    </form>
  </details>
</xsl:template>

<xsl:template match="error[@field = 'text']" mode="field-name">Сообщение</xsl:template>
<xsl:template match="error[@field = 'whom']" mode="field-name">Кому</xsl:template>
<xsl:template match="error[@field = 'find']" mode="field-name">Имя</xsl:template>

</xsl:stylesheet>
