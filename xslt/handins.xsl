<?xml version="1.0" encoding="UTF-8"?>
<!-- handins.xsl: what pupils hand in for a homework.
     in   handins[@view = 'list'] with today_on
            /homework[homework_id class_name subject_name due_on is_personal? handed? unanswered?] with its text
          handins[@view = 'show'] with homework_id lesson_id class_name subject_name due_on is_personal? minutes? is_online? is_mine? can_mark? done?
            /task with the text, attached…, pupil[pupil_id name handed_on? is_late? is_missing? answered_on? answer? mark?]/note, file[file_id name size]
          handins[@view = 'hand'] with homework_id pupil_id name subject_name due_on is_mine? note? handed_on?
            is_late? answer? answered_on? mark? minutes? is_online? done? /task, attached…, file[file_id name size]
     out  tables; the form of a homework's answers and marks; the form of the pupil
     see  form.xsl, handins_pupil.xsl, handins_task.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>
<xsl:include href="files.xsl"/>
<xsl:include href="handins_task.xsl"/>
<xsl:include href="handins_load.xsl"/>
<xsl:include href="handins_pupil.xsl"/>

<xsl:variable name="page" select="/page"/>
<xsl:variable name="task" select="/page/handins"/>
<!-- as EJ_LIMITS of routes.def -->
<xsl:variable name="file-types">
  <xsl:text>.pdf,.docx,.odt,.xlsx,.txt,.png,.jpg,.jpeg</xsl:text>
  <xsl:if test="$task/@view = 'task'">,.pptx,.mp3</xsl:if>
</xsl:variable>

<xsl:template match="page/handins" mode="title">Сданные работы</xsl:template>
<xsl:template match="page/handins[@view = 'show']" mode="title">
  <xsl:value-of select="concat('Сданные работы: ', @subject_name, ', ', @class_name)"/>
</xsl:template>
<xsl:template match="page/handins[@view = 'hand']" mode="title"><xsl:value-of select="concat('Задание: ', @subject_name)"/></xsl:template>

<xsl:template match="page/handins" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="'/journals'"/>
    <xsl:with-param name="word" select="'Журналы'"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="page/handins[@view = 'show']" mode="crumbs">
  <xsl:choose>
    <xsl:when test="contains($opens, ' /handins ')">
      <xsl:call-template name="crumb">
        <xsl:with-param name="path" select="'/handins'"/>
        <xsl:with-param name="word" select="'Сданные работы'"/>
      </xsl:call-template>
    </xsl:when>
    <xsl:otherwise>
      <xsl:call-template name="crumb">
        <xsl:with-param name="path" select="'/journals'"/>
        <xsl:with-param name="word" select="'Журналы'"/>
      </xsl:call-template>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="page/handins[@view = 'pupil' or @view = 'hand']" mode="crumbs">
  <xsl:call-template name="crumb">
    <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/diary')"/>
    <xsl:with-param name="word" select="'Дневник'"/>
  </xsl:call-template>
  <xsl:if test="@view = 'hand'">
    <xsl:call-template name="crumb">
      <xsl:with-param name="path" select="concat('/pupils/', @pupil_id, '/homework')"/>
      <xsl:with-param name="word" select="'Домашние задания'"/>
    </xsl:call-template>
  </xsl:if>
</xsl:template>

<!-- ............................................................. the teacher -->

<xsl:template match="page/handins[@view = 'list']">
  <table class="data people">
    <caption class="sr">Домашние задания и сколько работ сдано</caption>
    <thead><tr>
      <th scope="col">Сдать</th><th scope="col">Класс</th><th scope="col">Задание</th>
      <th scope="col" class="number">Сдали</th><th scope="col" class="number">Ждут ответа</th>
    </tr></thead>
    <tbody><xsl:apply-templates select="homework" mode="set"/></tbody>
  </table>
</xsl:template>
<xsl:template match="page/handins[@view = 'list'][not(homework)]" priority="1">
  <p class="empty">Домашних заданий со сроком в эти недели нет. Их задают на странице урока. <a href="{$base}/journals">Журналы</a></p>
</xsl:template>

<xsl:template match="homework" mode="set">
  <tr>
    <th scope="row"><a href="{$base}/handins/{@homework_id}"><xsl:apply-templates select="@due_on" mode="date"/></a></th>
    <td data-word="Класс"><xsl:value-of select="concat(@class_name, ', ', @subject_name)"/><xsl:if test="@is_personal">, личное</xsl:if></td>
    <td data-word="Задание"><xsl:apply-templates select="node()" mode="prose"/></td>
    <td class="number" data-word="сдали"><xsl:value-of select="@handed"/></td>
    <td class="number" data-word="ждут ответа">
      <xsl:if test="@unanswered"><span class="todo"><xsl:value-of select="@unanswered"/></span></xsl:if>
    </td>
  </tr>
</xsl:template>

<xsl:template match="page/handins[@view = 'show']">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Сохранено.</p></xsl:if>
  <xsl:apply-templates select="task|attached"/>
  <p class="hint">
    <xsl:text>Сдать </xsl:text><xsl:apply-templates select="@due_on" mode="date"/>
    <xsl:text>. Задано на </xsl:text><a href="{$base}/lessons/{@lesson_id}">уроке</a>
    <xsl:if test="@is_personal">, лично</xsl:if>
    <xsl:text>. </xsl:text>
    <xsl:if test="@is_mine"><a href="{$base}/handins/{@homework_id}/task">Файлы, время и сдача</a>. </xsl:if>
    <xsl:if test="@is_mine and not(@can_mark)">Отметки можно поставить с дня урока, к которому задано.</xsl:if>
  </p>
  <xsl:choose>
    <xsl:when test="not(pupil)"><p class="empty">В этот день в группе нет учеников, которым задано.</p></xsl:when>
    <xsl:when test="@is_mine">
      <form method="post" action="{$base}/handins/{@homework_id}">
        <xsl:call-template name="token"/>
        <xsl:apply-templates select="." mode="pupils"/>
        <p class="bar"><button class="main">Сохранить</button></p>
      </form>
    </xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="pupils"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="handins" mode="pupils">
  <table class="data people">
    <caption>
      <xsl:value-of select="concat('Сдали: ', count(pupil[@handed_on]), ' из ', count(pupil))"/>
    </caption>
    <thead><tr>
      <th scope="col">Ученик</th><th scope="col">Когда</th><th scope="col">Работа</th><th scope="col">Ответ</th><th scope="col">Отметка</th>
    </tr></thead>
    <tbody><xsl:apply-templates select="pupil"/></tbody>
  </table>
</xsl:template>

<xsl:template match="handins/pupil">
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td data-word="Когда"><xsl:apply-templates select="." mode="when"/></td>
    <td data-word="Работа">
      <xsl:if test="note"><p><xsl:apply-templates select="note/node()" mode="prose"/></p></xsl:if>
      <xsl:apply-templates select="file"/>
    </td>
    <td data-word="Ответ"><xsl:apply-templates select="self::*[@handed_on]" mode="answer"/></td>
    <td data-word="Отметка"><xsl:apply-templates select="." mode="mark"/></td>
  </tr>
</xsl:template>

<xsl:template match="pupil|handins|homework" mode="when"/>
<xsl:template match="*[@handed_on]" mode="when" priority="1">
  <xsl:apply-templates select="@handed_on" mode="day"/>
  <xsl:if test="@is_late"><xsl:text>, </xsl:text><span class="todo">позже срока</span></xsl:if>
</xsl:template>
<xsl:template match="*[@is_missing]" mode="when" priority="1"><span class="todo">не сдано</span></xsl:template>

<xsl:template match="file">
  <p><a href="{$base}/handins/{$task/@homework_id}/files/{@file_id}"><xsl:value-of select="@name"/></a></p>
</xsl:template>

<xsl:template match="pupil" mode="answer"><xsl:value-of select="@answer"/></xsl:template>
<xsl:template match="handins[@is_mine]/pupil" mode="answer">
  <xsl:call-template name="old-field">
    <xsl:with-param name="name" select="concat('answer.', @pupil_id)"/>
    <xsl:with-param name="value" select="@answer"/>
  </xsl:call-template>
  <textarea name="answer.{@pupil_id}" rows="2" maxlength="2000" aria-label="Ответ: {@name}">
    <xsl:call-template name="invalid"><xsl:with-param name="name" select="concat('answer.', @pupil_id)"/></xsl:call-template>
    <xsl:call-template name="typed">
      <xsl:with-param name="name" select="concat('answer.', @pupil_id)"/>
      <xsl:with-param name="value" select="@answer"/>
    </xsl:call-template>
  </textarea>
  <xsl:call-template name="field-error"><xsl:with-param name="name" select="concat('answer.', @pupil_id)"/></xsl:call-template>
</xsl:template>

<xsl:template match="pupil" mode="mark"><xsl:value-of select="@mark"/></xsl:template>
<xsl:template match="handins[@can_mark]/pupil" mode="mark">
  <xsl:call-template name="old-field">
    <xsl:with-param name="name" select="concat('mark.', @pupil_id)"/>
    <xsl:with-param name="value" select="@mark"/>
  </xsl:call-template>
  <input type="text" name="mark.{@pupil_id}" size="4" maxlength="40" autocomplete="off" aria-label="Отметка: {@name}">
    <xsl:attribute name="value">
      <xsl:call-template name="typed">
        <xsl:with-param name="name" select="concat('mark.', @pupil_id)"/>
        <xsl:with-param name="value" select="@mark"/>
      </xsl:call-template>
    </xsl:attribute>
    <xsl:call-template name="invalid"><xsl:with-param name="name" select="concat('mark.', @pupil_id)"/></xsl:call-template>
  </input>
  <xsl:call-template name="field-error"><xsl:with-param name="name" select="concat('mark.', @pupil_id)"/></xsl:call-template>
</xsl:template>

<xsl:key name="pupil" match="/page/handins/pupil" use="@pupil_id"/>
<xsl:template match="error[starts-with(@field, 'answer.')]" mode="field-name">Ответ, <xsl:value-of select="key('pupil', substring(@field, 8))/@name"/></xsl:template>
<xsl:template match="error[starts-with(@field, 'mark.')]" mode="field-name">Отметка, <xsl:value-of select="key('pupil', substring(@field, 6))/@name"/></xsl:template>

<!-- .............................................................. the family -->

<xsl:template match="page/handins[@view = 'hand']">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Работа сдана. Учитель увидит её в своём списке.</p></xsl:if>
  <xsl:apply-templates select="task|attached"/>
  <p class="hint">Сдать <xsl:apply-templates select="@due_on" mode="date"/></p>
  <xsl:apply-templates select="." mode="asks"/>
  <dl>
    <xsl:if test="@handed_on"><dt>Сдано</dt><dd><xsl:apply-templates select="." mode="when"/></dd></xsl:if>
    <xsl:if test="@answer"><dt>Ответ учителя</dt><dd><xsl:value-of select="@answer"/></dd></xsl:if>
    <xsl:if test="@mark"><dt>Отметка</dt><dd><xsl:value-of select="@mark"/></dd></xsl:if>
  </dl>
  <xsl:choose>
    <xsl:when test="@is_mine"><xsl:apply-templates select="." mode="form"/></xsl:when>
    <xsl:when test="@handed_on"><p><xsl:value-of select="@note"/></p><xsl:apply-templates select="file"/></xsl:when>
    <xsl:otherwise><p class="empty">Работа не сдана.</p></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="handins" mode="form">
  <form class="card" method="post" enctype="multipart/form-data" action="{$base}{/page/@path}">
    <xsl:call-template name="token"/>
    <xsl:call-template name="old-field">
      <xsl:with-param name="name" select="'note'"/>
      <xsl:with-param name="value" select="@note"/>
    </xsl:call-template>
    <p class="row">
      <label>
        <span class="label">Ответ</span>
        <textarea name="note" rows="6" maxlength="4000">
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'note'"/></xsl:call-template>
          <xsl:call-template name="typed">
            <xsl:with-param name="name" select="'note'"/>
            <xsl:with-param name="value" select="@note"/>
          </xsl:call-template>
        </textarea>
      </label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'note'"/></xsl:call-template>
    </p>
    <xsl:if test="file">
      <fieldset>
        <legend class="label">Приложено</legend>
        <xsl:apply-templates select="file" mode="own"/>
      </fieldset>
    </xsl:if>
    <xsl:call-template name="new-files"/>
    <p class="hint">Снимки, PDF, документы; вместе до 10 МБ за один раз, всего до 10 файлов. Их увидят учитель, классный руководитель и семья.</p>
    <p class="bar"><button class="main">Сдать</button></p>
  </form>
</xsl:template>

<xsl:template match="file" mode="own">
  <p class="row">
    <a href="{$base}/handins/{$task/@homework_id}/files/{@file_id}"><xsl:value-of select="@name"/></a>
    <label class="check"><input type="checkbox" name="gone" value="{@file_id}"/><span>убрать</span></label>
  </p>
</xsl:template>

<xsl:template match="error[@field = 'note']" mode="field-name">Ответ</xsl:template>
<xsl:template match="page[handins]/errors/error[@code = 'JE101'][@field = 'note']" mode="words">Напишите ответ или приложите файл.</xsl:template>
<xsl:template match="page[handins]/errors/error[@code = 'JE107'][@field = 'file1']" mode="words">К одной работе можно приложить не больше 10 файлов.</xsl:template>

</xsl:stylesheet>
