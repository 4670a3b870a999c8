<?xml version="1.0" encoding="UTF-8"?>
<!-- timetable.xsl: the week of a class, a teacher, a room; the editor of the timetable.
     in   timetable[kind class_id? staff_id? room_id? name day_on day_name is_today? cycle
            is_mine? is_staff? school_name]
            /other[other_id name is_current?]…   among which another is chosen
            /slot…                               timetable_week.xsl
            /change[lesson_id day_name slot group_name subject_name staff_name? room_name? kind moved_name? moved_slot?]…
          timetable[@view = 'edit'] also with done? /load[teaching_id subject_name group_name
            staff_name? hours_week placed is_wrong? is_picked?]… /picked[timetable_id? teaching_id
            subject_name group_name staff_name? cycle at? place_id? is_before?]?
            /place[place_id name]…
          timetable[@view = 'lessons'] with from_name? till_name? added moved gone stuck done?
     out  the grid; in the editor a lesson is picked by a link and put into a cell by a button
     see  timetable_week.xsl, static/css/timetable.css, static/js/timetable.js -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="form.xsl"/>
<xsl:include href="timetable_week.xsl"/>

<xsl:variable name="timetable" select="/page/timetable"/>
<xsl:variable name="is-picking" select="boolean($timetable/picked)"/>
<xsl:variable name="is-edit" select="/page/@view = 'edit'"/>
<xsl:variable name="timetable-path">
  <xsl:value-of select="concat($base, '/timetable')"/>
  <xsl:if test="$is-edit">/edit</xsl:if>
</xsl:variable>
<!-- whose week it is, and the day, for the links -->
<xsl:variable name="whose">
  <xsl:for-each select="$timetable[@kind != 'school']">
    <xsl:value-of select="concat(@kind, '_id=', @class_id, @staff_id, @room_id)"/>
  </xsl:for-each>
  <xsl:if test="$timetable/@kind = 'school'">kind=school</xsl:if>
</xsl:variable>
<xsl:variable name="on">
  <xsl:if test="$is-edit or not($timetable/@is_today)">
    <xsl:value-of select="concat('&amp;day_on=', $timetable/@day_on)"/>
  </xsl:if>
</xsl:variable>

<xsl:template match="page/timetable" mode="title">Расписание: <xsl:apply-templates select="." mode="whose"/></xsl:template>
<xsl:template match="page[@view = 'edit']/timetable" mode="title">Изменить расписание: <xsl:apply-templates select="." mode="whose"/></xsl:template>
<xsl:template match="timetable" mode="whose"><xsl:value-of select="@name"/></xsl:template>
<xsl:template match="timetable[@kind = 'room']" mode="whose"><xsl:apply-templates select="@name" mode="room"/></xsl:template>

<xsl:template match="page/timetable" mode="actions">
  <form class="filter" method="get">
    <label><xsl:choose><xsl:when test="$is-edit">Изменения с </xsl:when><xsl:otherwise>На день </xsl:otherwise></xsl:choose>
      <input type="date" name="day_on" value="{@day_on}"/></label>
    <xsl:if test="@kind != 'school'"><input type="hidden" name="{@kind}_id" value="{concat(@class_id, @staff_id, @room_id)}"/></xsl:if>
    <xsl:if test="@kind = 'school'"><input type="hidden" name="kind" value="school"/></xsl:if>
    <button>Показать</button>
  </form>
  <div class="actions">
    <xsl:choose>
      <xsl:when test="$is-edit">
        <a href="{$base}/timetable?{$whose}{$on}">Готово</a>
        <a href="{$base}/timetable/lessons">Уроки по расписанию</a>
        <a href="{$base}/compose">Составить автоматически</a>
      </xsl:when>
      <xsl:otherwise>
        <xsl:if test="@is_mine and @kind != 'school'"><a href="{$base}/timetable/edit?{$whose}{$on}">Изменить</a></xsl:if>
        <xsl:choose>
          <xsl:when test="@kind = 'school'">
            <a href="?kind=school{$on}&amp;format=print">Печать на А4</a>
            <a href="?kind=school{$on}&amp;format=print&amp;paper=a3">на А3</a>
          </xsl:when>
          <xsl:otherwise><a href="?{$whose}{$on}&amp;format=print">Печать</a></xsl:otherwise>
        </xsl:choose>
        <xsl:choose>
          <xsl:when test="@class_id and @is_staff"><a href="{$base}/feeds?class_id={@class_id}">В календарь</a></xsl:when>
          <xsl:when test="@class_id or @staff_id"><a href="{$base}/feeds">В календарь</a></xsl:when>
        </xsl:choose>
      </xsl:otherwise>
    </xsl:choose>
  </div>
</xsl:template>

<xsl:template match="page/timetable">
  <xsl:apply-templates select="." mode="kinds"/>
  <xsl:apply-templates select="." mode="others"/>
  <p class="soft">
    <xsl:text>Расписание на </xsl:text><xsl:value-of select="@day_name"/>
    <xsl:text>, идёт </xsl:text><xsl:value-of select="@cycle"/><xsl:text>-я неделя.</xsl:text>
  </p>
  <xsl:choose>
    <xsl:when test="slot/cell/item"><xsl:apply-templates select="." mode="week"/></xsl:when>
    <xsl:otherwise>
      <p class="empty">На этот день расписания нет.<xsl:if test="@is_mine">
          <xsl:text> </xsl:text>
          <a href="{$base}/timetable/edit?{$whose}{$on}">Составить</a>
        </xsl:if></p>
    </xsl:otherwise>
  </xsl:choose>
  <xsl:apply-templates select="self::*[change]" mode="changes"/>
</xsl:template>

<!-- What is otherwise than the timetable in this week. -->
<xsl:template match="timetable" mode="changes">
  <h2>Изменения на этой неделе</h2>
  <ul class="plain"><xsl:apply-templates select="change"/></ul>
</xsl:template>
<xsl:template match="timetable/change">
  <li>
    <b><xsl:value-of select="concat(@day_name, ', ', @slot, '-й урок')"/></b>
    <xsl:value-of select="concat(': ', @group_name, ', ', @subject_name, ' — ')"/>
    <xsl:apply-templates select="." mode="what"/>
    <xsl:if test="@room_name and @kind != 'cancel'">, <xsl:apply-templates select="@room_name" mode="room"/></xsl:if>
  </li>
</xsl:template>
<xsl:template match="change" mode="what">замена: <xsl:value-of select="@staff_name"/></xsl:template>
<xsl:template match="change[@kind = 'join']" mode="what">вместе с другим уроком: <xsl:value-of select="@staff_name"/></xsl:template>
<xsl:template match="change[@kind = 'subject']" mode="what">вместо другого предмета: <xsl:value-of select="@staff_name"/></xsl:template>
<xsl:template match="change[@kind = 'cancel']" mode="what">урок отменён</xsl:template>
<xsl:template match="change[@kind = 'move']" mode="what">
  <xsl:value-of select="concat('урок перенесён: ', @moved_name, ', ', @moved_slot, '-й урок')"/>
</xsl:template>

<!-- The whole school: a column a class. -->
<xsl:template match="page/timetable[@kind = 'school']" priority="1">
  <xsl:apply-templates select="." mode="kinds"/>
  <xsl:choose>
    <xsl:when test="hour">
      <div class="wide">
        <table class="data school-week">
          <caption class="sr">Расписание школы</caption>
          <thead>
            <tr>
              <th scope="col">День</th>
              <th scope="col">Урок</th>
              <xsl:for-each select="class"><th scope="col"><xsl:value-of select="@name"/></th></xsl:for-each>
            </tr>
          </thead>
          <tbody>
            <xsl:for-each select="hour">
              <tr>
                <th scope="row"><xsl:value-of select="$weekday[position() = current()/@weekday]"/></th>
                <td><xsl:value-of select="@slot"/></td>
                <xsl:for-each select="c"><td><xsl:value-of select="."/></td></xsl:for-each>
              </tr>
            </xsl:for-each>
          </tbody>
        </table>
      </div>
    </xsl:when>
    <xsl:otherwise>
      <p class="empty">На этот день расписания нет.<xsl:if test="@is_mine">
          <xsl:text> </xsl:text>
          <a href="{$base}/timetable/edit">Составить</a>
        </xsl:if></p>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="page[@view = 'edit']/timetable[@kind = 'school']" priority="3">
  <xsl:apply-templates select="." mode="kinds"/>
  <p class="empty">Составлять пока нечего: нужны <a href="{$base}/classes">классы</a>, <a href="{$base}/rooms">кабинеты</a> и <a href="{$base}/load">нагрузка</a>.</p>
</xsl:template>

<!-- Classes, teachers, rooms. -->
<xsl:template match="timetable" mode="kinds">
  <xsl:if test="@is_staff">
    <nav class="tabs" aria-label="Чьё расписание">
      <xsl:call-template name="kind-link">
        <xsl:with-param name="kind" select="'class'"/>
        <xsl:with-param name="word" select="'Классы'"/>
      </xsl:call-template>
      <xsl:call-template name="kind-link">
        <xsl:with-param name="kind" select="'staff'"/>
        <xsl:with-param name="word" select="'Учителя'"/>
      </xsl:call-template>
      <xsl:call-template name="kind-link">
        <xsl:with-param name="kind" select="'room'"/>
        <xsl:with-param name="word" select="'Кабинеты'"/>
      </xsl:call-template>
      <xsl:if test="not($is-edit)">
        <xsl:call-template name="kind-link">
          <xsl:with-param name="kind" select="'school'"/>
          <xsl:with-param name="word" select="'Вся школа'"/>
        </xsl:call-template>
      </xsl:if>
    </nav>
  </xsl:if>
</xsl:template>
<xsl:template name="kind-link">
  <xsl:param name="kind"/>
  <xsl:param name="word"/>
  <xsl:choose>
    <xsl:when test="@kind = $kind"><b aria-current="page"><xsl:value-of select="$word"/></b></xsl:when>
    <xsl:otherwise><a href="{$timetable-path}?kind={$kind}{$on}"><xsl:value-of select="$word"/></a></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="timetable" mode="others">
  <xsl:if test="other[2]">
    <details class="others">
      <xsl:if test="@kind = 'class' and count(other) &lt; 50"><xsl:attribute name="open">open</xsl:attribute></xsl:if>
      <summary><xsl:choose>
        <xsl:when test="@kind = 'class'">Другой класс</xsl:when>
        <xsl:when test="@kind = 'staff'">Другой учитель</xsl:when>
        <xsl:otherwise>Другой кабинет</xsl:otherwise>
      </xsl:choose></summary>
      <p><xsl:for-each select="other">
        <a href="{$timetable-path}?{../@kind}_id={@other_id}{$on}">
          <xsl:if test="@is_current"><xsl:attribute name="aria-current">page</xsl:attribute></xsl:if>
          <xsl:value-of select="@name"/>
        </a><xsl:text> </xsl:text>
      </xsl:for-each></p>
    </details>
  </xsl:if>
</xsl:template>

<!-- The names in a cell lead to the weeks of the class, the teacher, the room. -->
<xsl:template match="item[@class_id]" mode="group">
  <a href="{$timetable-path}?class_id={@class_id}{$on}"><xsl:value-of select="@group_name"/></a>
</xsl:template>
<xsl:template match="item" mode="staff">
  <xsl:choose>
    <xsl:when test="$timetable/@is_staff">
      <a href="{$timetable-path}?staff_id={@staff_id}{$on}"><xsl:value-of select="@staff_name"/></a>
    </xsl:when>
    <xsl:otherwise><xsl:value-of select="@staff_name"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>
<xsl:template match="item[@room_id]" mode="room">
  <xsl:choose>
    <xsl:when test="$timetable/@is_staff">
      <a href="{$timetable-path}?room_id={@room_id}{$on}"><xsl:apply-templates select="@room_name" mode="room"/></a>
    </xsl:when>
    <xsl:otherwise><xsl:apply-templates select="@room_name" mode="room"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- ............................................................ the editor -->

<xsl:template match="page[@view = 'edit']/timetable[@kind != 'school']" mode="script">
  <script type="module" src="{$static}/timetable.js"></script>
</xsl:template>

<xsl:template match="page[@view = 'edit']/timetable" priority="2">
  <xsl:if test="@done and not($is-refused)">
    <p class="notice" role="status">Сохранено. Изменения действуют с <xsl:value-of select="@day_name"/>; до этого дня всё осталось как было. <a href="{$base}/timetable/lessons">Уроки по расписанию</a> изменятся ночью или сразу, если нажать там кнопку.</p>
  </xsl:if>
  <xsl:apply-templates select="." mode="kinds"/>
  <xsl:apply-templates select="." mode="others"/>
  <div class="timetable-edit" data-ej-timetable="">
    <form method="post" action="{$base}/timetable/edit?{$whose}">
      <xsl:call-template name="token"/>
      <xsl:for-each select="@class_id | @staff_id | @room_id | @day_on"><input type="hidden" name="{name()}" value="{.}"/></xsl:for-each>
      <xsl:apply-templates select="." mode="help"/>
      <xsl:apply-templates select="picked[1]"/>
      <xsl:apply-templates select="." mode="week"><xsl:with-param name="class" select="'data week-grid placing'"/></xsl:apply-templates>
    </form>
    <section class="load">
      <h2>Нагрузка</h2>
      <xsl:choose>
        <xsl:when test="load"><ul><xsl:apply-templates select="load"/></ul></xsl:when>
        <xsl:otherwise><p class="empty">Здесь некого и нечему учить: сначала распределите нагрузку.</p></xsl:otherwise>
      </xsl:choose>
    </section>
  </div>
</xsl:template>

<xsl:template match="timetable" mode="help">
  <p class="soft">Выберите предмет в нагрузке или урок в сетке, затем клетку. Изменения действуют с выбранного дня, <xsl:value-of select="@day_name"/>: расписание до него остаётся.</p>
</xsl:template>
<xsl:template match="timetable[picked]" mode="help"/>

<xsl:template match="load">
  <li>
    <xsl:attribute name="class">
      <xsl:choose><xsl:when test="@is_wrong">todo</xsl:when><xsl:otherwise>done</xsl:otherwise></xsl:choose>
    </xsl:attribute>
    <a href="{$timetable-path}?{$whose}{$on}&amp;teaching_id={@teaching_id}" data-ej-pick="">
      <xsl:if test="@is_picked"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
      <xsl:value-of select="concat(@subject_name, ', ', @group_name)"/>
    </a>
    <small><xsl:value-of select="@staff_name"/></small>
    <b><xsl:apply-templates select="@placed" mode="number"/> из <xsl:apply-templates select="@hours_week" mode="number"/> ч</b>
  </li>
</xsl:template>

<xsl:template match="picked">
  <fieldset class="card picked" id="picked">
    <legend>
      <xsl:value-of select="concat(@subject_name, ', ', @group_name)"/>
      <xsl:if test="@staff_name">, <xsl:value-of select="@staff_name"/></xsl:if>
    </legend>
    <xsl:choose>
      <xsl:when test="@timetable_id">
        <input type="hidden" name="timetable_id" value="{@timetable_id}"/>
        <xsl:call-template name="old-field">
          <xsl:with-param name="name" select="'at'"/>
          <xsl:with-param name="value" select="@at"/>
        </xsl:call-template>
        <xsl:call-template name="old-field">
          <xsl:with-param name="name" select="'place_id'"/>
          <xsl:with-param name="value" select="@place_id"/>
        </xsl:call-template>
        <xsl:call-template name="old-field">
          <xsl:with-param name="name" select="'cycle'"/>
          <xsl:with-param name="value" select="@cycle"/>
        </xsl:call-template>
      </xsl:when>
      <xsl:otherwise><input type="hidden" name="teaching_id" value="{@teaching_id}"/></xsl:otherwise>
    </xsl:choose>
    <div class="choose">
      <label>Кабинет
        <select name="place_id" id="f-place_id">
          <xsl:variable name="place">
            <xsl:call-template name="typed">
              <xsl:with-param name="name" select="'place_id'"/>
              <xsl:with-param name="value" select="@place_id"/>
            </xsl:call-template>
          </xsl:variable>
          <option value="">не указан</option>
          <xsl:for-each select="../place">
            <option value="{@place_id}">
              <xsl:if test="@place_id = $place"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
              <xsl:value-of select="@name"/>
            </option>
          </xsl:for-each>
        </select>
      </label>
      <label>Недели
        <select name="cycle" id="f-cycle">
          <xsl:variable name="cycle">
            <xsl:call-template name="typed">
              <xsl:with-param name="name" select="'cycle'"/>
              <xsl:with-param name="value" select="@cycle"/>
            </xsl:call-template>
          </xsl:variable>
          <option value="0">каждая</option>
          <option value="1"><xsl:if test="$cycle = 1"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>1-я из двух</option>
          <option value="2"><xsl:if test="$cycle = 2"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>2-я из двух</option>
        </select>
      </label>
    </div>
    <p class="soft">Теперь нажмите «Сюда» в нужной клетке. Клетки, где кто-то уже занят, отмечены.</p>
    <p class="bar">
      <xsl:if test="@timetable_id">
        <button name="at" value="{@at}">Сохранить на месте</button>
        <label class="check"><input type="checkbox" name="is_removed" value="1"/> убрать из расписания</label>
      </xsl:if>
      <a href="{$timetable-path}?{$whose}{$on}" data-ej-cancel="">Отменить выбор</a>
    </p>
  </fieldset>
</xsl:template>

<!-- A cell of the editor: its lessons, each of which can be picked, and «Сюда». -->
<xsl:template match="page[@view = 'edit']/timetable/slot/cell" mode="cell">
  <xsl:apply-templates select="item" mode="lesson"/>
  <xsl:if test="$is-picking">
    <button class="here" name="at" value="{@weekday}.{../@slot}" title="{@is_busy}">
      <xsl:text>Сюда</xsl:text>
      <span class="sr">: <xsl:value-of select="$weekday[position() = current()/@weekday]"/>, <xsl:value-of select="../@slot"/>-й урок</span>
      <xsl:if test="@is_busy"><small>занято: <xsl:value-of select="@is_busy"/></small></xsl:if>
    </button>
  </xsl:if>
</xsl:template>
<xsl:template match="page[@view = 'edit']/timetable/slot/cell/item" mode="lesson">
  <div class="item">
    <a href="{$timetable-path}?{$whose}{$on}&amp;timetable_id={@timetable_id}" data-ej-pick="">
      <xsl:if test="@is_picked"><xsl:attribute name="aria-current">true</xsl:attribute></xsl:if>
      <b><xsl:value-of select="@subject_name"/></b>
      <xsl:if test="@cycle"><i><xsl:value-of select="concat(' ', @cycle, '-я неделя')"/></i></xsl:if>
    </a>
    <small><xsl:apply-templates select="." mode="facts"/></small>
  </div>
</xsl:template>

<!-- ............................................................. the lessons -->

<xsl:template match="page[@view = 'lessons']/timetable" mode="title">Уроки по расписанию</xsl:template>
<xsl:template match="page[@view = 'lessons']/timetable" mode="actions"/>

<xsl:template match="page[@view = 'lessons']/timetable" priority="2">
  <xsl:if test="@done"><p class="notice" role="status">Уроки приведены к расписанию.</p></xsl:if>
  <p class="empty">Учебного периода, который идёт или начнётся в ближайшие четыре недели, нет. <a href="{$base}/terms">Учебные периоды</a></p>
</xsl:template>

<xsl:template match="page[@view = 'lessons']/timetable[@from_name]" priority="3">
  <xsl:variable name="all" select="@added + @moved + @gone"/>
  <xsl:if test="@done"><p class="notice" role="status">Уроки приведены к расписанию.</p></xsl:if>
  <section class="card">
    <p>Уроки в журналах создаются по расписанию, звонкам, учебным периодам и каникулам: с <xsl:value-of select="concat(@from_name, ' по ', @till_name)"/>. Каждую ночь это делается само.</p>
    <p>Проведённые уроки и уроки, в которых уже есть тема, задание, работа, пропуск или замена, остаются как есть.</p>
    <xsl:choose>
      <xsl:when test="$all = 0"><p class="done">Все уроки соответствуют расписанию.</p></xsl:when>
      <xsl:otherwise>
        <p class="lead">Создать <b><xsl:value-of select="@added"/></b>, перенести <b><xsl:value-of select="@moved"/></b>, убрать <b>
            <xsl:value-of select="@gone"/>
          </b>.</p>
        <form method="post" action="{$base}/timetable/lessons">
          <xsl:call-template name="token"/>
          <button class="main">Привести уроки к расписанию</button>
        </form>
      </xsl:otherwise>
    </xsl:choose>
    <xsl:if test="@stuck &gt; 0">
      <p class="todo">Не получится создать или перенести: <xsl:value-of select="@stuck"/>. В это время стоит заполненный урок того же учителя, класса или кабинета, или для этого урока нет звонка.</p>
    </xsl:if>
  </section>
</xsl:template>

<!-- .............................................................. refusals -->

<xsl:template match="page[timetable]/errors/error[@code = 'JE206']" mode="words">
  <xsl:choose>
    <xsl:when test="@field = 'staff_id'">Учитель в это время уже занят: </xsl:when>
    <xsl:when test="@field = 'place_id'">Кабинет в это время уже занят: </xsl:when>
    <xsl:when test="@field = 'pupil_id'"><xsl:value-of select="@who"/> учится в обеих группах, и в это время уже есть урок: </xsl:when>
    <xsl:otherwise>У класса в это время уже есть урок: </xsl:otherwise>
  </xsl:choose>
  <b><xsl:value-of select="@value"/></b>
  <xsl:text>. Выберите другую клетку или сначала перенесите тот урок.</xsl:text>
</xsl:template>
<xsl:template match="page[timetable]/errors/error[@code = 'JE203']" mode="words">День вне учебного года или после того, как этот урок убран из расписания.</xsl:template>
<xsl:template match="page[timetable]/errors/error[@code = 'JE210']" mode="conflict"> Тем временем этот урок изменил другой человек<xsl:if test="@who"> (<xsl:value-of select="@who"/>)</xsl:if>. Посмотрите, где он теперь, и выберите клетку ещё раз.</xsl:template>

</xsl:stylesheet>
