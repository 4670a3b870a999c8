<?xml version="1.0" encoding="UTF-8"?>
<!-- accidents.xsl: accidents of pupils: the list, the report, its receipt and the columns of the register.
     in   accidents[@view = 'list'] with find sort page pages count whom? is_mine? done?
            /candidate[pupil_id name class_name]…, accident[accident_id happened_on happened_time name class_name? place
              is_untold? received_at? is_late? act_no? act_on?] with what happened
          accidents[@view = 'new'] with pupil_id name class_name today_on
          accidents[@view = 'show'] with all columns of one accident, is_mine?, done?
     out  a table, forms
     see  record.xsl; print/accidents.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="happened_on" label="День" type="date" required="required" new="1"/>
  <f name="happened_time" label="Время" type="time" required="required" new="1"/>
  <f name="place" label="Место" max="200" required="required" new="1"/>
  <f name="what" label="Что случилось" type="prose" max="2000" required="required" new="1"/>
  <f name="first_aid" label="Какая помощь оказана" type="prose" max="1000" required="required" new="1"/>
  <f name="told_orally_to" label="Кому из администрации сообщено устно" max="100" new="1"/>
  <f name="told_orally_on" label="Сообщено устно, день" type="date"/>
  <f name="told_orally_time" label="Сообщено устно, время" type="time" new="1"/>
  <f name="parents_told_on" label="Родителям сообщено, день" type="date"/>
  <f name="parents_told_time" label="Родителям сообщено, время" type="time" new="1"/>
  <f name="manner" label="Вид происшествия" max="200"/>
  <f name="act_no" label="№ акта" max="40"/>
  <f name="act_on" label="Дата акта" type="date"/>
  <f name="sick_days" label="Дней нетрудоспособности" type="number" min="0" max="1000"/>
  <f name="diagnosis" label="Диагноз по справке" max="200"/>
  <f name="consequence" label="Последствия"><o value=""></o><o value="recovered">выздоровление</o><o value="disabled_1">инвалидность I группы</o><o value="disabled_2">инвалидность II группы</o><o value="disabled_3">инвалидность III группы</o><o value="disabled_child">категория «ребёнок-инвалид»</o><o value="died">смертельный исход</o></f>
  <f name="measures" label="Меры по устранению причин" type="prose" max="1000"/>
</xsl:variable>

<xsl:template match="page/accidents" mode="title">Несчастные случаи</xsl:template>
<xsl:template match="page/accidents" mode="actions">
  <xsl:call-template name="find"><xsl:with-param name="word" select="'Имя пострадавшего'"/></xsl:call-template>
  <div class="actions">
    <xsl:if test="@is_mine"><a href="{$base}/accidents?format=print">Журнал регистрации</a></xsl:if>
    <xsl:call-template name="as-tables"/>
  </div>
</xsl:template>

<xsl:template match="page/accidents">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Извещение отправлено директору и завучам.</p></xsl:if>
  <xsl:apply-templates select="." mode="whom"/>
  <xsl:choose>
    <xsl:when test="accident"><xsl:apply-templates select="." mode="table"/></xsl:when>
    <xsl:when test="string(@find)"><p class="empty">Ничего не нашлось. <a href="{$base}/accidents">Весь список</a></p></xsl:when>
    <xsl:otherwise><p class="empty">Несчастных случаев не было. Если случай произошёл, найдите ученика выше и отправьте извещение.</p></xsl:otherwise>
  </xsl:choose>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages"><xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort)"/></xsl:call-template>
  </xsl:for-each>
</xsl:template>

<!-- Of whom an accident is reported: a search, and the pupils found. -->
<xsl:template match="accidents" mode="whom">
  <form class="filter" method="get" action="{$base}/accidents">
    <label>Сообщить о случае с учеником <input type="search" name="whom" value="{@whom}" maxlength="100" placeholder="Фамилия"/></label>
    <button>Найти ученика</button>
  </form>
  <xsl:if test="@whom and not(candidate)"><p class="empty">Учеников с такой фамилией не нашлось.</p></xsl:if>
  <xsl:if test="candidate">
    <ul>
      <xsl:for-each select="candidate">
        <li><a href="{$base}/pupils/{@pupil_id}/accident"><xsl:value-of select="concat(@name, ', ', @class_name)"/></a></li>
      </xsl:for-each>
    </ul>
  </xsl:if>
</xsl:template>

<xsl:template match="accidents" mode="table">
  <table class="data people">
    <caption>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/><xsl:with-param name="one" select="'случай'"/>
        <xsl:with-param name="few" select="'случая'"/><xsl:with-param name="many" select="'случаев'"/>
      </xsl:call-template>
    </caption>
    <thead>
      <tr>
        <th scope="col">Пострадавший</th><th scope="col">Класс</th><th scope="col">Когда</th><th scope="col">Место</th>
        <th scope="col">Что случилось</th><th scope="col">Извещение</th><th scope="col">Акт</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="accident"/></tbody>
  </table>
</xsl:template>
<xsl:template match="accidents/accident">
  <tr>
    <xsl:call-template name="saved-row"/>
    <th scope="row"><a href="{$base}/accidents/{@accident_id}{$list-query}"><xsl:value-of select="@name"/></a></th>
    <td data-word="Класс"><xsl:value-of select="@class_name"/></td>
    <td data-word="Когда"><xsl:apply-templates select="@happened_on" mode="date"/>, <xsl:value-of select="@happened_time"/></td>
    <td data-word="Место"><xsl:value-of select="@place"/></td>
    <td data-word="Что случилось"><xsl:apply-templates select="node()" mode="prose"/></td>
    <td data-word="Извещение"><xsl:call-template name="receipt-state"/></td>
    <td data-word="Акт"><xsl:if test="@act_no">№ <xsl:value-of select="@act_no"/><xsl:if test="@act_on"> от <xsl:apply-templates select="@act_on" mode="date"/></xsl:if></xsl:if></td>
  </tr>
</xsl:template>

<!-- Whether a head has the report; the context node is the accident. -->
<xsl:template name="receipt-state">
  <xsl:choose>
    <xsl:when test="@received_at"><span class="done">принято <xsl:apply-templates select="@received_at" mode="moment"/></span></xsl:when>
    <xsl:when test="@is_late"><b class="todo">никто не принял</b></xsl:when>
    <xsl:otherwise>ещё не принято</xsl:otherwise>
  </xsl:choose>
  <xsl:if test="@is_untold or @told_orally_to = ''"><xsl:text> </xsl:text><b class="todo">устно не сообщено</b></xsl:if>
</xsl:template>

<!-- ...................................................... a new report -->

<xsl:template match="page/accidents[@view = 'new']" mode="title">Несчастный случай · <xsl:value-of select="concat(@name, ', ', @class_name)"/></xsl:template>
<xsl:template match="page/accidents[@view != 'list']" mode="actions"/>
<xsl:template match="page/accidents[@view = 'new']" mode="crumbs"><xsl:call-template name="section"/></xsl:template>
<xsl:template match="page/accidents[@view = 'new']" priority="1">
  <p class="notice">Сразу сообщите директору или завучу устно и отправьте извещение: его получат директор, завучи и родители.</p>
  <form class="card" method="post" action="{$base}{/page/@path}">
    <xsl:call-template name="token"/>
    <xsl:variable name="today" select="@today_on"/>
    <xsl:for-each select="$field[@new]">
      <xsl:variable name="f" select="."/>
      <p class="row">
        <xsl:call-template name="edit-field">
          <xsl:with-param name="value"><xsl:if test="$f/@name = 'happened_on'"><xsl:value-of select="$today"/></xsl:if></xsl:with-param>
        </xsl:call-template>
      </p>
    </xsl:for-each>
    <p class="hint">Время, когда сообщено, — того же дня. Отправленное извещение не меняют.</p>
    <p class="bar"><button class="main">Отправить извещение</button></p>
  </form>
</xsl:template>

<!-- ........................................................ one accident -->

<xsl:template match="page/accidents[@view = 'show']" mode="title">Несчастный случай <xsl:apply-templates select="@happened_on" mode="date"/> · <xsl:value-of select="@name"/></xsl:template>
<xsl:template match="page/accidents[@view = 'show']" mode="actions">
  <div class="actions"><a href="?format=print">Напечатать извещение</a></div>
</xsl:template>
<xsl:template match="page/accidents[@view = 'show']" priority="1">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Сохранено.</p></xsl:if>
  <dl class="record">
    <dt>Пострадавший</dt><dd><xsl:value-of select="@name"/><xsl:if test="@class_name"><xsl:value-of select="concat(', ', @class_name)"/></xsl:if></dd>
    <dt>Когда и где</dt><dd><xsl:apply-templates select="@happened_on" mode="date"/>, <xsl:value-of select="concat(@happened_time, ', ', @place)"/></dd>
    <dt>Что случилось</dt><dd class="prose"><xsl:value-of select="@what"/></dd>
    <dt>Помощь</dt><dd class="prose"><xsl:value-of select="@first_aid"/></dd>
    <dt>Сообщил письменно</dt><dd><xsl:value-of select="@staff_name"/>, <xsl:apply-templates select="@written_at" mode="moment"/></dd>
    <dt>Извещение</dt><dd><xsl:call-template name="receipt-state"/><xsl:if test="string(@receiver_name)"><xsl:value-of select="concat(', ', @receiver_name)"/></xsl:if></dd>
    <xsl:if test="string(@told_orally_to)"><dt>Сообщено устно</dt><dd><xsl:value-of select="@told_orally_to"/>, <xsl:apply-templates select="@told_orally_on" mode="date"/>, <xsl:value-of select="@told_orally_time"/></dd></xsl:if>
    <xsl:if test="@parents_told_on"><dt>Родителям сообщено</dt><dd><xsl:apply-templates select="@parents_told_on" mode="date"/>, <xsl:value-of select="@parents_told_time"/></dd></xsl:if>
  </dl>
  <xsl:if test="@is_mine">
    <xsl:if test="not(@received_at)">
      <form class="card" method="post" action="{$base}/accidents/{@accident_id}/receipt">
        <xsl:call-template name="token"/>
        <p class="bar"><button class="main">Принять извещение</button></p>
      </form>
    </xsl:if>
    <h2>Журнал регистрации</h2>
    <form class="card" method="post" action="{$base}/accidents/{@accident_id}{$list-query}">
      <xsl:call-template name="token"/>
      <xsl:variable name="record" select="."/>
      <xsl:for-each select="$field[not(@new) or contains(@name, 'told')]">
        <xsl:variable name="value" select="$record/@*[name() = current()/@name]"/>
        <p class="row"><xsl:call-template name="edit-field"><xsl:with-param name="value" select="string($value)"/></xsl:call-template></p>
      </xsl:for-each>
      <p class="bar"><button class="main">Сохранить</button></p>
    </form>
  </xsl:if>
</xsl:template>

<xsl:template match="page[accidents]/errors/error[@code = 'JE263']" mode="words">Это время не подходит: случай не может быть в будущем, а сообщить о нём — раньше, чем он произошёл.</xsl:template>

</xsl:stylesheet>
