<?xml version="1.0" encoding="UTF-8"?>
<!-- finals.xsl: the term marks of a journal with what they are given on.
     in   finals[journal_id class_name subject_name term_name term_kind staff_name? can_write? is_closed? is_unmarked?
                 due_on? is_late? round_from_pct]
            /under[term_id name short_name]…, term_value[value name]…
            /pupil[pupil_id name left_on? mean? arithmetic? weight? marks? missed? needed? lacking? is_unfounded?
                   proposed? is_borderline? value? note? given_on? is_late?]
              /mark (one for each under), outside[number given_on document term_name?]
     out  a form of parallel fields pupil_id, old, value, old_note, note; without can_write a table
     see  form.xsl; static/js/term.js accepts the proposed marks -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>

<xsl:variable name="finals" select="/page/finals"/>
<xsl:variable name="values" select="$finals/term_value"/>
<xsl:variable name="can-write" select="boolean($finals/@can_write)"/>
<xsl:variable name="is-marked" select="not($finals/@is_unmarked)"/>
<xsl:variable name="is-taught" select="$is-marked and not($finals/@term_kind = 'year' or $finals/@term_kind = 'exam' or $finals/@term_kind = 'final')"/>
<xsl:variable name="is-based" select="$is-marked and $finals/@term_kind != 'exam'"/>

<xsl:template match="page/finals" mode="title">
  <xsl:value-of select="concat('Итоговые отметки · ', @subject_name, ', ', @class_name, ' · ', @term_name)"/>
</xsl:template>
<xsl:template match="page/finals" mode="actions">
  <div class="actions"><a href="{$base}/journals/{@journal_id}">Журнал</a><xsl:call-template name="as-tables"/></div>
</xsl:template>
<xsl:template match="page/finals" mode="crumbs"><xsl:apply-templates select="." mode="journal-crumbs"/></xsl:template>

<xsl:template match="page/finals">
  <xsl:apply-templates select="self::*[@is_closed]" mode="closed"/>
  <xsl:apply-templates select="@due_on[not(../@is_closed)]"/>
  <xsl:apply-templates select="." mode="rule"/>
  <xsl:choose>
    <xsl:when test="$can-write">
      <form method="post" action="{$base}/journals/{@journal_id}/finals" data-ej-term="">
        <xsl:call-template name="token"/>
        <xsl:apply-templates select="." mode="table"/>
        <p class="savebar">
          <button class="main">Сохранить</button>
          <xsl:if test="pupil/@proposed"><button type="button" data-ej-propose="" hidden="hidden">Поставить все предложенные</button></xsl:if>
          <a href="{$base}/journals/{@journal_id}">К журналу</a>
        </p>
      </form>
    </xsl:when>
    <xsl:otherwise><xsl:apply-templates select="." mode="table"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="page/finals[not(pupil)]" priority="1">
  <p class="empty">В этой группе пока нет учеников. Их зачисляет в класс администратор или завуч.</p>
</xsl:template>

<xsl:template match="finals" mode="closed"><p class="notice">Период закрыт: отметки можно только смотреть.</p></xsl:template>
<xsl:template match="finals/@due_on">
  <p class="hint">Отметки выставляют не позднее <xsl:apply-templates select="." mode="date"/>.<xsl:if test="../@is_late and $can-write"> Срок прошёл: новые отметки будут помечены как поставленные с опозданием.</xsl:if></p>
</xsl:template>

<!-- How the proposal is made, in words. -->
<xsl:template match="finals" mode="rule"/>
<xsl:template match="finals[@is_unmarked]" mode="rule" priority="1">
  <p class="hint">В этом классе отметок не ставят: успехи ученика описывают словами. Их видят родители.</p>
</xsl:template>
<xsl:template match="finals[@term_kind = 'year']" mode="rule"><p class="hint">За год предлагается среднее отметок за периоды.</p></xsl:template>
<xsl:template match="finals[@term_kind = 'final']" mode="rule">
  <p class="hint">В итоге предлагается среднее отметок за год и экзамен, в 11 классе — всех полугодовых и годовых отметок 10 и 11 классов.</p>
</xsl:template>
<xsl:template match="finals[@term_kind = 'quarter' or @term_kind = 'half' or @term_kind = 'trimester']" mode="rule">
  <p class="hint">Предлагается средний взвешенный балл, округлённый вверх от <xsl:value-of select="concat('0,', @round_from_pct)"/>. Если отметок мало или нет обязательной работы, предлагается «н/а»; поставить отметку можно, указав основание.</p>
</xsl:template>

<xsl:variable name="note-word"><xsl:choose><xsl:when test="$is-marked">основание</xsl:when><xsl:otherwise>словами</xsl:otherwise></xsl:choose></xsl:variable>

<xsl:template match="finals" mode="table">
  <div class="wide">
  <table class="data termform">
    <caption class="sr">Итоговые отметки</caption>
    <thead>
      <tr>
        <th scope="col">Ученик</th>
        <xsl:if test="$is-marked">
          <xsl:for-each select="under"><th scope="col" title="{@name}"><xsl:value-of select="@short_name"/></th></xsl:for-each>
        </xsl:if>
        <xsl:if test="$is-based"><th scope="col">Средний балл</th></xsl:if>
        <xsl:if test="$is-taught"><th scope="col">Отметок</th><th scope="col">Пропущено</th></xsl:if>
        <xsl:if test="$is-based"><th scope="col">Предлагается</th></xsl:if>
        <xsl:if test="$is-marked"><th scope="col">Итог</th></xsl:if>
        <th scope="col"><xsl:value-of select="concat(translate(substring($note-word, 1, 1), 'ос', 'ОС'), substring($note-word, 2))"/></th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="pupil"/></tbody>
  </table>
  </div>
</xsl:template>

<!-- After a refusal a row shows what was typed for its pupil. The old values are those first
     shown, or the record's present ones if a conflict has shown them. -->
<xsl:key name="typed-row" match="/page/form/row" use="field[@name = 'pupil_id']"/>

<xsl:template match="finals/pupil">
  <xsl:variable name="row" select="key('typed-row', @pupil_id[$is-refused])[1]"/>
  <tr>
    <th scope="row"><xsl:value-of select="@name"/>
      <xsl:if test="@left_on"><xsl:text> </xsl:text><small>до <xsl:apply-templates select="@left_on" mode="day"/></small></xsl:if>
      <xsl:for-each select="outside"><xsl:text> </xsl:text><small>из другой школы<xsl:if test="@term_name">, <xsl:value-of select="@term_name"/></xsl:if>: <xsl:value-of select="@number"/> (<xsl:apply-templates select="@given_on" mode="day"/>, <xsl:value-of select="@document"/>)</small></xsl:for-each>
    </th>
    <xsl:if test="$is-marked"><xsl:for-each select="mark"><td><xsl:value-of select="."/></td></xsl:for-each></xsl:if>
    <xsl:if test="$is-based"><xsl:apply-templates select="." mode="mean"/></xsl:if>
    <xsl:if test="$is-taught"><xsl:apply-templates select="." mode="counts"/></xsl:if>
    <xsl:if test="$is-based"><td class="proposed" data-word="предлагается"><xsl:value-of select="@proposed"/></td></xsl:if>
    <xsl:choose>
      <xsl:when test="$can-write">
        <xsl:apply-templates select="." mode="fields"><xsl:with-param name="row" select="$row"/></xsl:apply-templates>
      </xsl:when>
      <xsl:otherwise>
        <xsl:if test="$is-marked"><td data-word="итог"><xsl:value-of select="@value"/><xsl:apply-templates select="@is_late"/></td></xsl:if>
        <td data-word="{$note-word}"><xsl:value-of select="@note"/></td>
      </xsl:otherwise>
    </xsl:choose>
  </tr>
</xsl:template>

<!-- The mean and its arithmetic: «(5×2 + 4 + 3) : 4 = 4,25». -->
<xsl:template match="pupil" mode="mean">
  <td>
    <xsl:if test="@mean"><xsl:attribute name="data-word">ср.</xsl:attribute></xsl:if>
    <xsl:if test="@is_borderline"><xsl:attribute name="class">edge</xsl:attribute></xsl:if>
    <b><xsl:apply-templates select="@mean" mode="number"/></b>
    <xsl:if test="@is_borderline"><xsl:text> </xsl:text><small>на границе</small></xsl:if>
    <xsl:if test="@arithmetic"><xsl:text> </xsl:text><small class="soft">(<xsl:value-of select="@arithmetic"/>) : <xsl:value-of select="translate(@weight, '.', ',')"/></small></xsl:if>
  </td>
</xsl:template>

<xsl:template match="pupil" mode="counts">
  <td data-word="отметок">
    <xsl:if test="@is_unfounded"><xsl:attribute name="class">edge</xsl:attribute></xsl:if>
    <xsl:value-of select="@marks"/>
    <xsl:if test="@marks &lt; @needed"><xsl:text> </xsl:text><small>мало, нужно <xsl:value-of select="@needed"/></small></xsl:if>
    <xsl:if test="@lacking"><xsl:text> </xsl:text><small>нет: <xsl:value-of select="@lacking"/></small></xsl:if>
  </td>
  <td data-word="пропущено"><xsl:value-of select="@missed"/></td>
</xsl:template>

<xsl:template match="pupil/@is_late"><xsl:text> </xsl:text><small>с опозданием, <xsl:apply-templates select="../@given_on" mode="day"/></small></xsl:template>

<xsl:template match="pupil" mode="fields">
  <xsl:param name="row"/>
  <xsl:variable name="typed" select="$row/field[@name = 'value']"/>
  <xsl:variable name="typed-note" select="$row/field[@name = 'note']"/>
  <xsl:variable name="old" select="$row[not(@code = 'JE210')]/field[@name = 'old']"/>
  <xsl:variable name="old-note" select="$row[not(@code = 'JE210')]/field[@name = 'old_note']"/>
  <xsl:if test="$is-marked">
    <td>
      <select name="value" aria-label="Итоговая отметка: {@name}" data-proposed="{@proposed}">
        <option value="">—</option>
        <xsl:apply-templates select="$values" mode="option">
          <xsl:with-param name="value" select="string(($typed | @value[not($typed)])[1])"/>
        </xsl:apply-templates>
      </select>
      <xsl:apply-templates select="@is_late"/>
    </td>
  </xsl:if>
  <td data-word="{$note-word}">
    <xsl:if test="not($is-marked)"><input type="hidden" name="value" value=""/></xsl:if>
    <input type="hidden" name="pupil_id" value="{@pupil_id}"/>
    <input type="hidden" name="old" value="{($old | @value[not($old)])[1]}"/>
    <input type="hidden" name="old_note" value="{($old-note | @note[not($old-note)])[1]}"/>
    <input type="text" name="note" maxlength="500" autocomplete="off" aria-label="Основание или слова: {@name}"
           value="{($typed-note | @note[not($typed-note)])[1]}"/>
  </td>
</xsl:template>

<xsl:template match="term_value" mode="option">
  <xsl:param name="value"/>
  <option value="{@value}">
    <xsl:if test="@value = $value"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
    <xsl:value-of select="@value"/>
  </option>
</xsl:template>

<!-- An error of a refused save names the number of its row; the summary shows the pupil's name. -->
<xsl:key name="pupil" match="finals/pupil" use="@pupil_id"/>
<xsl:template match="page[finals]/errors/error[@n]" mode="place">
  <xsl:variable name="pupil" select="key('pupil', key('row', @n)/field[@name = 'pupil_id'])"/>
  <b><xsl:value-of select="$pupil/@name"/><xsl:if test="not($pupil)">Ученик не из этого журнала</xsl:if></b>
  <xsl:if test="@field = 'note'">, основание</xsl:if>
  <xsl:text>: </xsl:text>
</xsl:template>

</xsl:stylesheet>
