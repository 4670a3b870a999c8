<?xml version="1.0" encoding="UTF-8"?>
<!-- lesson_pupils.xsl: the lesson's pupils, one row each. On a phone a row is shown as a card:
     the name, the letters to tap, the marks.
     in   lesson/pupil[pupil_id name code minutes]/mark[work_id comment]
     out  table.data.pupils with fields, or (mode record) with texts. Empty old
          values are left out. A field is labelled by reference to the heads of its
          row (p…) and column (w…), a tenth of the bytes of a label in words
     see  lesson.xsl, which includes this -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:key name="work" match="lesson/work" use="@work_id"/>
<!-- A mark finds its retakes by a key; looking among its siblings would visit them all. -->
<xsl:key name="retake" match="lesson/pupil/retake" use="concat(../@pupil_id, '.', @work_id)"/>
<!-- Found once for all rows: a row that looks for codes among its siblings visits every other row. -->
<xsl:variable name="codes" select="/page/lesson/code"/>
<xsl:variable name="works" select="/page/lesson/work"/>
<xsl:variable name="several" select="boolean($works[2])"/>

<xsl:template match="lesson" mode="pupils">
  <p class="roll">
    <xsl:call-template name="old-field">
      <xsl:with-param name="name" select="'attendance_done'"/>
      <xsl:with-param name="value" select="substring('1', 1, number(boolean(@attendance_at)))"/>
    </xsl:call-template>
    <label class="check">
      <input type="checkbox" name="attendance_done" value="1">
        <xsl:call-template name="checked">
          <xsl:with-param name="name" select="'attendance_done'"/>
          <xsl:with-param name="value" select="@attendance_at"/>
        </xsl:call-template>
      </input>
      <span>Отсутствующие отмечены</span>
    </label>
    <xsl:apply-templates select="." mode="asked"/>
    <xsl:apply-templates select="self::*[not(@is_unmarked)][scale_value]" mode="marks"/>
  </p>
  <xsl:apply-templates select="." mode="absent"/>
  <xsl:apply-templates select="known[1]"/>
  <p class="soft letters"><xsl:apply-templates select="code" mode="letter"/></p>
  <table class="data pupils" data-ej-pupils="">
    <xsl:attribute name="data-scale"><xsl:apply-templates select="scale_value[not(../@is_unmarked)]" mode="data"/></xsl:attribute>
    <xsl:attribute name="data-codes"><xsl:apply-templates select="code" mode="data"/></xsl:attribute>
    <xsl:attribute name="data-missed"><xsl:apply-templates select="code[@counts_missed]" mode="missed"/></xsl:attribute>
    <caption class="sr">Присутствие и отметки</caption>
    <thead>
      <tr>
        <th scope="col">Ученик</th>
        <th scope="col">Присутствие</th>
        <xsl:apply-templates select="work" mode="column"/>
        <xsl:if test="work and not(@is_unmarked)"><th scope="col" id="c">Комментарий</th></xsl:if>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="pupil"/></tbody>
  </table>
</xsl:template>

<!-- Absences and marks cannot be recorded before the day of the lesson (JE204). -->
<xsl:template match="lesson[@is_ahead]" mode="pupils" priority="1">
  <p class="empty">Урок ещё впереди: отсутствующих и отметки можно будет записать в его день. Тему и задание — уже сейчас.</p>
</xsl:template>

<xsl:template match="lesson[not(pupil)]" mode="pupils">
  <p class="empty">В этот день в группе нет учеников.</p>
</xsl:template>

<xsl:template match="work" mode="column">
  <xsl:variable name="name"><xsl:apply-templates select="." mode="work-name"/></xsl:variable>
  <th scope="col" id="w{position()}" title="{$name}" aria-label="{$name}"><xsl:value-of select="@short_name"/></th>
</xsl:template>

<!-- The meaning of the letters, «н — не был, б — болезнь», also for those who cannot hover. -->
<xsl:template match="code" mode="letter">
  <xsl:if test="position() != 1">, </xsl:if>
  <span id="a{position()}"><b><xsl:value-of select="@code"/></b><xsl:value-of select="concat(' — ', @name)"/></span>
</xsl:template>
<xsl:template match="lesson" mode="marks">
  <span class="soft">Отметки: <xsl:apply-templates select="scale_value" mode="data"/>, пересдача — 2/4</span>
</xsl:template>

<xsl:template match="scale_value" mode="data">
  <xsl:if test="position() != 1"><xsl:text> </xsl:text></xsl:if>
  <xsl:value-of select="@value"/>
</xsl:template>
<xsl:template match="code" mode="data">
  <xsl:if test="position() != 1"><xsl:text> </xsl:text></xsl:if>
  <xsl:value-of select="concat(@code, ':', @latin)"/>
</xsl:template>
<xsl:template match="code" mode="missed">
  <xsl:if test="position() != 1"><xsl:text> </xsl:text></xsl:if>
  <xsl:value-of select="@code"/>
</xsl:template>

<xsl:template match="lesson/pupil">
  <tr data-p="{@pupil_id}">
    <th scope="row" id="p{@pupil_id}"><xsl:value-of select="@name"/></th>
    <td><xsl:apply-templates select="." mode="attendance"/></td>
    <xsl:apply-templates select="mark"/>
    <xsl:if test="@is_unmarked"><td class="soft" colspan="{count($works) + 1}">без отметок</td></xsl:if>
    <xsl:if test="mark"><td class="notes"><xsl:apply-templates select="." mode="notes"/></td></xsl:if>
  </tr>
</xsl:template>

<!-- The first grade has no marks and so no columns for them. -->
<xsl:template match="lesson[@is_unmarked]/work" mode="column"/>

<!-- ......................................................... attendance -->

<xsl:template match="pupil" mode="attendance">
  <xsl:variable name="name" select="concat('code.', @pupil_id)"/>
  <xsl:variable name="code">
    <xsl:call-template name="typed">
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="value" select="@code"/>
    </xsl:call-template>
  </xsl:variable>
  <fieldset class="pills" aria-labelledby="p{@pupil_id}">
    <xsl:call-template name="invalid"><xsl:with-param name="name" select="$name"/></xsl:call-template>
    <xsl:call-template name="old-field">
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="value" select="@code"/>
      <xsl:with-param name="is-lean" select="true()"/>
    </xsl:call-template>
    <input type="radio" name="{$name}" value="" aria-label="есть">
      <xsl:if test="not(string($code))"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
    </input>
    <xsl:apply-templates select="$codes" mode="pill">
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="code" select="string($code)"/>
    </xsl:apply-templates>
    <xsl:if test="$codes[@code = 'о']"><xsl:apply-templates select="." mode="minutes"/></xsl:if>
  </fieldset>
  <xsl:call-template name="field-error"><xsl:with-param name="name" select="$name"/></xsl:call-template>
</xsl:template>

<xsl:template match="code" mode="pill">
  <xsl:param name="name"/>
  <xsl:param name="code"/>
  <input type="radio" name="{$name}" value="{@code}" aria-labelledby="a{position()}">
    <xsl:if test="@code = $code"><xsl:attribute name="checked">checked</xsl:attribute></xsl:if>
  </input>
</xsl:template>

<!-- The minutes of lateness («о»); the style sheet hides them for other letters. -->
<xsl:template match="pupil" mode="minutes">
  <xsl:variable name="name" select="concat('minutes.', @pupil_id)"/>
  <xsl:call-template name="old-field">
    <xsl:with-param name="name" select="$name"/>
    <xsl:with-param name="value" select="@minutes"/>
    <xsl:with-param name="is-lean" select="true()"/>
  </xsl:call-template>
  <input type="number" name="{$name}" placeholder="мин">
    <xsl:call-template name="invalid"><xsl:with-param name="name" select="$name"/></xsl:call-template>
    <xsl:call-template name="typed-value">
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="value" select="@minutes"/>
    </xsl:call-template>
  </input>
  <xsl:call-template name="field-error"><xsl:with-param name="name" select="$name"/></xsl:call-template>
</xsl:template>

<!-- The value attribute: the typed value, else the record's; left out when empty. -->
<xsl:template name="typed-value">
  <xsl:param name="name"/>
  <xsl:param name="value"/>
  <xsl:variable name="typed">
    <xsl:call-template name="typed">
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="value" select="$value"/>
    </xsl:call-template>
  </xsl:variable>
  <xsl:if test="string($typed)"><xsl:attribute name="value"><xsl:value-of select="$typed"/></xsl:attribute></xsl:if>
</xsl:template>

<!-- .............................................................. marks -->

<!-- A mark of the scale, or with a retake as 2/4, as in the grid. -->
<xsl:template match="lesson/pupil/mark">
  <xsl:variable name="name" select="concat('mark.', @work_id, '.', ../@pupil_id)"/>
  <td class="mark">
    <xsl:call-template name="old-field">
      <xsl:with-param name="name" select="$name"/>
      <xsl:with-param name="value" select="."/>
      <xsl:with-param name="is-lean" select="true()"/>
    </xsl:call-template>
    <input name="{$name}" placeholder="{concat(substring(key('work', @work_id)/@short_name, 1, 99 * $several), ' ')}"
           aria-labelledby="w{position()} p{../@pupil_id}">
      <xsl:call-template name="invalid"><xsl:with-param name="name" select="$name"/></xsl:call-template>
      <xsl:call-template name="typed-value">
        <xsl:with-param name="name" select="$name"/>
        <xsl:with-param name="value" select="."/>
      </xsl:call-template>
    </input>
    <xsl:call-template name="field-error"><xsl:with-param name="name" select="$name"/></xsl:call-template>
  </td>
</xsl:template>

<!-- The comments to the family on a pupil's marks, folded into one line. -->
<xsl:template match="pupil" mode="notes">
  <xsl:variable name="said"><xsl:apply-templates select="mark" mode="said"/></xsl:variable>
  <details>
    <xsl:if test="$is-refused and (mark|retake)[key('refused',
              concat('comment.', @work_id, '.', ../@pupil_id, substring('.', 1, count(@attempt)), @attempt))]">
      <xsl:attribute name="open">open</xsl:attribute>
    </xsl:if>
    <summary>
      <xsl:if test="string($said)"><xsl:attribute name="class">said</xsl:attribute></xsl:if>
      <xsl:value-of select="concat(substring($said, 1, string-length($said) - 2), substring('Пояснить', 1, 8 * not(string($said))))"/>
    </summary>
    <xsl:apply-templates select="mark" mode="note"/>
  </details>
  <!-- the history of the pupil's marks and absence in this lesson, if there is any -->
  <xsl:if test="@has_history">
    <a href="{$base}/journals/{../@journal_id}/columns/{../@lesson_id}/pupils/{@pupil_id}">история</a>
  </xsl:if>
</xsl:template>

<!-- The name of an attempt: «К/р»; if there are several, «К/р 2» and «К/р, пересдача 4». -->
<xsl:template match="mark" mode="attempt">
  <xsl:value-of select="key('work', @work_id)/@short_name"/>
  <xsl:if test="key('retake', concat(../@pupil_id, '.', @work_id)) and string(.)">
    <xsl:value-of select="concat(' ', substring-before(concat(., '/'), '/'))"/>
  </xsl:if>
</xsl:template>
<xsl:template match="retake" mode="attempt">
  <xsl:value-of select="concat(key('work', @work_id)/@short_name, ', пересдача ', @value)"/><xsl:if test="not(@value)">без отметки</xsl:if>
</xsl:template>

<!-- The comments as one text. If the lesson has several works or the mark several attempts, each
     is named: «К/р: Ошибка в знаке». -->
<xsl:template match="mark" mode="said">
  <xsl:apply-templates select=".|key('retake', concat(../@pupil_id, '.', @work_id))" mode="said-one"/>
</xsl:template>

<xsl:template match="mark|retake" mode="said-one">
  <xsl:param name="is-named" select="$several or key('retake', concat(../@pupil_id, '.', @work_id))"/>
  <xsl:variable name="typed">
    <xsl:call-template name="typed">
      <xsl:with-param name="name" select="concat('comment.', @work_id, '.', ../@pupil_id, substring('.', 1, count(@attempt)), @attempt)"/>
      <xsl:with-param name="value" select="@comment"/>
    </xsl:call-template>
  </xsl:variable>
  <xsl:if test="string($typed)">
    <xsl:if test="$is-named"><xsl:apply-templates select="." mode="attempt"/>: </xsl:if>
    <xsl:value-of select="concat($typed, '; ')"/>
  </xsl:if>
</xsl:template>

<xsl:template match="mark" mode="note">
  <xsl:apply-templates select=".|key('retake', concat(../@pupil_id, '.', @work_id))" mode="note-one">
    <xsl:with-param name="at" select="position()"/>
  </xsl:apply-templates>
</xsl:template>

<!-- The field of an attempt's comment. The name of the first attempt's field has no number. -->
<xsl:template match="mark|retake" mode="note-one">
  <xsl:param name="at"/>
  <xsl:variable name="name" select="concat('comment.', @work_id, '.', ../@pupil_id, substring('.', 1, count(@attempt)), @attempt)"/>
  <xsl:call-template name="old-field">
    <xsl:with-param name="name" select="$name"/>
    <xsl:with-param name="value" select="@comment"/>
    <xsl:with-param name="is-lean" select="true()"/>
  </xsl:call-template>
  <p>
    <xsl:if test="$several or key('retake', concat(../@pupil_id, '.', @work_id))">
      <span>
        <xsl:if test="key('retake', concat(../@pupil_id, '.', @work_id))">
          <xsl:attribute name="id">n-<xsl:value-of select="$name"/></xsl:attribute>
        </xsl:if>
        <xsl:apply-templates select="." mode="attempt"/>
      </span>
    </xsl:if>
    <input name="{$name}" aria-labelledby="c w{$at} p{../@pupil_id}">
      <xsl:if test="key('retake', concat(../@pupil_id, '.', @work_id))">
        <xsl:attribute name="aria-labelledby">
          <xsl:value-of select="concat('c n-', $name, ' p', ../@pupil_id)"/>
        </xsl:attribute>
      </xsl:if>
      <xsl:call-template name="typed-value">
        <xsl:with-param name="name" select="$name"/>
        <xsl:with-param name="value" select="@comment"/>
      </xsl:call-template>
    </input>
  </p>
</xsl:template>

<!-- ....................................................... only to be read -->

<xsl:template match="lesson" mode="record">
  <table class="data pupils">
    <caption class="sr">Присутствие и отметки</caption>
    <thead><tr><th scope="col">Ученик</th><th scope="col">Присутствие</th><xsl:apply-templates select="work" mode="column"/></tr></thead>
    <tbody><xsl:apply-templates select="pupil" mode="record"/></tbody>
  </table>
</xsl:template>
<xsl:template match="lesson[not(pupil)]" mode="record">
  <p class="empty">В этот день в группе нет учеников.</p>
</xsl:template>

<xsl:template match="pupil" mode="record">
  <tr>
    <th scope="row"><xsl:value-of select="@name"/></th>
    <td><xsl:value-of select="@code"/><xsl:if test="@minutes"> (<xsl:value-of select="@minutes"/> мин)</xsl:if></td>
    <xsl:apply-templates select="mark" mode="record"/>
    <xsl:if test="@is_unmarked"><td class="soft" colspan="{count($works)}">без отметок</td></xsl:if>
  </tr>
</xsl:template>

<xsl:template match="mark" mode="record">
  <td>
    <a href="{$base}/journals/{../../@journal_id}/columns/{@work_id}/pupils/{../@pupil_id}" title="История"
       aria-label="{concat(normalize-space(concat(., ' история: ')), ' ', ../@name)}">
      <xsl:value-of select="."/><xsl:if test="not(string(.))">·</xsl:if>
    </a>
    <xsl:variable name="said">
      <xsl:apply-templates select=".|key('retake', concat(../@pupil_id, '.', @work_id))" mode="said-one">
        <xsl:with-param name="is-named" select="key('retake', concat(../@pupil_id, '.', @work_id))"/>
      </xsl:apply-templates>
    </xsl:variable>
    <xsl:if test="string($said)">
      <xsl:text> </xsl:text>
      <small><xsl:value-of select="substring($said, 1, string-length($said) - 2)"/></small>
    </xsl:if>
  </td>
</xsl:template>

<!-- The names of fields in the summary of refused values. -->
<xsl:template match="error[@field = 'topic']" mode="field-name">Тема урока</xsl:template>
<xsl:template match="error[@field = 'homework_text']" mode="field-name">Домашнее задание</xsl:template>
<xsl:template match="error[@field = 'due_lesson_id']" mode="field-name">К уроку</xsl:template>
<xsl:template match="error[@field = 'homework_none']" mode="field-name">Домашнее задание</xsl:template>
<xsl:template match="error[@field = 'new_kind_id' or @field = 'new_title']" mode="field-name">Новая работа</xsl:template>

<xsl:key name="pupil" match="lesson/pupil" use="@pupil_id"/>
<xsl:template match="error[starts-with(@field, 'code.') or starts-with(@field, 'minutes.')]" mode="field-name">
  <xsl:apply-templates select="." mode="pupil-name">
    <xsl:with-param name="pupil" select="key('pupil', substring-after(@field, '.'))"/>
  </xsl:apply-templates>
</xsl:template>
<xsl:template match="error[starts-with(@field, 'mark.') or starts-with(@field, 'comment.')]" mode="field-name">
  <xsl:variable name="tail" select="substring-after(@field, '.')"/>
  <xsl:variable name="work" select="key('work', substring-before($tail, '.'))"/>
  <xsl:apply-templates select="." mode="pupil-name">
    <xsl:with-param name="pupil"
                    select="key('pupil', substring-before(concat(substring-after($tail, '.'), '.'), '.'))"/>
  </xsl:apply-templates>
  <xsl:if test="$work">, <xsl:value-of select="$work/@kind_name"/></xsl:if>
</xsl:template>
<xsl:template match="error" mode="pupil-name">
  <xsl:param name="pupil"/>
  <xsl:value-of select="$pupil/@name"/>
  <xsl:if test="not($pupil)">Ученик не из этой группы</xsl:if>
</xsl:template>

</xsl:stylesheet>
