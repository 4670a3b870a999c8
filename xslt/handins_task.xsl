<?xml version="1.0" encoding="UTF-8"?>
<!-- handins_task.xsl: what a homework asks for: its files, minutes, and whether it is handed in here.
     in   handins[@view = 'task'] with homework_id lesson_id class_name subject_name due_on minutes? is_online?
            is_personal? is_mine? done? /task, attached[file_id name size], load[subjects names minutes? norm?]
     out  the form of the teacher; mode attached: the files, as links; mode load: what is set for the same
          day, with a warning above the norm; mode asks: minutes and handing in, in words
     see  handins.xsl, lesson.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:template match="page/handins[@view = 'task']" mode="title" priority="1">
  <xsl:value-of select="concat('Домашнее задание: ', @subject_name, ', ', @class_name)"/>
</xsl:template>
<xsl:template match="page/handins[@view = 'task']" mode="actions" priority="1">
  <div class="actions">
    <a href="{$base}/lessons/{@lesson_id}">Урок</a>
    <a href="{$base}/handins/{@homework_id}">Сданные работы</a>
  </div>
</xsl:template>

<xsl:template match="page/handins[@view = 'task']" priority="1">
  <xsl:if test="@done and not($is-refused)"><p class="notice" role="status">Сохранено.</p></xsl:if>
  <xsl:apply-templates select="task"/>
  <p class="hint">Сдать <xsl:apply-templates select="@due_on" mode="date"/><xsl:if test="@is_personal">, лично</xsl:if></p>
  <xsl:apply-templates select="load"/>
  <xsl:choose>
    <xsl:when test="@is_mine"><xsl:apply-templates select="." mode="task-form"/></xsl:when>
    <xsl:otherwise>
      <xsl:apply-templates select="." mode="asks"/>
      <xsl:apply-templates select="attached"/>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="handins/task"><p><xsl:apply-templates select="node()" mode="prose"/></p></xsl:template>

<xsl:template match="handins/attached">
  <p><a href="{$base}/handins/{$task/@homework_id}/files/{@file_id}"><xsl:value-of select="@name"/></a></p>
</xsl:template>

<xsl:template match="*" mode="asks"/>
<xsl:template match="*[@minutes or @is_online]" mode="asks">
  <p class="hint">
    <xsl:if test="@minutes">Рассчитано на <xsl:apply-templates select="@minutes" mode="duration"/>. </xsl:if>
    <xsl:if test="@is_online">Работу нужно сдать через журнал.</xsl:if>
  </p>
</xsl:template>

<!-- ................................................................. the form -->

<xsl:template match="handins" mode="task-form">
  <form class="card" method="post" enctype="multipart/form-data" action="{$base}{/page/@path}">
    <xsl:call-template name="token"/>
    <p class="row">
      <xsl:call-template name="old-field">
        <xsl:with-param name="name" select="'minutes'"/>
        <xsl:with-param name="value" select="@minutes"/>
      </xsl:call-template>
      <label>
        <span class="label">Сколько минут займёт</span>
        <input type="text" inputmode="numeric" name="minutes" size="4" maxlength="3" autocomplete="off">
          <xsl:attribute name="value">
            <xsl:call-template name="typed">
              <xsl:with-param name="name" select="'minutes'"/>
              <xsl:with-param name="value" select="@minutes"/>
            </xsl:call-template>
          </xsl:attribute>
          <xsl:call-template name="invalid"><xsl:with-param name="name" select="'minutes'"/></xsl:call-template>
        </input>
      </label>
      <xsl:call-template name="field-error"><xsl:with-param name="name" select="'minutes'"/></xsl:call-template>
    </p>
    <xsl:call-template name="old-field">
      <xsl:with-param name="name" select="'is_online'"/>
      <xsl:with-param name="value" select="@is_online"/>
    </xsl:call-template>
    <p class="row">
      <label class="check">
        <input type="checkbox" name="is_online" value="1">
          <xsl:call-template name="checked">
            <xsl:with-param name="name" select="'is_online'"/>
            <xsl:with-param name="value" select="@is_online"/>
          </xsl:call-template>
        </input>
        <span>Сдать через журнал: видно, кто не сдал</span>
      </label>
    </p>
    <xsl:if test="attached">
      <fieldset>
        <legend class="label">Файлы к заданию</legend>
        <xsl:apply-templates select="attached" mode="own"/>
      </fieldset>
    </xsl:if>
    <xsl:call-template name="new-files"/>
    <p class="hint">
      <xsl:text>Файлы: вместе до 10 МБ за один раз, всего до 10. Их откроют </xsl:text>
      <xsl:choose>
        <xsl:when test="@is_personal">ученики, которым задано, и их родители.</xsl:when>
        <xsl:otherwise>ученики этого класса или группы и их родители.</xsl:otherwise>
      </xsl:choose>
    </p>
    <p class="bar"><button class="main">Сохранить</button></p>
  </form>
</xsl:template>

<xsl:template match="handins/attached" mode="own">
  <p class="row">
    <a href="{$base}/handins/{$task/@homework_id}/files/{@file_id}"><xsl:value-of select="@name"/></a>
    <label class="check"><input type="checkbox" name="gone" value="{@file_id}"/><span>убрать</span></label>
  </p>
</xsl:template>

<xsl:template match="error[@field = 'minutes']" mode="field-name">Сколько минут займёт</xsl:template>
<xsl:template match="page[handins]/errors/error[@code = 'JE102'][@field = 'minutes']" mode="words">Напишите целое число минут, от 1 до 300.</xsl:template>
<xsl:template match="page[handins[@view = 'task']]/errors/error[@code = 'JE107'][@field = 'file1']" mode="words" priority="1">К одному заданию можно приложить не больше 10 файлов.</xsl:template>

</xsl:stylesheet>
