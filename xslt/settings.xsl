<?xml version="1.0" encoding="UTF-8"?>
<!-- settings.xsl: the settings of a school, and the history of their changes.
     in   <settings view="show" name short_name … can_write? is_saved?><change at who? field old new/>…</settings>
     out  a form made from the list below; for the director only the values
     see  form.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:import href="form.xsl"/>

<!-- The settings: column, kind of field (line, number, choice, ticks), label, explanation. -->
<xsl:variable name="list">
  <theme word="О школе">
    <setting name="name" kind="line" max="300" word="Полное название" hint="Как в уставе. Печатается на страницах журнала."/>
    <setting name="short_name" kind="line" max="60" word="Короткое название"
             hint="Стоит в заголовке окна, на странице входа и при выборе школы."/>
    <setting name="founder" kind="line" max="300" word="Учредитель"
             hint="Печатается на официальных формах и стоит на открытой странице школы."/>
    <setting name="city" kind="line" max="100" word="Населённый пункт" hint="Помогает отличить школу тем, кто работает в нескольких."/>
    <setting name="address" kind="line" max="300" word="Адрес" hint="С индексом, как в уставе."/>
    <setting name="director" kind="line" max="100" word="Директор"
             hint="Фамилия, имя, отчество: так, как их видят посетители страницы школы."/>
    <setting name="okpo" kind="line" max="10" word="Код ОКПО" hint="8 или 10 цифр; нужен в статистических формах."/>
    <setting name="phone" kind="line" max="100" word="Телефон" hint="Телефон школы, а не личный."/>
    <setting name="email" kind="line" max="100" word="Электронная почта" hint="Адрес школы: по нему пишут родители."/>
    <setting name="support_hours" kind="line" max="100" word="Часы поддержки"
             hint="Когда администратор отвечает на обращения, например «пн–пт, 8:00–17:00»: стоит на странице «Поддержка»."/>
    <setting name="public_page" kind="choice" word="Открытая страница школы"
             hint="Страницу «О школе» видят все, без входа: эти сведения, локальные акты с отметкой «на открытой странице», каникулы и звонки.">
      <choice value="shown" word="показывать"/>
      <choice value="hidden" word="не показывать"/>
    </setting>
  </theme>
  <theme word="Заполнение журнала">
    <setting name="fill_days" kind="number" min="0" max="14" word="Сколько дней даётся, чтобы заполнить урок"
             hint="Урок попадает в незаполненные («Сегодня», списки журналов и классов), когда эти дни прошли. 0 — на следующий день."/>
    <setting name="correction_hours" kind="number" min="0" max="720" word="Сколько часов учитель исправляет запись свободно"
             hint="Считается от первой записи, для темы и задания — не раньше конца урока. Потом отметку, тему или задание исправляют по заявке, которую принимает завуч. Первая запись исправлением не бывает. 0 — без ограничения."/>
    <setting name="lock_days" kind="number" min="0" max="365" word="Через сколько дней урок закрывается для записи"
             hint="После этого учитель вносит пропущенное тоже по заявке; причины отсутствия уточняются как раньше. 0 — уроки не закрываются."/>
  </theme>
  <theme word="Посещаемость">
    <setting name="missed_day" kind="number" min="0" max="8" word="Сколько пропущенных уроков считать пропущенным днём"
             hint="0 — все уроки, которые в этот день были у ученика. При 3 день считается пропущенным, если пропущено не меньше трёх уроков."/>
    <setting name="missed_month_pct" kind="number" min="0" max="100" word="С какой доли пропущенных уроков месяца выделять ученика, %"
             hint="В посещаемости за месяц и в сводной ведомости. 0 — не выделять."/>
  </theme>
  <theme word="Контрольные работы">
    <setting name="controls_day" kind="number" min="0" max="9" word="Сколько контрольных работ по графику можно классу в один день"
             hint="Если их больше, график об этом предупреждает. 0 — не предупреждать."/>
    <setting name="controls_week" kind="number" min="0" max="30" word="Сколько контрольных работ по графику можно классу в неделю"
             hint="С понедельника по воскресенье. 0 — не предупреждать."/>
  </theme>
  <theme word="Отметки">
    <setting name="unmarked_grades" kind="ticks" word="Классы без отметок и домашних заданий"
             hint="В журнале этих классов — только темы и посещаемость. Если отметки уже есть, выбрать класс нельзя.">
      <choice value="1"/><choice value="2"/><choice value="3"/><choice value="4"/><choice value="5"/><choice value="6"/>
      <choice value="7"/><choice value="8"/><choice value="9"/><choice value="10"/><choice value="11"/>
    </setting>
    <setting name="min_marks" kind="number" min="0" max="20" word="Сколько отметок нужно для итоговой"
             hint="Если их меньше, предлагается «н/а», а отметку можно поставить, указав основание. 0 — не требовать."/>
    <setting name="min_marks_hour" kind="number" min="0" max="5" word="Сколько ещё отметок на каждый следующий час в неделю"
             hint="При 3 и 2: для одного часа в неделю нужно 3 отметки, для двух — 5, для трёх — 7. 0 — для всех предметов одинаково."/>
    <setting name="outside_counts" kind="choice" word="Отметки из другой школы"
             hint="Отметки, с которыми ученик перешёл в школу среди года, их вносят на странице «Отметки из другой школы».">
      <choice value="counted" word="входят в средний балл"/>
      <choice value="shown" word="только показываются"/>
    </setting>
    <setting name="forecast_shown" kind="choice" word="Прогноз отметок семьям"
             hint="Какая отметка вероятна за период и сколько ещё «5» или «4» для неё нужно. Учителям и классным руководителям прогноз виден всегда.">
      <choice value="hidden" word="не показывать"/>
      <choice value="shown" word="показывать"/>
    </setting>
    <setting name="round_from_pct" kind="choice" word="С какой доли средний балл округляют вверх"
             hint="По этому правилу предлагается итоговая отметка; «на границе» стоит там, где до неё не больше 0,1.">
      <choice value="50" word="от 0,50 (4,50 — это 5)"/>
      <choice value="60" word="от 0,60 (4,60 — это 5)"/>
      <choice value="70" word="от 0,70 (4,70 — это 5)"/>
    </setting>
    <setting name="year_half" kind="choice" word="Если среднее за периоды ровно посередине, за год предлагается"
             hint="Например, четверти 4, 4, 5, 5 дают среднее 4,5.">
      <choice value="up" word="отметка выше"/>
      <choice value="last" word="отметка ближе к последнему периоду"/>
    </setting>
    <setting name="final_grades" kind="ticks" word="Классы с экзаменами и итоговыми отметками"
             hint="В журналах этих классов после года есть «Экзамен» и «Итог».">
      <choice value="1"/><choice value="2"/><choice value="3"/><choice value="4"/><choice value="5"/><choice value="6"/>
      <choice value="7"/><choice value="8"/><choice value="9"/><choice value="10"/><choice value="11"/>
    </setting>
    <setting name="final_half" kind="choice" word="Если год и экзамен различаются на балл, в итоге предлагается"
             hint="В 9 и 11 классах итог для аттестата округляется по правилам математики: 4,5 — это 5.">
      <choice value="up" word="отметка выше"/>
      <choice value="year" word="отметка за год"/>
      <choice value="exam" word="отметка за экзамен"/>
    </setting>
    <setting name="finals_due" kind="choice" word="Когда итоговые отметки должны быть выставлены"
             hint="Если приказ назвал другой день, его указывает завуч на странице «Закрытие периодов». Выставленное позже помечается.">
      <choice value="two_days" word="за два дня до конца периода"/>
      <choice value="last_day" word="в последний день периода"/>
      <choice value="order" word="только по приказу"/>
    </setting>
    <setting name="retake_counts" kind="choice" word="Что идёт в средний балл после пересдачи"
             hint="Изменение сразу действует на все средние баллы; выставленные итоговые отметки не меняются.">
      <choice value="last" word="последняя отметка"/>
      <choice value="best" word="лучшая отметка"/>
      <choice value="mean" word="среднее всех попыток"/>
    </setting>
  </theme>
  <theme word="Родители">
    <setting name="receipt_ways" kind="ticks" word="Что считать ознакомлением с дневником за неделю"
             hint="Если не выбрано ничего, об ознакомлении не спрашивают.">
      <choice value="tap" word="родитель нажал «Ознакомлен(а)»"/>
      <choice value="read" word="неделя была на экране 5 секунд"/>
      <choice value="strip" word="подпись на бумажной полоске"/>
    </setting>
    <setting name="receipt_by" kind="choice" word="Кто из родителей должен ознакомиться"
             hint="Считаются те, кого по карточке извещают об учёбе.">
      <choice value="one" word="хотя бы один"/>
      <choice value="each" word="каждый"/>
    </setting>
    <setting name="receipt_opens" kind="choice" word="С какого дня недели можно подтвердить ознакомление"
             hint="Раньше этого дня отметки недели ещё выставляют.">
      <choice value="1" word="с понедельника"/><choice value="2" word="со вторника"/><choice value="3" word="со среды"/>
      <choice value="4" word="с четверга"/><choice value="5" word="с пятницы"/><choice value="6" word="с субботы"/>
      <choice value="7" word="с воскресенья"/>
    </setting>
    <setting name="receipt_days" kind="number" min="1" max="60" word="Сколько дней даётся, чтобы ознакомиться"
             hint="Потом подтвердить можно, но с пометкой «поздно»."/>
    <setting name="informing_days" kind="number" min="1" max="60" word="Через сколько дней семью пора информировать снова"
             hint="Если за это время не было ни ознакомления с дневником, ни бумаги, ни звонка, беседы или собрания."/>
    <setting name="informing_paper_days" kind="number" min="1" max="60" word="То же для семей, которые получают всё на бумаге"
             hint="Бумажная семья — та, где родитель не согласен на обработку данных."/>
  </theme>
  <theme word="Письма и СМС">
    <setting name="letters_day" kind="number" min="0" max="1000" word="Сколько писем в день можно одному человеку"
             hint="Остальные уйдут на следующий день. О несчастном случае сообщают всегда. 0 — без ограничения."/>
    <setting name="letters_hour" kind="number" min="0" max="100000" word="Сколько писем в час отправляет школа"
             hint="Столько, сколько принимает почтовый сервер школы; остальные уйдут в следующий час. 0 — без ограничения."/>
    <setting name="sms_day" kind="number" min="0" max="100" word="Сколько СМС в день можно одному человеку"
             hint="Срочное сверх этого уйдёт письмом, остальное — на следующий день. 0 — без ограничения."/>
    <setting name="sms_month" kind="number" min="0" max="1000000" word="Сколько СМС в месяц оплачивает школа"
             hint="Сообщение длиннее 70 знаков — два СМС. Срочное сверх этого уйдёт письмом, а если почты нет, его сообщит классный руководитель. 0 — без ограничения."/>
  </theme>
  <theme word="Разделы">
    <setting name="modules" kind="ticks" word="Какие разделы, кроме журнала, ведёт школа"
             hint="Выключенного раздела нет ни в меню, ни по ссылке. Записи в нём сохраняются и появятся, когда его включат снова.">
      <choice value="gto" word="ГТЗО (нормы ГТО)"/>
      <choice value="meals" word="Питание"/>
      <choice value="events" word="События и портфолио"/>
    </setting>
    <setting name="gto_caption" kind="choice" word="Как называется раздел норм ГТО"
             hint="Так раздел называется в меню, заголовках и справке. На печатных формах комплекс всегда «ГТО»: это его имя по закону.">
      <choice value="gtzo" word="ГТЗО"/>
      <choice value="gto" word="ГТО"/>
    </setting>
  </theme>
  <theme word="Безопасность" for="administrator">
    <setting name="factor_roles" kind="ticks" word="Кому вход с кодом обязателен"
             hint="Эти сотрудники после пароля вводят код из приложения на телефоне; тот же код — перед тем, как дать роль. У кого кода ещё нет, тот входит как раньше, пока не кончатся дни ниже, а потом — только на страницу, где код включают. Потерявшему телефон вход с кодом сбрасывает администратор: «Люди», «Вход с кодом».">
      <choice value="administrator" word="администратор журнала"/>
      <choice value="director" word="директор"/>
      <choice value="deputy" word="завуч"/>
      <choice value="hr" word="специалист по кадрам"/>
      <choice value="meals" word="ответственный за питание"/>
      <choice value="archivist" word="ответственный за резервные копии"/>
      <choice value="class_teacher" word="классный руководитель"/><choice value="teacher" word="учитель"/>
    </setting>
    <setting name="factor_days" kind="number" min="0" max="30" word="Сколько дней даётся, чтобы включить вход с кодом"
             hint="Дни идут с первого входа, при котором код понадобился. 0 — код нужен сразу."/>
    <setting name="view_months" kind="number" min="12" max="120" word="Сколько месяцев хранить записи о том, кто открывал карточки"
             hint="Не меньше года. Более старые записи каждый день удаляются сами."/>
  </theme>
</xsl:variable>
<xsl:variable name="settings" select="exsl:node-set($list)/theme/setting"/>
<xsl:variable name="page" select="/page/settings"/>

<xsl:template match="page/settings" mode="title">Настройки школы</xsl:template>
<xsl:template match="page[settings]/errors/error[@field]" mode="field-name">
  <xsl:value-of select="$settings[@name = current()/@field]/@word"/>
</xsl:template>
<xsl:template match="page[settings]/errors/error[@code = 'JE211']" mode="words">В выбранном классе уже есть отметки.</xsl:template>
<xsl:template match="page[settings]/errors/error[@code = 'JE102']" mode="words">
  <xsl:call-template name="out-of-range"><xsl:with-param name="f" select="$settings[@name = current()/@field]"/></xsl:call-template>
</xsl:template>
<xsl:template match="page[settings]/errors/error[@code = 'JE102'][@field = 'okpo']" mode="words" priority="1">В коде ОКПО 8 или 10 цифр.</xsl:template>
<xsl:template match="page[settings]/errors/error[@code = 'JE102'][@field = 'email']" mode="words" priority="1">Это не похоже на адрес почты.</xsl:template>
<xsl:template match="page[settings]/errors/error[@field]" mode="current">
  <xsl:text>«</xsl:text>
  <xsl:apply-templates select="$settings[@name = current()/@field]" mode="shown">
    <xsl:with-param name="value" select="@value"/>
  </xsl:apply-templates>
  <xsl:text>»</xsl:text>
</xsl:template>

<xsl:template match="page/settings">
  <dl class="record"><xsl:apply-templates select="$settings" mode="value"/></dl>
  <xsl:apply-templates select="self::*[change]" mode="changes"/>
</xsl:template>

<xsl:template match="page/settings[@can_write]">
  <xsl:if test="@is_saved and not($is-refused)"><p class="notice" role="status">Сохранено.</p></xsl:if>
  <form method="post" action="{$base}/settings">
    <xsl:call-template name="token"/>
    <xsl:apply-templates select="$settings/parent::theme[not(@for) or $page/@is_administrator]"/>
    <p class="bar"><button class="main">Сохранить</button></p>
  </form>
  <xsl:apply-templates select="self::*[change]" mode="changes"/>
</xsl:template>

<!-- ................................................................. the form -->

<xsl:template match="theme">
  <h2><xsl:value-of select="@word"/></h2>
  <xsl:for-each select="setting">
    <xsl:variable name="setting" select="."/>
    <!-- goes to the page's document, whose keys have the refused values -->
    <xsl:for-each select="$page">
      <xsl:variable name="value" select="string(@*[name() = $setting/@name])"/>
      <div class="row">
        <xsl:apply-templates select="." mode="field">
          <xsl:with-param name="setting" select="$setting"/>
          <xsl:with-param name="value" select="$value"/>
        </xsl:apply-templates>
        <xsl:call-template name="old-field">
          <xsl:with-param name="name" select="$setting/@name"/>
          <xsl:with-param name="value" select="$value"/>
        </xsl:call-template>
        <span class="hint" id="h-{$setting/@name}"><xsl:value-of select="$setting/@hint"/></span>
        <xsl:call-template name="field-error"><xsl:with-param name="name" select="$setting/@name"/></xsl:call-template>
      </div>
    </xsl:for-each>
  </xsl:for-each>
</xsl:template>

<xsl:template match="settings" mode="field">
  <xsl:param name="setting"/>
  <xsl:param name="value"/>
  <xsl:variable name="typed">
    <xsl:call-template name="typed">
      <xsl:with-param name="name" select="$setting/@name"/>
      <xsl:with-param name="value" select="$value"/>
    </xsl:call-template>
  </xsl:variable>
  <xsl:choose>
    <xsl:when test="$setting/@kind = 'ticks'">
      <xsl:call-template name="ticks">
        <xsl:with-param name="setting" select="$setting"/>
        <xsl:with-param name="value" select="$value"/>
      </xsl:call-template>
    </xsl:when>
    <xsl:otherwise>
      <label>
        <span class="label"><xsl:value-of select="$setting/@word"/></span>
        <xsl:apply-templates select="$setting" mode="control"><xsl:with-param name="typed" select="string($typed)"/></xsl:apply-templates>
      </label>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- A checkbox for each choice; after a refusal ticked as they were sent. -->
<xsl:template name="ticks">
  <xsl:param name="setting"/>
  <xsl:param name="value"/>
  <xsl:variable name="sent" select="/page/form/row/field[@name = $setting/@name]"/>
  <fieldset aria-describedby="h-{$setting/@name}">
    <xsl:call-template name="invalid"><xsl:with-param name="name" select="$setting/@name"/></xsl:call-template>
    <legend class="label"><xsl:value-of select="$setting/@word"/></legend>
    <xsl:for-each select="$setting/choice">
      <label class="check">
        <input type="checkbox" name="{$setting/@name}" value="{@value}">
          <xsl:if test="$is-refused and $sent = @value or not($is-refused)
                    and contains(concat(' ', $value, ' '), concat(' ', @value, ' '))">
            <xsl:attribute name="checked">checked</xsl:attribute>
          </xsl:if>
        </input>
        <span><xsl:apply-templates select="." mode="word"/></span>
      </label>
    </xsl:for-each>
  </fieldset>
</xsl:template>

<xsl:template match="setting" mode="control">
  <xsl:param name="typed"/>
  <input type="text" name="{@name}" autocomplete="off" maxlength="{@max}" value="{$typed}" aria-describedby="h-{@name}">
    <xsl:apply-templates select="." mode="refused"/>
  </input>
</xsl:template>
<xsl:template match="setting[@kind = 'number']" mode="control">
  <xsl:param name="typed"/>
  <input type="number" name="{@name}" autocomplete="off" min="{@min}" max="{@max}" value="{$typed}" aria-describedby="h-{@name}">
    <xsl:apply-templates select="." mode="refused"/>
  </input>
</xsl:template>
<xsl:template match="setting[@kind = 'choice']" mode="control">
  <xsl:param name="typed"/>
  <select name="{@name}" aria-describedby="h-{@name}">
    <xsl:apply-templates select="." mode="refused"/>
    <xsl:for-each select="choice">
      <option value="{@value}">
        <xsl:if test="@value = $typed"><xsl:attribute name="selected">selected</xsl:attribute></xsl:if>
        <xsl:value-of select="@word"/>
      </option>
    </xsl:for-each>
  </select>
</xsl:template>
<xsl:template match="setting" mode="refused">
  <xsl:variable name="name" select="@name"/>
  <xsl:for-each select="$page">
    <xsl:call-template name="invalid"><xsl:with-param name="name" select="$name"/></xsl:call-template>
  </xsl:for-each>
</xsl:template>

<!-- ......................................................... values in words -->

<xsl:template match="setting" mode="value">
  <dt><xsl:value-of select="@word"/></dt>
  <dd>
    <xsl:apply-templates select="." mode="shown">
      <xsl:with-param name="value" select="$page/@*[name() = current()/@name]"/>
    </xsl:apply-templates>
    <span class="hint"><xsl:value-of select="@hint"/></span>
  </dd>
</xsl:template>

<xsl:template match="setting" mode="shown">
  <xsl:param name="value"/>
  <xsl:choose>
    <xsl:when test="not(string($value))">—</xsl:when>
    <xsl:when test="@kind = 'choice'"><xsl:value-of select="choice[@value = $value]/@word"/></xsl:when>
    <xsl:when test="@kind = 'ticks'">
      <xsl:for-each select="choice[contains(concat(' ', $value, ' '), concat(' ', @value, ' '))]">
        <xsl:if test="position() &gt; 1">, </xsl:if>
        <xsl:apply-templates select="." mode="word"/>
      </xsl:for-each>
    </xsl:when>
    <xsl:otherwise><xsl:value-of select="$value"/></xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template match="choice" mode="word">
  <xsl:value-of select="@word"/><xsl:if test="not(@word)"><xsl:value-of select="@value"/></xsl:if>
</xsl:template>

<xsl:template match="settings" mode="changes">
  <h2>Кто и что менял</h2>
  <table class="data changes">
    <thead>
      <tr>
        <th scope="col">Когда</th>
        <th scope="col">Кто</th>
        <th scope="col">Настройка</th>
        <th scope="col">Было</th>
        <th scope="col">Стало</th>
      </tr>
    </thead>
    <tbody><xsl:apply-templates select="change"/></tbody>
  </table>
</xsl:template>

<xsl:template match="settings/change">
  <xsl:variable name="setting" select="$settings[@name = current()/@field]"/>
  <tr>
    <th scope="row"><xsl:apply-templates select="@at" mode="moment"/></th>
    <td><xsl:value-of select="@who"/><xsl:if test="not(@who)">система</xsl:if></td>
    <td><xsl:value-of select="$setting/@word"/></td>
    <td data-word="Было">
      <xsl:apply-templates select="$setting" mode="shown">
        <xsl:with-param name="value" select="@old"/>
      </xsl:apply-templates>
    </td>
    <td data-word="Стало">
      <xsl:apply-templates select="$setting" mode="shown">
        <xsl:with-param name="value" select="@new"/>
      </xsl:apply-templates>
    </td>
  </tr>
</xsl:template>

</xsl:stylesheet>
