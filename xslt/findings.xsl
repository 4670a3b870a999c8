<?xml version="1.0" encoding="UTF-8"?>
<!-- findings.xsl: findings about how journals are kept, and signals to the deputies.
     in   findings[@view = 'list'] with find sort page pages count is_lead? can_signal? done? /finding[finding_id kind
            duty_key made_on due_on? addressee_name? staff_name class_name? subject_name? note state answer? decision?
            order_no? order_on? is_mended? is_late?]
          findings[@view = 'show'] with the attributes of a finding, from_on till_on lesson_id? is_mine? is_lead?
          findings[@view = 'new'] with duty_key addressee_id addressee_name class_id? teaching_id? lesson_id? from_on till_on due_on
          findings[@view = 'signal'], choice
     out  the list; one finding with the form of its answer or decision; the forms that make them
     see  record.xsl, control_words.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="record.xsl"/>
<xsl:include href="control_words.xsl"/>

<xsl:variable name="fields">
  <f name="text" label="Что не так и что сделать" type="prose" max="1000" required="required"/>
  <f name="due_on" label="Исправить до" type="date" required="required"/>
  <f name="answer" label="Ответ" type="prose" max="1000" required="required" hint="Что исправлено, или почему исправлять не нужно."/>
  <f name="decision" label="Решение" type="prose" max="1000" hint="При возврате — что ещё сделать. По сигналу — что решено."/>
  <f name="order_no" label="Приказ №" max="40" hint="Если решение оформлено приказом."/>
  <f name="order_on" label="от" type="date"/>
</xsl:variable>
<xsl:template match="error[@field = 'state']" mode="field-name">Решение</xsl:template>
<xsl:template match="error[@field = 'class_id']" mode="field-name">Класс</xsl:template>
<xsl:template match="error[@field = 'duty_key']" mode="field-name">О чём</xsl:template>
<xsl:template match="error[@field = 'addressee_id']" mode="field-name">Кому</xsl:template>
<xsl:template match="page[findings]/errors/error[@code = 'JE203'][@field = 'due_on']" mode="words">Этот день уже прошёл.</xsl:template>
<xsl:template match="page[findings]/errors/error[@code = 'JE210'][@field = 'state']" mode="words">За это время ответ изменился или решение уже принято. Прочтите замечание ещё раз.</xsl:template>
<xsl:template match="page[findings]/errors/error[@code = 'JE210'][@field = 'answer']" mode="words">На это замечание уже ответили.</xsl:template>

<xsl:template match="page/findings" mode="title">Замечания по ведению журнала</xsl:template>
<xsl:template match="page/findings[@view = 'show']" mode="title">Замечание по ведению журнала</xsl:template>
<xsl:template match="page/findings[@view = 'show'][@kind = 'signal']" mode="title">Сигнал</xsl:template>
<xsl:template match="page/findings[@view = 'new']" mode="title">Новое замечание</xsl:template>
<xsl:template match="page/findings[@view = 'signal']" mode="title">Сигнал завучу</xsl:template>
<xsl:template match="page/findings" mode="actions"/>
<xsl:template match="page/findings[@view = 'list']" mode="actions">
  <xsl:call-template name="record-actions"><xsl:with-param name="find" select="'Кому'"/></xsl:call-template>
  <div class="actions">
    <a href="{$base}/control">Контроль ведения журнала</a>
    <xsl:if test="@can_signal"><a href="{$base}/signal">Подать сигнал завучу</a></xsl:if>
  </div>
</xsl:template>

<!-- ............................................................... the list -->

<xsl:template match="page/findings">
  <xsl:apply-templates select="@done[not($is-refused)]"><xsl:with-param name="path" select="'/findings'"/></xsl:apply-templates>
  <xsl:choose>
    <xsl:when test="finding"><xsl:apply-templates select="." mode="table"/></xsl:when>
    <xsl:when test="string(@find)"><p class="empty">Ничего не нашлось. <a href="?sort={@sort}">Весь список</a></p></xsl:when>
    <xsl:otherwise><p class="empty">Замечаний нет. Их делает директор или завуч со страницы <a href="{$base}/control">контроля</a>.</p></xsl:otherwise>
  </xsl:choose>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages">
      <xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort)"/>
    </xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="findings" mode="table">
  <div class="wide">
  <table class="data people broad">
    <caption>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/><xsl:with-param name="one" select="'запись'"/>
        <xsl:with-param name="few" select="'записи'"/><xsl:with-param name="many" select="'записей'"/>
      </xsl:call-template>
    </caption>
    <thead><tr><th scope="col">О чём</th><th scope="col">Кому</th><th scope="col">Класс, предмет</th><th scope="col">Сделано</th><th scope="col">Срок</th><th scope="col">Состояние</th><th scope="col">Текст</th><th scope="col">Ответ</th><th scope="col">Решение</th></tr></thead>
    <tbody><xsl:apply-templates select="finding"/></tbody>
  </table>
  </div>
</xsl:template>

<xsl:template match="findings/finding">
  <tr>
    <th scope="row"><a href="{$base}/findings/{@finding_id}"><xsl:apply-templates select="@duty_key" mode="duty"/></a></th>
    <td data-word="Кому"><xsl:apply-templates select="." mode="whom"/></td>
    <td data-word="Класс, предмет"><xsl:apply-templates select="." mode="where"/></td>
    <td data-word="Сделано"><xsl:apply-templates select="@made_on" mode="date"/></td>
    <td data-word="Срок"><xsl:apply-templates select="@due_on" mode="date"/></td>
    <td data-word="Состояние"><xsl:apply-templates select="." mode="state"/></td>
    <td data-word="Текст"><xsl:value-of select="@note"/></td>
    <td data-word="Ответ"><xsl:value-of select="@answer"/></td>
    <td data-word="Решение"><xsl:apply-templates select="." mode="decision"/></td>
  </tr>
</xsl:template>

<xsl:template match="*" mode="whom"><xsl:value-of select="@addressee_name"/></xsl:template>
<xsl:template match="*[@kind = 'signal']" mode="whom">завучу, от: <xsl:value-of select="@staff_name"/></xsl:template>
<xsl:template match="*" mode="where">
  <xsl:value-of select="@class_name"/>
  <xsl:if test="@class_name and @subject_name"><xsl:text>, </xsl:text></xsl:if>
  <xsl:value-of select="@subject_name"/>
</xsl:template>
<xsl:template match="*" mode="state">
  <xsl:choose>
    <xsl:when test="@state = 'accepted' and @kind = 'signal'"><span class="done">решено</span></xsl:when>
    <xsl:when test="@state = 'accepted'"><span class="done">принято</span></xsl:when>
    <xsl:when test="@state = 'answered'">есть ответ</xsl:when>
    <xsl:when test="@state = 'returned'"><span class="todo">возвращено</span></xsl:when>
    <xsl:when test="@kind = 'signal'"><span class="todo">ждёт решения</span></xsl:when>
    <xsl:otherwise><span class="todo">ждёт ответа</span></xsl:otherwise>
  </xsl:choose>
  <xsl:if test="@is_late"><xsl:text>, </xsl:text><span class="todo">срок прошёл</span></xsl:if>
  <xsl:if test="@is_mended"><xsl:text>, </xsl:text><span class="done">исправлено</span></xsl:if>
</xsl:template>
<xsl:template match="*" mode="decision">
  <xsl:value-of select="@decision"/>
  <xsl:if test="@order_no">
    <xsl:if test="string(@decision)"><xsl:text> (</xsl:text></xsl:if>
    <xsl:value-of select="concat('приказ № ', @order_no)"/>
    <xsl:if test="@order_on"><xsl:text> от </xsl:text><xsl:apply-templates select="@order_on" mode="date"/></xsl:if>
    <xsl:if test="string(@decision)"><xsl:text>)</xsl:text></xsl:if>
  </xsl:if>
</xsl:template>

<!-- .................................................................... one -->

<xsl:template match="page/findings[@view = 'show']">
  <dl class="record">
    <dt>О чём</dt><dd><xsl:apply-templates select="@duty_key" mode="duty"/></dd>
    <dt>Кому</dt><dd><xsl:apply-templates select="." mode="whom"/></dd>
    <xsl:if test="@class_name or @subject_name"><dt>Класс, предмет</dt><dd><xsl:apply-templates select="." mode="where"/></dd></xsl:if>
    <xsl:if test="@kind = 'finding'">
      <dt>Дни</dt>
      <dd>
        <xsl:apply-templates select="@from_on" mode="date"/>
        <xsl:if test="@till_on != @from_on"> – <xsl:apply-templates select="@till_on" mode="date"/></xsl:if>
        <xsl:if test="@lesson_id"><xsl:text>, </xsl:text><a href="{$base}/lessons/{@lesson_id}">урок</a></xsl:if>
      </dd>
    </xsl:if>
    <dt>Текст</dt><dd><xsl:value-of select="@note"/></dd>
    <dt>Кто, когда</dt><dd><xsl:value-of select="@staff_name"/>, <xsl:apply-templates select="@made_on" mode="date"/></dd>
    <xsl:if test="@due_on"><dt>Срок</dt><dd><xsl:apply-templates select="@due_on" mode="date"/></dd></xsl:if>
    <dt>Состояние</dt><dd><xsl:apply-templates select="." mode="state"/></dd>
    <xsl:if test="string(@answer)">
      <dt>Ответ</dt><dd><xsl:value-of select="@answer"/><xsl:text> </xsl:text><small><xsl:apply-templates select="@answered_on" mode="date"/></small></dd>
    </xsl:if>
    <xsl:if test="@decided_on">
      <dt>Решение</dt>
      <dd>
        <xsl:apply-templates select="." mode="decision"/>
        <xsl:text> </xsl:text>
        <small><xsl:value-of select="concat(@decider_name, ', ')"/><xsl:apply-templates select="@decided_on" mode="date"/></small>
      </dd>
    </xsl:if>
  </dl>
  <xsl:if test="@is_mine">
    <form class="card" method="post" action="{$base}{/page/@path}">
      <xsl:call-template name="token"/>
      <xsl:for-each select="$field[@name = 'answer']"><p class="row"><xsl:call-template name="edit-field"/></p></xsl:for-each>
      <p class="bar"><button class="main" name="state" value="answered">Ответить</button></p>
    </form>
  </xsl:if>
  <xsl:if test="@is_lead">
    <form class="card" method="post" action="{$base}{/page/@path}">
      <xsl:call-template name="token"/>
      <input type="hidden" name="shown" value="{@answer}"/>
      <xsl:for-each select="$field[@name = 'decision' or starts-with(@name, 'order')]">
        <p class="row"><xsl:call-template name="edit-field"/></p>
      </xsl:for-each>
      <p class="bar">
        <button class="main" name="state" value="accepted">
          <xsl:choose><xsl:when test="@kind = 'signal'">Записать решение</xsl:when><xsl:otherwise>Принять</xsl:otherwise></xsl:choose>
        </button>
        <xsl:if test="@kind = 'finding'"><button name="state" value="returned">Вернуть</button></xsl:if>
      </p>
    </form>
  </xsl:if>
</xsl:template>

<!-- ................................................................... new -->

<xsl:template match="page/findings[@view = 'new']">
  <p class="lead"><xsl:apply-templates select="@duty_key" mode="duty"/></p>
  <dl class="record">
    <dt>Кому</dt><dd><xsl:value-of select="@addressee_name"/></dd>
    <xsl:if test="@class_name or @subject_name"><dt>Класс, предмет</dt><dd><xsl:apply-templates select="." mode="where"/></dd></xsl:if>
    <dt>Дни</dt>
    <dd>
      <xsl:apply-templates select="@from_on" mode="date"/>
      <xsl:if test="@till_on != @from_on"> – <xsl:apply-templates select="@till_on" mode="date"/></xsl:if>
    </dd>
  </dl>
  <form class="card" method="post" action="{$base}{/page/@path}?{/page/@query}">
    <xsl:call-template name="token"/>
    <xsl:for-each select="@addressee_id | @class_id | @teaching_id | @lesson_id | @from_on | @till_on">
      <input type="hidden" name="{name()}" value="{.}"/>
    </xsl:for-each>
    <xsl:variable name="mend" select="$duty-words[@key = current()/@duty_key]/@mend"/>
    <xsl:for-each select="$field[@name = 'text']">
      <p class="row"><xsl:call-template name="edit-field"><xsl:with-param name="value" select="string($mend)"/></xsl:call-template></p>
    </xsl:for-each>
    <xsl:variable name="due" select="string(@due_on)"/>
    <xsl:for-each select="$field[@name = 'due_on']">
      <p class="row"><xsl:call-template name="edit-field"><xsl:with-param name="value" select="$due"/></xsl:call-template></p>
    </xsl:for-each>
    <p class="bar"><button class="main">Сделать замечание</button></p>
  </form>
</xsl:template>

<xsl:template match="page/findings[@view = 'signal']">
  <p class="hint">Сигнал получат завучи. Напишите, о ком речь и что уже сделано; решение придёт сюда же.</p>
  <form class="card" method="post" action="{$base}/signal">
    <xsl:call-template name="token"/>
    <p class="row">
      <label>
        <span class="label">О чём</span>
        <select name="duty_key" required="required">
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'duty_key'"/></xsl:call-template>
          <xsl:for-each select="$duty-words[starts-with(@key, 'signal-')]">
            <option value="{@key}"><xsl:value-of select="@name"/></option>
          </xsl:for-each>
        </select>
      </label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'duty_key'"/></xsl:call-template>
    </p>
    <p class="row">
      <label>
        <span class="label">Класс</span>
        <select name="class_id" required="required">
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'class_id'"/></xsl:call-template>
          <xsl:for-each select="choice"><option value="{@value}"><xsl:value-of select="@name"/></option></xsl:for-each>
        </select>
      </label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'class_id'"/></xsl:call-template>
    </p>
    <xsl:for-each select="$field[@name = 'text']"><p class="row"><xsl:call-template name="edit-field"/></p></xsl:for-each>
    <p class="bar"><button class="main">Подать сигнал</button></p>
  </form>
</xsl:template>

</xsl:stylesheet>
