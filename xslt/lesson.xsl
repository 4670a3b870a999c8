<?xml version="1.0" encoding="UTF-8"?>
<!-- lesson.xsl: the page of one lesson, for phones and the classroom PC.
     in   <lesson lesson_id … can_write? is_unmarked?> code…, scale_value…,
            kind…, next_lesson…, work…, homework…, load?, pupil/mark… (marks in the
            order of the works)
     out  one form: topic, homework and work beside the pupils' absences and
          marks. Fields: code.P, minutes.P, mark.W.P, comment.W.P[.A], each with
          a field old_… for its old value (P pupil, W work, A attempt)
     see  lesson_pupils.xsl (the rows), form.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>
<xsl:include href="lesson_before.xsl"/>
<xsl:include href="lesson_plan.xsl"/>
<xsl:include href="lesson_pupils.xsl"/>
<xsl:include href="lesson_personal.xsl"/>
<xsl:include href="lesson_saved.xsl"/>
<xsl:include href="lesson_task.xsl"/>

<xsl:template match="page/lesson" mode="title">
  <xsl:value-of select="concat(@subject_name, ', ', @class_name, ' · ', @date_name)"/>
</xsl:template>

<xsl:template match="page/lesson[@can_write]" mode="script">
  <script type="module" src="{$static}/lesson.js"></script>
</xsl:template>

<xsl:template match="page/lesson" mode="crumbs"><xsl:apply-templates select="." mode="journal-crumbs"/></xsl:template>

<xsl:template match="page/lesson" mode="actions">
  <div class="actions">
    <xsl:apply-templates select="@previous_lesson_id" mode="neighbour">
      <xsl:with-param name="word" select="'← Прошлый'"/>
    </xsl:apply-templates>
    <xsl:apply-templates select="@next_lesson_id" mode="neighbour">
      <xsl:with-param name="word" select="'Следующий'"/>
      <xsl:with-param name="arrow" select="'&#160;→'"/>
    </xsl:apply-templates>
    <a href="{$base}/lessons/{@lesson_id}/history">История</a>
    <xsl:if test="@may_ask"><a href="{$base}/lessons/{@lesson_id}/correction">Исправить по заявке</a></xsl:if>
    <xsl:if test="contains($opens, ' /substitutions ')"><a href="{$base}/lessons/{@lesson_id}/substitution">Замена или перенос</a></xsl:if>
    <xsl:if test="@can_write and pupil"><a class="narrow" href="#pupils">К ученикам</a></xsl:if>
  </div>
</xsl:template>

<xsl:template match="@*" mode="neighbour">
  <xsl:param name="word"/>
  <xsl:param name="arrow"/>
  <a href="{$base}/lessons/{.}"><xsl:value-of select="$word"/><span class="rest">&#160;урок</span><xsl:value-of select="$arrow"/></a>
</xsl:template>

<xsl:template match="lesson" mode="facts">
  <p class="facts">
    <xsl:value-of select="concat(@slot, '-й урок, ', @starts, '–', @ends)"/>
    <xsl:if test="string(@room)"> · <xsl:apply-templates select="@room" mode="room"/></xsl:if>
    <xsl:if test="@hours != 1"> · часов: <xsl:apply-templates select="@hours" mode="amount"/></xsl:if>
    <xsl:text> · </xsl:text>
    <xsl:value-of select="@staff_name"/>
    <xsl:if test="@planned_staff_name and @planned_staff_name != @staff_name"> (замена, по расписанию — <xsl:value-of select="@planned_staff_name"/>)</xsl:if>
    <xsl:if test="@joined_name"> · вместе с <xsl:value-of select="@joined_name"/></xsl:if>
    <xsl:if test="@moved_name"> · перенесён, был <xsl:value-of select="@moved_name"/></xsl:if>
  </p>
</xsl:template>

<!-- ............................................................. the form -->

<xsl:template match="page/lesson">
  <xsl:apply-templates select="." mode="facts"/>
  <form class="lesson-form" method="post" action="{$base}/lessons/{@lesson_id}" autocomplete="off" data-ej-lesson=""
        data-account="{/page/@account_id}">
    <xsl:apply-templates select="saved[1]" mode="operation"/>
    <xsl:call-template name="token"/>
    <input type="hidden" name="works">
      <xsl:attribute name="value"><xsl:apply-templates select="." mode="known-works"/></xsl:attribute>
    </input>
    <div class="what">
      <xsl:apply-templates select="." mode="before"/>
      <xsl:apply-templates select="." mode="topic"/>
      <xsl:if test="not(@is_unmarked)">
        <xsl:apply-templates select="." mode="homework"/>
        <xsl:apply-templates select="." mode="new-work"/>
      </xsl:if>
    </div>
    <div class="who" id="pupils">
      <xsl:apply-templates select="." mode="pupils"/>
    </div>
    <p class="savebar">
      <button class="main">Сохранить</button>
      <span data-ej-status="" role="status"><xsl:apply-templates select="." mode="saved"/></span>
    </p>
    <xsl:apply-templates select="." mode="script-words"/>
  </form>
</xsl:template>

<!-- The number of works that the person has seen; after the conflict that a colleague added one,
     with that one. -->
<xsl:template match="lesson" mode="known-works">
  <xsl:call-template name="typed">
    <xsl:with-param name="name" select="'works'"/>
    <xsl:with-param name="value" select="count(work[not(@is_ahead)])"/>
  </xsl:call-template>
</xsl:template>
<xsl:template match="lesson[/page/errors/error[@field = 'new_kind_id'][@code = 'JE210']]" mode="known-works">
  <xsl:value-of select="count(work[not(@is_ahead)])"/>
</xsl:template>

<xsl:template match="lesson" mode="topic">
  <section>
    <h2><label for="f-topic">Тема урока</label></h2>
    <xsl:call-template name="old-field">
      <xsl:with-param name="name" select="'topic'"/>
      <xsl:with-param name="value" select="@topic"/>
    </xsl:call-template>
    <textarea id="f-topic" name="topic" rows="2" maxlength="1000">
      <xsl:call-template name="invalid"><xsl:with-param name="name" select="'topic'"/></xsl:call-template>
      <xsl:call-template name="typed">
        <xsl:with-param name="name" select="'topic'"/>
        <xsl:with-param name="value" select="@topic"/>
      </xsl:call-template>
    </textarea>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'topic'"/></xsl:call-template>
    <xsl:apply-templates select="self::*[plan_row]" mode="plan"/>
  </section>
</xsl:template>

<!-- The homework for the whole class is edited here; personal homework is only shown. -->
<xsl:template match="lesson" mode="homework">
  <xsl:variable name="common" select="homework[not(@is_personal)][1]"/>
  <section>
    <h2><label for="f-homework_text">Домашнее задание</label></h2>
    <input type="hidden" name="homework_id" value="{$common/@homework_id}"/>
    <xsl:call-template name="old-field">
      <xsl:with-param name="name" select="'homework_text'"/>
      <xsl:with-param name="value" select="$common"/>
    </xsl:call-template>
    <textarea id="f-homework_text" name="homework_text" rows="3" maxlength="4000">
      <xsl:call-template name="invalid"><xsl:with-param name="name" select="'homework_text'"/></xsl:call-template>
      <xsl:call-template name="typed">
        <xsl:with-param name="name" select="'homework_text'"/>
        <xsl:with-param name="value" select="$common"/>
      </xsl:call-template>
    </textarea>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'homework_text'"/></xsl:call-template>
    <div class="pair">
      <xsl:apply-templates select="self::*[next_lesson]" mode="due">
        <xsl:with-param name="due" select="$common/@due_lesson_id"/>
      </xsl:apply-templates>
      <xsl:call-template name="old-field">
        <xsl:with-param name="name" select="'homework_none'"/>
        <xsl:with-param name="value" select="substring('1', 1, number(@homework = 'none'))"/>
      </xsl:call-template>
      <label class="check">
        <input type="checkbox" name="homework_none" value="1">
          <xsl:call-template name="checked">
            <xsl:with-param name="name" select="'homework_none'"/>
            <xsl:with-param name="value" select="@homework = 'none'"/>
          </xsl:call-template>
        </input>
        <span>Не задано</span>
      </label>
    </div>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'due_lesson_id'"/></xsl:call-template>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'homework_none'"/></xsl:call-template>
    <xsl:apply-templates select="$common" mode="task"/>
    <xsl:apply-templates select="load"/>
    <xsl:apply-templates select="." mode="personal"/>
  </section>
</xsl:template>

<xsl:template match="lesson" mode="due">
  <xsl:param name="due"/>
  <xsl:variable name="chosen">
    <xsl:call-template name="typed">
      <xsl:with-param name="name" select="'due_lesson_id'"/>
      <xsl:with-param name="value" select="$due"/>
    </xsl:call-template>
  </xsl:variable>
  <xsl:call-template name="old-field">
    <xsl:with-param name="name" select="'due_lesson_id'"/>
    <xsl:with-param name="value" select="$due"/>
  </xsl:call-template>
  <label>
    <span class="label">К уроку</span>
    <select name="due_lesson_id">
      <xsl:call-template name="invalid"><xsl:with-param name="name" select="'due_lesson_id'"/></xsl:call-template>
      <!-- a homework due on a day without a lesson stays so until a lesson is chosen -->
      <xsl:if test="homework[not(@is_personal)] and not(string($due))"><option value="">—</option></xsl:if>
      <xsl:apply-templates select="next_lesson" mode="option">
        <xsl:with-param name="value" select="string($chosen)"/>
      </xsl:apply-templates>
    </select>
  </label>
</xsl:template>

<xsl:template match="next_lesson" mode="option">
  <xsl:param name="value"/>
  <option value="{@lesson_id}">
    <xsl:if test="@lesson_id = $value"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
    <xsl:value-of select="@name"/>
  </option>
</xsl:template>

<xsl:template match="lesson" mode="new-work">
  <xsl:variable name="chosen">
    <xsl:call-template name="typed"><xsl:with-param name="name" select="'new_kind_id'"/></xsl:call-template>
  </xsl:variable>
  <section>
    <h2>Работы</h2>
    <xsl:apply-templates select="self::*[work]" mode="works"/>
    <details class="more">
      <xsl:if test="not(work) or string($chosen)"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
      <summary>Добавить работу</summary>
      <div class="pair">
        <label>
          <span class="label">Вид</span>
          <select name="new_kind_id">
            <xsl:call-template name="invalid"><xsl:with-param name="name" select="'new_kind_id'"/></xsl:call-template>
            <option value="">—</option>
            <xsl:apply-templates select="kind" mode="option">
              <xsl:with-param name="value" select="string($chosen)"/>
            </xsl:apply-templates>
          </select>
        </label>
        <label class="grow">
          <span class="label">Название</span>
          <input name="new_title" maxlength="200" autocomplete="off">
            <xsl:attribute name="value">
              <xsl:call-template name="typed"><xsl:with-param name="name" select="'new_title'"/></xsl:call-template>
            </xsl:attribute>
          </input>
        </label>
      </div>
      <p class="hint">Столбец для её отметок появится после сохранения.</p>
    </details>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="'new_kind_id'"/></xsl:call-template>
  </section>
</xsl:template>

<xsl:template match="lesson" mode="works">
  <ul class="works"><xsl:apply-templates select="work" mode="item"/></ul>
</xsl:template>

<xsl:template match="work" mode="item">
  <li>
    <xsl:apply-templates select="." mode="work-name"/>
    <span class="soft"><xsl:apply-templates select="@weight_pct" mode="weight"/></span>
  </li>
</xsl:template>

<xsl:template match="kind" mode="option">
  <xsl:param name="value"/>
  <option value="{@kind_id}">
    <xsl:if test="@kind_id = $value"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
    <xsl:value-of select="@name"/>
  </option>
</xsl:template>

<!-- ....................................................... only to be read -->

<xsl:template match="page/lesson[not(@can_write)]">
  <xsl:apply-templates select="." mode="facts"/>
  <xsl:if test="@is_locked"><p class="notice">Урок закрыт для записи: прошло больше дней, чем разрешает школа.</p></xsl:if>
  <xsl:if test="@is_closed"><p class="notice">Журнал за этот период закрыт: записи можно только смотреть.</p></xsl:if>
  <dl class="record">
    <xsl:if test="due">
      <dt><xsl:apply-templates select="." mode="due-word"/></dt>
      <dd><xsl:apply-templates select="due"/></dd>
    </xsl:if>
    <dt>Тема</dt>
    <dd><xsl:value-of select="@topic"/><xsl:if test="not(string(@topic))"><span class="todo">не записана</span></xsl:if></dd>
    <xsl:if test="not(@is_unmarked)">
      <dt>Домашнее задание</dt>
      <dd>
        <xsl:apply-templates select="homework" mode="record"/>
        <xsl:if test="@homework = 'none'">не задано</xsl:if>
        <xsl:if test="not(@homework) and not(homework)"><span class="todo">не записано</span></xsl:if>
      </dd>
    </xsl:if>
  </dl>
  <xsl:apply-templates select="." mode="record"/>
</xsl:template>

<xsl:template match="homework" mode="record">
  <p><xsl:apply-templates select="." mode="prose"/></p>
  <xsl:apply-templates select="." mode="task"/>
</xsl:template>

</xsl:stylesheet>
