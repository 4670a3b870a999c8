<?xml version="1.0" encoding="UTF-8"?>
<!-- today.xsl: the start page of everyone who works at the school.
     in   <today view date_on name is_today? tz previous_on previous_name next_on next_name>
            factor?, lesson…, unfilled…, contradiction…, class…, absent…, telling…, summary…, given…, readiness?
          <today view="none" login>   for accounts without a role
          <today view="unfilled" class_id class_name count page pages> unfilled…
     out  the day's lessons and what is not yet filled in, unfilled lessons of past
          days, the reader's own class on that day, counts by class; empty sections
          are left out
     see  ui.xsl; today_given.xsl; today_attendance.xsl; today_telling.xsl; static/js/today.js marks the lesson that is going on -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform">

<xsl:import href="mail/words.xsl"/>
<xsl:import href="form.xsl"/>
<xsl:include href="today_given.xsl"/>
<xsl:include href="today_attendance.xsl"/>
<xsl:include href="today_telling.xsl"/>

<xsl:template match="page/today" mode="title">
  <xsl:value-of select="concat(translate(substring(@name, 1, 1), 'пвсчн', 'ПВСЧН'), substring(@name, 2))"/>
</xsl:template>
<xsl:template match="page/today[@is_today]" mode="title">Сегодня, <xsl:value-of select="@name"/></xsl:template>

<!-- Teachers and class teachers can leaf through the days. -->
<xsl:template match="page/today[@view = 'teacher' or @view = 'class']" mode="actions">
  <nav class="tabs dayways" aria-label="Дни">
    <a href="{$base}/?held_on={@previous_on}" rel="prev"><span aria-hidden="true">← </span><span class="sr">Раньше: </span><xsl:apply-templates select="@previous_on" mode="wayday"/></a>
    <xsl:choose>
      <xsl:when test="@is_today"><b aria-current="page">Сегодня</b></xsl:when>
      <xsl:otherwise><a href="{$base}/">Сегодня</a></xsl:otherwise>
    </xsl:choose>
    <a href="{$base}/?held_on={@next_on}" rel="next"><span class="sr">Позже: </span><xsl:apply-templates select="@next_on" mode="wayday"/><span aria-hidden="true"> →</span></a>
  </nav>
</xsl:template>

<!-- Before the page: a role must have a second factor, and the reader has none yet. -->
<xsl:template match="page/today[factor]" priority="2">
  <p class="alert" role="status">Для вашей роли вход с кодом обязателен<xsl:choose>
      <xsl:when test="factor/@days_left = 0">: со следующего входа без него журнал не откроется. </xsl:when>
      <xsl:otherwise>, осталось <xsl:call-template name="plural">
        <xsl:with-param name="n" select="factor/@days_left"/>
        <xsl:with-param name="one" select="'день'"/>
        <xsl:with-param name="few" select="'дня'"/>
        <xsl:with-param name="many" select="'дней'"/>
      </xsl:call-template>. </xsl:otherwise>
    </xsl:choose><a href="{$base}/factor">Включить вход с кодом</a></p>
  <xsl:apply-templates select="." mode="day"/>
</xsl:template>
<xsl:template match="page/today"><xsl:apply-templates select="." mode="day"/></xsl:template>

<xsl:template match="page/today" mode="day">
  <xsl:apply-templates select="self::*[@is_today]/.." mode="unread"/>
  <xsl:apply-templates select="self::*[telling]" mode="tellings"/>
  <xsl:apply-templates select="." mode="lessons"/>
  <xsl:apply-templates select="self::*[unfilled]" mode="unfilled"/>
  <xsl:apply-templates select="self::*[contradiction]" mode="contradictions"/>
  <xsl:apply-templates select="class"/>
  <xsl:apply-templates select="self::*[given]" mode="given"/>
  <xsl:apply-templates select="self::*[readiness or task]" mode="todos"/>
  <xsl:apply-templates select="self::*[summary]" mode="summary"/>
</xsl:template>

<!-- What waits for the reader, side by side. -->
<xsl:template match="today" mode="todos">
  <div class="todos"><xsl:apply-templates select="readiness"/><xsl:apply-templates select="task"/></div>
</xsl:template>

<!-- The name of a day, «пт, 27 ноября»; on a phone «пт, 27». -->
<xsl:template match="@previous_on|@next_on" mode="wayday">
  <xsl:variable name="name" select="../@*[name() = concat(substring-before(name(current()), '_on'), '_name')]"/>
  <xsl:value-of select="concat(substring-before($name, ', '), ', ', number(substring(., 9)))"/>
  <span class="rest"><xsl:value-of select="concat(' ', substring-after(substring-after($name, ', '), ' '))"/></span>
</xsl:template>

<!-- The page for other staff: HR, meals, observers. -->
<xsl:template match="page/today[@view = 'staff']" mode="day">
  <xsl:apply-templates select="self::*[@is_today]/.." mode="unread"/>
  <xsl:apply-templates select="self::*[task]" mode="todos"/>
  <section class="card">
    <p class="lead">Вы вошли как <xsl:apply-templates select="." mode="post"/>.</p>
    <xsl:if test="contains($roles, ' hr ')">
      <p>Эта учётная запись — для данных сотрудников: приём, перевод, увольнение. Отметки и классы она не показывает.</p>
    </xsl:if>
    <xsl:if test="contains($roles, ' meals ')">
      <p>Эта учётная запись — для учёта питания: списки классов и кто отсутствует. Отметки она не показывает.</p>
    </xsl:if>
    <xsl:if test="contains($roles, ' observer ')">
      <p>Эта учётная запись — для сводных данных школы. Имён и отметок учеников она не показывает.</p>
    </xsl:if>
    <ul class="pages-list">
      <xsl:for-each select="$menu-entries[@path != '/']"><li><xsl:call-template name="menu-link"/></li></xsl:for-each>
    </ul>
    <p class="soft">Пароль меняется в разделе «Профиль».</p>
  </section>
</xsl:template>

<xsl:template match="today" mode="post">
  <xsl:choose>
    <xsl:when test="contains($roles, ' hr ')">специалист по кадрам</xsl:when>
    <xsl:when test="contains($roles, ' meals ')">ответственный за питание</xsl:when>
    <xsl:when test="contains($roles, ' observer ')">наблюдатель</xsl:when>
    <xsl:when test="contains($roles, ' archivist ')">ответственный за резервные копии</xsl:when>
    <xsl:otherwise>сотрудник школы</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- The page for staff without subjects, class or role. -->
<xsl:template match="page[@roles = 'staff']/today[@view = 'staff']" priority="1">
  <p class="empty">За вами ещё не закреплены ни предметы, ни класс. Нагрузку и классное руководство
    распределяет завуч; роль по приказу (директор, завуч, питание) назначает администратор журнала.</p>
</xsl:template>

<!-- The page for accounts that have no role today: the likely reason, and whom to ask. -->
<xsl:template match="page/today[@view = 'none']" mode="title">Вы вошли, но роли в журнале у вас нет</xsl:template>

<xsl:template match="page/today[@view = 'none']">
  <section class="card">
    <p class="lead">За логином <b><xsl:value-of select="@login"/></b> сейчас не числится ни работа в школе, ни ребёнок.</p>
    <p>Так бывает, когда срок приказа закончился или ещё не наступил, а также пока вас не внесли в списки школы.</p>
    <p>Сотруднику поможет администратор журнала или специалист по кадрам его школы, родителю — классный
      руководитель ребёнка. Назовите им этот логин; пароль не называйте никому.</p>
  </section>
</xsl:template>

<!-- ............................................................... lessons -->

<xsl:template match="today" mode="lessons">
  <table class="data lessons">
    <xsl:if test="@is_today"><xsl:attribute name="data-ej-now"><xsl:value-of select="@tz"/></xsl:attribute></xsl:if>
    <caption>Мои уроки</caption>
    <xsl:call-template name="lessons-head"><xsl:with-param name="when" select="'Время'"/></xsl:call-template>
    <tbody><xsl:apply-templates select="lesson"/></tbody>
  </table>
</xsl:template>

<xsl:template match="today[not(lesson)]" mode="lessons">
  <p class="empty"><xsl:if test="@is_today">Сегодня у</xsl:if><xsl:if test="not(@is_today)">У</xsl:if> вас нет уроков.</p>
</xsl:template>
<!-- People who do not teach are not told every day that they have no lessons. -->
<xsl:template match="today[not(lesson) and @view != 'teacher']" mode="lessons" priority="1"/>

<xsl:template match="today" mode="unfilled">
  <table class="data lessons">
    <caption>Не заполнено за прошлые дни:
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="unfilled[1]/@count"/>
        <xsl:with-param name="one" select="'урок'"/>
        <xsl:with-param name="few" select="'урока'"/>
        <xsl:with-param name="many" select="'уроков'"/>
      </xsl:call-template>
    </caption>
    <xsl:call-template name="lessons-head"><xsl:with-param name="when" select="'День'"/></xsl:call-template>
    <tbody><xsl:apply-templates select="unfilled"/></tbody>
  </table>
</xsl:template>

<xsl:template name="lessons-head">
  <xsl:param name="when"/>
  <thead>
    <tr>
      <th scope="col">№</th>
      <th scope="col"><xsl:value-of select="$when"/></th>
      <th scope="col">Класс</th>
      <th scope="col">Предмет</th>
      <th scope="col">Тема</th>
      <th scope="col">Осталось заполнить</th>
      <th scope="col" class="to">Открыть</th>
    </tr>
  </thead>
</xsl:template>

<xsl:template match="today/lesson|today/unfilled">
  <tr>
    <xsl:if test="@state = 'cancelled' or @state = 'moved'"><xsl:attribute name="class">is-off</xsl:attribute></xsl:if>
    <td class="no"><xsl:value-of select="@slot"/></td>
    <td class="when"><xsl:apply-templates select="." mode="when"/></td>
    <td class="class"><xsl:value-of select="@class_name"/></td>
    <th scope="row">
      <a href="{$base}/lessons/{@lesson_id}"><xsl:value-of select="@subject_name"/></a>
      <xsl:if test="string(@room)"><xsl:text> </xsl:text><small><xsl:apply-templates select="@room" mode="room"/></small></xsl:if>
      <xsl:if test="@is_substitute"><xsl:text> </xsl:text><span class="badge">замена</span></xsl:if>
    </th>
    <td class="topic"><xsl:value-of select="@topic"/></td>
    <td class="missing"><xsl:apply-templates select="." mode="missing"/></td>
    <td class="to">
      <a href="{$base}/lessons/{@lesson_id}" aria-label="Урок: {@subject_name}, {@class_name}">Урок</a>
      <a href="{$base}/journals/{@journal_id}" aria-label="Журнал: {@subject_name}, {@class_name}">Журнал</a>
    </td>
  </tr>
</xsl:template>

<xsl:template match="lesson" mode="when">
  <time datetime="{@starts}"><xsl:value-of select="@starts"/></time>–<time datetime="{@ends}"><xsl:value-of select="@ends"/></time>
</xsl:template>
<xsl:template match="unfilled" mode="when">
  <xsl:apply-templates select="@held_on" mode="date"/>
</xsl:template>
<xsl:template match="unfilled[@date_name]" mode="when">
  <time datetime="{@held_on}"><xsl:value-of select="@date_name"/></time>
</xsl:template>

<xsl:template match="lesson|unfilled" mode="missing">
  <xsl:if test="@is_topic_missing"><span class="todo">тема</span><xsl:text> </xsl:text></xsl:if>
  <xsl:if test="@is_attendance_missing"><span class="todo">отсутствующие</span><xsl:text> </xsl:text></xsl:if>
  <xsl:if test="@is_homework_missing"><span class="todo">задание</span></xsl:if>
  <xsl:if test="not(@is_topic_missing or @is_attendance_missing or @is_homework_missing)">
    <span class="done">заполнено</span>
  </xsl:if>
</xsl:template>
<xsl:template match="*[@state = 'cancelled']" mode="missing"><span class="soft">урок отменён</span></xsl:template>
<xsl:template match="*[@state = 'moved']" mode="missing"><span class="soft">урок перенесён</span></xsl:template>

<!-- ......................................................... the own class -->

<xsl:template match="today/class">
  <section class="own">
    <h2>Мой класс<xsl:if test="../@is_today"> сегодня</xsl:if>: <a href="{$base}/classes/{@class_id}"><xsl:value-of select="@name"/></a></h2>
    <p>Учеников: <xsl:value-of select="@pupils"/>, отсутствуют: <b><xsl:value-of select="@absent"/></b></p>
    <xsl:apply-templates select="self::*[key('absent', @class_id)]" mode="absent"/>
  </section>
</xsl:template>

<xsl:key name="absent" match="today/absent" use="@class_id"/>

<xsl:template match="class" mode="absent">
  <table class="data absent">
    <caption class="sr">Отсутствующие, <xsl:value-of select="@name"/></caption>
    <thead><tr><th scope="col">Ученик</th><th scope="col">Причина</th><th scope="col">Уроков</th></tr></thead>
    <tbody><xsl:apply-templates select="key('absent', @class_id)"/></tbody>
  </table>
</xsl:template>

<xsl:template match="today/absent">
  <tr>
    <th scope="row"><a href="{$base}/pupils/{@pupil_id}/diary"><xsl:value-of select="@name"/></a></th>
    <td><b class="a"><xsl:value-of select="@code"/></b><xsl:if test="@code_name"> — <xsl:value-of select="@code_name"/></xsl:if></td>
    <td><xsl:value-of select="@lessons"/></td>
  </tr>
</xsl:template>

<!-- .................................................... the administrator -->

<xsl:template match="today/readiness">
  <p class="notice">
    <xsl:text>Не всё готово к учебному году: </xsl:text>
    <a href="{$base}/readiness">
      <xsl:text>осталось </xsl:text><xsl:value-of select="@missing"/>
      <xsl:if test="@late &gt; 0">, просрочено <xsl:value-of select="@late"/></xsl:if>
    </a>
  </p>
</xsl:template>

<xsl:template match="today/task[@code = 'corrections']">
  <p class="notice"><a href="{$base}/corrections">Заявок на исправление: <xsl:value-of select="@count"/></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'findings']">
  <p class="notice"><a href="{$base}/findings">Замечаний по ведению журнала ждут вашего ответа: <xsl:value-of select="@count"/><xsl:if test="@late">, срок прошёл: <xsl:value-of select="@late"/></xsl:if></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'answers']">
  <p class="notice"><a href="{$base}/findings">Ответов на замечания и сигналов ждут решения: <xsl:value-of select="@count"/></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'voided']">
  <p class="notice"><a href="{$base}/journals">Записи в ваших журналах признаны недействительными: <xsl:value-of select="@count"/>. Проверьте отметки</a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'corrected']">
  <p class="notice"><a href="{$base}/corrections">Есть решение по вашим заявкам на исправление: <xsl:value-of select="@count"/></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'requests']">
  <p class="notice"><a href="{$base}/requests">Новых заявок: <xsl:value-of select="@count"/></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'verifications']">
  <p class="notice"><a href="{$base}/verifications">Личные данные в этом месяце ещё не сверены: <xsl:value-of select="@names"/></a></p>
</xsl:template>

<xsl:template match="today/task[@code = 'substitutions']">
  <p class="notice"><a href="{$base}/substitutions">Уроков в ближайшие дни, учитель которых отсутствует: <xsl:value-of select="@count"/></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'plans']">
  <p class="notice"><a href="{$base}/plans?sort=state">КТП на утверждении: <xsl:value-of select="@count"/></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'splits']">
  <p class="notice"><a href="{$base}/splits">Предложений о делении классов ждут решения: <xsl:value-of select="@count"/></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'reports']">
  <p class="notice"><a href="{$base}/requests">Родители сообщили об изменении данных: <xsl:value-of select="@names"/></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'guardians']">
  <p class="notice"><a href="{$base}/pupils?lacks=guardian">Учеников без записанных родителей: <xsl:value-of select="@count"/></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'refused']">
  <p class="notice"><a href="{$base}/requests">Отклонены ваши заявки: <xsl:value-of select="@names"/></a></p>
</xsl:template>
<!-- The last day for term marks is near or has passed (FIN-03). -->
<xsl:template match="today/task[@code = 'finals']">
  <p class="notice">
    <xsl:choose>
      <xsl:when test="@late"><b>Срок итоговых отметок прошёл</b>, а выставлены не все: </xsl:when>
      <xsl:otherwise>Через несколько дней срок итоговых отметок, выставлены не все: </xsl:otherwise>
    </xsl:choose>
    <a href="{$base}/journals"><xsl:value-of select="@names"/></a>
  </p>
</xsl:template>
<xsl:template match="today/task[@code = 'handover']">
  <p class="notice"><a href="{$base}/handover">Отчёты за период «<xsl:value-of select="@names"/>» ещё не сданы: <xsl:value-of select="@count"/></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'debts']">
  <p class="notice">
    <a href="{$base}/debts">Академических задолженностей: <xsl:value-of select="@count"/></a>
    <xsl:if test="@late">, пересдача не назначена или её результат не записан: <xsl:value-of select="@late"/></xsl:if>
  </p>
</xsl:template>
<xsl:template match="today/task[@code = 'handins']">
  <p class="notice">
    <a href="{$base}/handins">Сданных работ ждут ответа: <xsl:value-of select="@count"/></a>
    <xsl:if test="@late">, дольше недели: <b><xsl:value-of select="@late"/></b></xsl:if>
  </p>
</xsl:template>
<xsl:template match="today/task[@code = 'letters_failed']">
  <p class="notice"><a href="{$base}/outbound?state=failed">Не доставлено писем и СМС за неделю: <xsl:value-of select="@count"/></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'letters_waiting']">
  <p class="notice"><a href="{$base}/outbound">Писем и СМС ждут отправки больше часа: <xsl:value-of select="@count"/></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'support']">
  <p class="notice"><a href="{$base}/support">Обращений в поддержку без ответа: <xsl:value-of select="@count"/></a></p>
</xsl:template>
<!-- No verified backup of the last week (ARC-01). -->
<xsl:template match="today/task[@code = 'archive']">
  <p class="notice bad"><a href="{$base}/archive"><b>
    <xsl:text>Проверенной резервной копии нет уже </xsl:text>
    <xsl:call-template name="plural">
      <xsl:with-param name="n" select="@count"/>
      <xsl:with-param name="one" select="'день'"/>
      <xsl:with-param name="few" select="'дня'"/>
      <xsl:with-param name="many" select="'дней'"/>
    </xsl:call-template>
  </b></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'archive_none']">
  <p class="notice bad"><a href="{$base}/archive"><b>Проверенной резервной копии журнала нет</b></a></p>
</xsl:template>
<xsl:template match="today/task[@code = 'jobs']">
  <p class="notice"><a href="{$base}/jobs">Заданий не выполнено за неделю: <xsl:value-of select="@count"/></a></p>
</xsl:template>

<xsl:template match="today/task[@code = 'incidents']">
  <p class="notice">
    <xsl:text>Логины, которые узнали посторонние, — ещё не сообщено руководителю или поддержке: </xsl:text>
    <a href="{$base}/incidents"><xsl:value-of select="@count"/><xsl:if test="@late">, срок прошёл: <xsl:value-of select="@late"/></xsl:if></a>
  </p>
</xsl:template>

<!-- .............................................................. the head -->

<xsl:template match="today" mode="summary">
  <section class="own">
    <h2>Как заполнены журналы за 30 дней
      <xsl:if test="summary[@unfilled &gt; 0]">
        <span class="todo">не заполнено: <xsl:value-of select="sum(summary/@unfilled)"/></span>
      </xsl:if>
    </h2>
    <table class="data summary">
      <caption class="sr">Уроки за 30 дней по классам</caption>
      <thead><tr><th scope="col">Класс</th><th scope="col">Уроков</th><th scope="col">Не заполнено</th></tr></thead>
      <tbody><xsl:apply-templates select="summary"/></tbody>
    </table>
  </section>
</xsl:template>

<xsl:template match="today/summary">
  <tr>
    <th scope="row"><a href="{$base}/journals?class_id={@class_id}"><xsl:value-of select="@class_name"/></a></th>
    <td data-word="уроков"><xsl:value-of select="@lessons"/></td>
    <td><data class="done" value="0">всё заполнено</data></td>
  </tr>
</xsl:template>
<xsl:template match="today/summary[@unfilled &gt; 0]">
  <tr>
    <th scope="row"><a href="{$base}/journals?class_id={@class_id}"><xsl:value-of select="@class_name"/></a></th>
    <td data-word="уроков"><xsl:value-of select="@lessons"/></td>
    <td data-word="не заполнено">
      <a class="todo" href="{$base}/unfilled?class_id={@class_id}"
         aria-label="Не заполнено в {@class_name}: {@unfilled}">
        <xsl:value-of select="@unfilled"/>
      </a>
    </td>
  </tr>
</xsl:template>

<!-- .............................................. which of a class, and whose -->

<xsl:template match="page/today[@view = 'unfilled']" mode="title">
  <xsl:value-of select="concat('Не заполнено за 30 дней · ', @class_name)"/>
</xsl:template>

<xsl:template match="page/today[@view = 'unfilled']" mode="actions">
  <div class="actions"><a href="{$base}/journals?class_id={@class_id}">Журналы класса</a><xsl:call-template name="as-tables"/></div>
</xsl:template>

<xsl:template match="page/today[@view = 'unfilled']" priority="1">
  <table class="data lessons">
    <caption>
      <xsl:call-template name="plural">
        <xsl:with-param name="n" select="@count"/>
        <xsl:with-param name="one" select="'урок'"/>
        <xsl:with-param name="few" select="'урока'"/>
        <xsl:with-param name="many" select="'уроков'"/>
      </xsl:call-template>
    </caption>
    <thead><tr><th scope="col">№</th><th scope="col">День</th><th scope="col">Класс, группа</th><th scope="col">Предмет</th><th scope="col">Учитель</th><th scope="col">Осталось заполнить</th></tr></thead>
    <tbody><xsl:apply-templates select="unfilled" mode="of-class"/></tbody>
  </table>
  <xsl:apply-templates select="self::*[@pages &gt; 1]" mode="pages"/>
</xsl:template>

<xsl:template match="page/today[@view = 'unfilled'][not(unfilled)]" priority="2">
  <p class="empty">Здесь всё заполнено.</p>
</xsl:template>

<xsl:template match="unfilled" mode="of-class">
  <tr>
    <td class="no"><xsl:value-of select="@slot"/></td>
    <td class="when"><xsl:apply-templates select="." mode="when"/></td>
    <td class="class"><xsl:value-of select="@class_name"/></td>
    <th scope="row"><a href="{$base}/lessons/{@lesson_id}"><xsl:value-of select="@subject_name"/></a></th>
    <td class="teacher"><xsl:value-of select="@staff_name"/></td>
    <td class="missing"><xsl:apply-templates select="." mode="missing"/></td>
  </tr>
</xsl:template>

<xsl:template match="today" mode="pages">
  <nav class="pages" aria-label="Страницы списка">
    <xsl:if test="@page &gt; 1"><a href="?class_id={@class_id}&amp;page={@page - 1}">Назад</a></xsl:if>
    <span>Страница <xsl:value-of select="concat(@page, ' из ', @pages)"/></span>
    <xsl:if test="@page &lt; @pages"><a href="?class_id={@class_id}&amp;page={@page + 1}">Дальше</a></xsl:if>
  </nav>
</xsl:template>

</xsl:stylesheet>
