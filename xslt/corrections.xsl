<?xml version="1.0" encoding="UTF-8"?>
<!-- corrections.xsl: requests to correct what may no longer be changed freely, and their register.
     in   corrections[@view = 'list'] with find sort page pages count done? /correction[correction_id asked_at kind
            class_name subject_name pupil? held_on? term_name? old new reason staff_name state decider_name? decided_at? answer?]
          corrections[@view = 'show'] with the attributes of a correction, is_mine? is_own?
          corrections[@view = 'cell'] with journal_id column_id pupil_id kind present …, choice
          corrections[@view = 'lesson'] with lesson_id topic homework is_unmarked? …
     out  the register; one request with the form of its decision; the two forms that ask
     see  record.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="record.xsl"/>

<xsl:variable name="fields">
  <f name="answer" label="Пояснение" max="300" hint="При отказе — причина: её увидит учитель."/>
  <f name="reason" label="Причина" max="300" required="required" hint="Например: ошибка при вводе, работа перепроверена."/>
</xsl:variable>
<xsl:template match="error[@field = 'new']" mode="field-name">Новое значение</xsl:template>
<xsl:template match="error[@field = 'state']" mode="field-name">Решение</xsl:template>
<xsl:template match="page[corrections]/errors/error[@code = 'JE106'][@field = 'new']" mode="words">Новое значение такое же, как прежнее.</xsl:template>
<xsl:template match="page[corrections]/errors/error[@code = 'JE212']" mode="words">Заявка об этом уже ждёт решения.</xsl:template>
<xsl:template match="page[corrections]/errors/error[@code = 'JE210'][@field = 'state'][@value = 'accepted' or @value = 'refused' or @value = 'withdrawn']" mode="words">По этой заявке решение уже принято.</xsl:template>
<xsl:template match="page[corrections]/errors/error[@code = 'JE210'][@field = 'state'][not(@value = 'accepted' or @value = 'refused' or @value = 'withdrawn')]" mode="words">Значение с тех пор изменили: сейчас <xsl:apply-templates select="." mode="current"/>. Откажите с этой причиной или попросите подать заявку заново.</xsl:template>

<xsl:template match="page/corrections" mode="title">Исправления</xsl:template>
<xsl:template match="page/corrections[@view = 'show']" mode="title">Заявка на исправление</xsl:template>
<xsl:template match="page/corrections[@view = 'cell' or @view = 'lesson']" mode="title">Исправить по заявке</xsl:template>
<xsl:template match="page/corrections" mode="actions"/>
<xsl:template match="page/corrections[@view = 'list']" mode="actions">
  <xsl:call-template name="record-actions"><xsl:with-param name="find" select="'Кто просит'"/></xsl:call-template>
</xsl:template>

<!-- ............................................................. the register -->

<xsl:template match="page/corrections">
  <xsl:for-each select="@done[not($is-refused)]">
    <p class="notice" role="status">
      <xsl:choose><xsl:when test=". = 'added'">Заявка подана. Когда завуч примет решение, оно появится здесь.</xsl:when><xsl:otherwise>Сохранено.</xsl:otherwise></xsl:choose>
    </p>
  </xsl:for-each>
  <p class="hint">Отметку, тему или задание, записанные давно, исправляют по заявке учителя. Что принято, записывается от имени учителя; прежнее значение остаётся в истории.</p>
  <xsl:apply-templates select="self::*[correction]" mode="table"/>
  <xsl:if test="not(correction)">
    <p class="empty">
      <xsl:choose>
        <xsl:when test="string(@find)">Ничего не нашлось. <a href="?sort={@sort}">Весь список</a></xsl:when>
        <xsl:otherwise>Заявок нет. Учитель подаёт их из истории клетки журнала или со страницы урока. Срок свободного исправления задан в настройках школы.</xsl:otherwise>
      </xsl:choose>
    </p>
  </xsl:if>
  <xsl:for-each select="@page">
    <xsl:call-template name="pages"><xsl:with-param name="kept" select="concat('?find=', str:encode-uri(../@find, true()), '&amp;sort=', ../@sort)"/></xsl:call-template>
  </xsl:for-each>
</xsl:template>

<xsl:template match="corrections" mode="table">
  <div class="wide">
  <table class="data people broad">
    <caption>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/><xsl:with-param name="one" select="'заявка'"/>
        <xsl:with-param name="few" select="'заявки'"/><xsl:with-param name="many" select="'заявок'"/>
      </xsl:call-template>
    </caption>
    <thead><tr><th scope="col">Подана</th><th scope="col">Журнал</th><th scope="col">Ученик</th><th scope="col">Что</th><th scope="col">Было</th><th scope="col">Просят</th><th scope="col">Причина</th><th scope="col">Кто просит</th><th scope="col">Решение</th><th scope="col">Кто решил</th><th scope="col">Когда</th><th scope="col">Пояснение</th></tr></thead>
    <tbody>
      <xsl:for-each select="correction">
        <tr>
          <th scope="row"><a href="{$base}/corrections/{@correction_id}"><xsl:apply-templates select="@asked_at" mode="moment"/></a></th>
          <td data-word="Журнал"><xsl:value-of select="concat(@class_name, ', ', @subject_name)"/></td>
          <td data-word="Ученик"><xsl:value-of select="@pupil"/></td>
          <td data-word="Что"><xsl:apply-templates select="." mode="what"/></td>
          <td data-word="Было"><xsl:apply-templates select="@old" mode="shown"/></td>
          <td data-word="Просят"><xsl:apply-templates select="@new" mode="shown"/></td>
          <td data-word="Причина"><xsl:value-of select="@reason"/></td>
          <td data-word="Кто просит"><xsl:value-of select="@staff_name"/></td>
          <td data-word="Решение"><xsl:apply-templates select="@state" mode="correction"/></td>
          <td data-word="Кто решил"><xsl:value-of select="@decider_name"/></td>
          <td data-word="Когда"><xsl:apply-templates select="@decided_at" mode="moment"/></td>
          <td data-word="Пояснение"><xsl:value-of select="@answer"/></td>
        </tr>
      </xsl:for-each>
    </tbody>
  </table>
  </div>
</xsl:template>

<xsl:template match="*" mode="what">
  <xsl:choose>
    <xsl:when test="@kind = 'mark'">отметка</xsl:when>
    <xsl:when test="@kind = 'term_mark'">итоговая отметка</xsl:when>
    <xsl:when test="@kind = 'topic'">тема</xsl:when>
    <xsl:otherwise>домашнее задание</xsl:otherwise>
  </xsl:choose>
  <xsl:if test="@held_on"><xsl:text>, </xsl:text><xsl:apply-templates select="@held_on" mode="date"/></xsl:if>
  <xsl:if test="@term_name"><xsl:value-of select="concat(', ', @term_name)"/></xsl:if>
</xsl:template>
<xsl:template match="@*" mode="shown">
  <xsl:value-of select="."/><xsl:if test=". = ''">пусто</xsl:if>
</xsl:template>
<xsl:template match="@state" mode="correction">
  <xsl:choose>
    <xsl:when test=". = 'new'"><span class="todo">ждёт решения</span></xsl:when>
    <xsl:when test=". = 'accepted'"><span class="done">принята</span></xsl:when>
    <xsl:when test=". = 'refused'">отклонена</xsl:when>
    <xsl:otherwise>отозвана</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ................................................................... one -->

<xsl:template match="page/corrections[@view = 'show']">
  <dl class="record">
    <dt>Журнал</dt><dd><xsl:value-of select="concat(@class_name, ', ', @subject_name)"/></dd>
    <xsl:if test="@pupil"><dt>Ученик</dt><dd><xsl:value-of select="@pupil"/></dd></xsl:if>
    <dt>Что исправить</dt><dd><xsl:apply-templates select="." mode="what"/></dd>
    <dt>Было</dt><dd><xsl:apply-templates select="@old" mode="shown"/></dd>
    <dt>Просят записать</dt><dd><b><xsl:apply-templates select="@new" mode="shown"/></b></dd>
    <dt>Причина</dt><dd><xsl:value-of select="@reason"/></dd>
    <dt>Кто просит</dt><dd><xsl:value-of select="@staff_name"/>, <xsl:apply-templates select="@asked_at" mode="moment"/></dd>
    <dt>Решение</dt>
    <dd>
      <xsl:apply-templates select="@state" mode="correction"/>
      <xsl:if test="@decided_at">
        <xsl:value-of select="concat(', ', @decider_name, ', ')"/>
        <xsl:apply-templates select="@decided_at" mode="moment"/>
      </xsl:if>
      <xsl:if test="@answer"><xsl:value-of select="concat('. ', @answer)"/></xsl:if>
    </dd>
  </dl>
  <p>
    <xsl:choose>
      <xsl:when test="@column_id"><a href="{$base}/journals/{@journal_id}/columns/{@column_id}/pupils/{@pupil_id}">История клетки</a></xsl:when>
      <xsl:otherwise><a href="{$base}/lessons/{@lesson_id}">Урок</a></xsl:otherwise>
    </xsl:choose>
  </p>
  <xsl:if test="@is_mine or @is_own">
    <form class="card" method="post" action="{$base}{/page/@path}">
      <xsl:call-template name="token"/>
      <xsl:if test="@is_mine">
        <xsl:for-each select="$field[@name = 'answer']"><p class="row"><xsl:call-template name="edit-field"/></p></xsl:for-each>
      </xsl:if>
      <p class="bar">
        <xsl:if test="@is_mine">
          <button class="main" name="state" value="accepted">Принять и записать</button>
          <button name="state" value="refused">Отклонить</button>
        </xsl:if>
        <xsl:if test="@is_own"><button name="state" value="withdrawn">Отозвать заявку</button></xsl:if>
      </p>
    </form>
  </xsl:if>
</xsl:template>

<!-- ................................................................. asking -->

<xsl:template match="page/corrections[@view = 'cell']">
  <p class="lead"><b><xsl:value-of select="@pupil"/></b><br/>
    <xsl:value-of select="concat(@subject_name, ', ', @class_name)"/>
    <xsl:if test="@held_on">, <xsl:apply-templates select="@held_on" mode="date"/></xsl:if>
    <xsl:if test="@kind_name"><xsl:value-of select="concat(', ', @kind_name)"/></xsl:if>
    <xsl:if test="@title"><xsl:value-of select="concat(' «', @title, '»')"/></xsl:if>
    <xsl:if test="@term_name">, итог: <xsl:value-of select="@term_name"/></xsl:if>
  </p>
  <form class="card" method="post" action="{$base}{/page/@path}">
    <xsl:call-template name="token"/>
    <input type="hidden" name="kind" value="{@kind}"/>
    <xsl:call-template name="old-field">
      <xsl:with-param name="name" select="'new'"/>
      <xsl:with-param name="value" select="@present"/>
    </xsl:call-template>
    <p>Сейчас: <b><xsl:apply-templates select="@present" mode="shown"/></b></p>
    <p class="row">
      <label>
        <span class="label">Новое значение</span>
        <input type="text" name="new" maxlength="40" size="8" autocomplete="off" list="values">
          <xsl:attribute name="value">
            <xsl:call-template name="typed">
              <xsl:with-param name="name" select="'new'"/>
              <xsl:with-param name="value" select="@present"/>
            </xsl:call-template>
          </xsl:attribute>
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'new'"/></xsl:call-template>
        </input>
      </label>
      <span class="hint">Пересдача — через черту: 2/4. Пусто — убрать отметку.</span>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'new'"/></xsl:call-template>
    </p>
    <datalist id="values">
      <xsl:for-each select="choice"><option value="{@value}"><xsl:value-of select="@name"/></option></xsl:for-each>
    </datalist>
    <xsl:apply-templates select="." mode="why"/>
  </form>
</xsl:template>

<xsl:template match="corrections" mode="why">
  <xsl:for-each select="$field[@name = 'reason']"><p class="row"><xsl:call-template name="edit-field"/></p></xsl:for-each>
  <p class="bar"><button class="main">Подать заявку</button></p>
</xsl:template>

<xsl:template match="page/corrections[@view = 'lesson']">
  <p class="lead"><xsl:value-of select="concat(@subject_name, ', ', @class_name)"/>, <xsl:apply-templates select="@held_on" mode="date"/></p>
  <xsl:apply-templates select="@topic" mode="ask">
    <xsl:with-param name="kind" select="'topic'"/>
    <xsl:with-param name="word" select="'Тема'"/>
  </xsl:apply-templates>
  <xsl:if test="not(@is_unmarked)">
    <xsl:apply-templates select="@homework" mode="ask">
      <xsl:with-param name="kind" select="'homework'"/>
      <xsl:with-param name="word" select="'Домашнее задание'"/>
    </xsl:apply-templates>
  </xsl:if>
</xsl:template>

<!-- A form of its own for each of the two; after a refusal the one that was sent has what was typed. -->
<xsl:template match="@*" mode="ask">
  <xsl:param name="kind"/>
  <xsl:param name="word"/>
  <xsl:variable name="present" select="string()"/>
  <xsl:variable name="is-sent" select="$is-refused and /page/form/row/field[@name = 'kind'] = $kind"/>
  <xsl:for-each select="..">
    <form class="card" method="post" action="{$base}{/page/@path}">
      <xsl:call-template name="token"/>
      <input type="hidden" name="kind" value="{$kind}"/>
      <h2><xsl:value-of select="$word"/></h2>
      <xsl:choose>
        <xsl:when test="$is-sent">
          <xsl:call-template name="old-field">
            <xsl:with-param name="name" select="'new'"/>
            <xsl:with-param name="value" select="$present"/>
          </xsl:call-template>
        </xsl:when>
        <xsl:otherwise><input type="hidden" name="old_new" value="{$present}"/></xsl:otherwise>
      </xsl:choose>
      <p class="row">
        <label>
          <span class="label">Новое значение</span>
          <textarea name="new" rows="3" maxlength="4000">
            <xsl:if test="$is-sent">
              <xsl:call-template name="invalid"><xsl:with-param name="name" select="'new'"/></xsl:call-template>
            </xsl:if>
            <xsl:choose>
              <xsl:when test="$is-sent">
                <xsl:call-template name="typed"><xsl:with-param name="name" select="'new'"/></xsl:call-template>
              </xsl:when>
              <xsl:otherwise><xsl:value-of select="$present"/></xsl:otherwise>
            </xsl:choose>
          </textarea>
        </label>
        <xsl:if test="$is-sent">
          <xsl:call-template name="field-error"><xsl:with-param name="name" select="'new'"/></xsl:call-template>
        </xsl:if>
      </p>
      <p class="row">
        <label>
          <span class="label">Причина</span>
          <input type="text" name="reason" maxlength="300" required="required">
            <xsl:if test="$is-sent">
              <xsl:attribute name="value">
                <xsl:call-template name="typed"><xsl:with-param name="name" select="'reason'"/></xsl:call-template>
              </xsl:attribute>
              <xsl:call-template name="invalid"><xsl:with-param name="name" select="'reason'"/></xsl:call-template>
            </xsl:if>
          </input>
        </label>
        <xsl:if test="$is-sent">
          <xsl:call-template name="field-error"><xsl:with-param name="name" select="'reason'"/></xsl:call-template>
        </xsl:if>
      </p>
      <p class="bar"><button class="main">Подать заявку</button></p>
    </form>
  </xsl:for-each>
</xsl:template>

</xsl:stylesheet>
