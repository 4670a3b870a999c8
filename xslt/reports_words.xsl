<?xml version="1.0" encoding="UTF-8"?>
<!-- reports_words.xsl: the words of reports: names, rules by which they count, heads of columns.
     in   —
     out  $reports/report[key word for rule], $tables/table[name word?]/c[key word group? alone?]
     see  sql/objects/reports_list.sql, which lists the reports and their columns; reports_lines.xsl -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:variable name="report-words">
  <report key="pupils" word="Общие сведения об обучающихся"
          for="Сколько учеников по полу, возрасту, форме обучения и особым условиям — по классам."
          rule="Считаются ученики класса в последний день периода; возраст — полных лет в этот день."/>
  <report key="movement" word="Движение обучающихся"
          for="Кто прибыл и выбыл по классам и месяцам; из этих чисел складывается число на конец."
          rule="На начало + прибыло + из других классов − выбыло − в другие классы = на конец."/>
  <report key="sizes" word="Наполняемость классов" for="Учеников на 1 и 20 сентября и сейчас; сколько мест в кабинете класса."
          rule="Мест — по кабинету, закреплённому за классом; свободно — мест минус учеников сейчас."/>
  <report key="teachers" word="Отчёт учителя-предметника" for="Отметки, качество, часы и контрольные работы каждой группы учителя."
          rule="N — все отметки, кроме «осв»; «н/а» считается. Часы — по расписанию периода до сегодняшнего дня; отставание — не проведённые. В итогах ученик посчитан столько раз, во скольких группах учится. С одной «3» — эта «3» у ученика единственная, а «2» и «н/а» нет ни по одному предмету."/>
  <report key="journals" word="Заполнение и посещение журналов" for="Сколько уроков прошло и в скольких записаны тема, посещаемость и задание; сколько дней в журнал заходили учитель и семьи."
          rule="Считаются прошедшие уроки, кроме отменённых. Заполнен полностью — записаны тема, посещаемость и домашнее задание (или что его нет). Отметок — сколько поставлено, с пересдачами. Заходили, дней — сколько дней журналом пользовался учитель и сколько — хотя бы одна семья учеников группы; в итогах каждый день считается один раз."/>
  <report key="leader" word="Отчёт классного руководителя"
          for="Класс за период: движение, группы учеников, предметы, пропуски — рядом с прошлым периодом."
          rule="Успеваемость класса — доля учеников без «2» и «н/а», качество — доля учеников, у которых все отметки «4» и «5». По предметам: N — все отметки, кроме «осв»."/>
  <report key="controls" word="Контрольные работы" for="Кто писал каждую работу, отметки, качество и сравнение с отметкой за период."
          rule="Считается последняя попытка ученика. «За период выше» — у скольких отметка за период выше, чем за работу."/>
  <report key="lost" word="Пропущенные уроки с темами" for="Какие темы пропустил каждый ученик — для индивидуальной работы."
          rule="Отработан — у ученика есть отметка за этот урок. Строки показывают тему и домашнее задание."/>
  <report key="failed" word="Неудовлетворительные отметки с темами" for="По каким темам у ученика отметки ниже «3» и что пересдано."
          rule="Пересдано — есть более поздняя попытка с положительной отметкой. Ученики — класса в последний день периода."/>
  <report key="attendance" word="Сводная ведомость учёта посещаемости"
          for="Пропущенные дни и уроки по причинам: по ученикам, классам и школе."
          rule="Полный день — пропущены все уроки, которые в этот день были у ученика, или столько, сколько указано в настройках школы. Посещаемость — доля проведённых уроков, на которых ученик был. Считаются проведённые уроки."/>
  <report key="programme" word="Выполнение учебного плана"
          for="Часы по учебному плану, по КТП и проведённые; отставание — по классам, предметам и учителям."
          rule="Выполнено — доля пройденных часов КТП от часов, которые по плану прошли к сегодняшнему дню. Отставание — на сколько часов пройдено меньше (с минусом — больше)."/>
  <report key="quality" word="Качество знаний по предметам"
          for="Отметки, успеваемость, качество и СОУ каждого предмета в классе, пропуски уроков."
          rule="N — все отметки, кроме «осв»; «н/а» считается. Успеваемость = (5 + 4 + 3) / N, качество = (5 + 4) / N, СОУ — по весам системы оценивания. Пропуски — всех, кто тогда учился в классе, и выбывших тоже."/>
  <report key="mastery" word="Освоение программы" for="Доля положительных итоговых отметок по предметам и ученикам."
          rule="Освоение = положительные итоговые отметки / все ученики класса × 100, по каждому предмету, по которому в классе есть отметки. Ученик без отметки считается не освоившим — это правило строже, чем успеваемость."/>
  <report key="keeping" word="Ведение журналов и дневников"
          for="Как в каждом классе выполнены обязанности по журналу, заходят ли семьи, подтверждены ли недели, что с замечаниями."
          rule="Считаются те же случаи, что на странице «Контроль» (урок, неделя, отметка за период), кроме объективности отметок, за четверть или полугодие класса. Урок нескольких классов считается один раз, в одном из них. Семьи заходят — хотя бы один родитель был в дневнике не позже срока, который указан в пределах контроля."/>
  <report key="statistic" word="ОО-1: сведения для статистики" for="Классы и обучающиеся на 20 сентября по строкам федеральной формы ОО-1, контрольные суммы."
          rule="На 20 сентября. Возраст — сколько полных лет исполнится к 1 января следующего года. Номера строк сверьте с формой года: Росстат меняет их почти каждый год. Строки, которых журнал не знает, перечислены ниже."/>
  <report key="activity" word="Активность пользователей" for="Кто пользовался журналом за месяц: входы, дни и записи сотрудников; семьи по классам."
          rule="Показан последний записанный месяц: его записывают 1-го числа следующего, и больше он не меняется. Дни — сколько дней человек пользовался журналом; записи — сколько раз он изменил данные; заходили — те, кто был хотя бы раз."/>
  <report key="filling" word="Полнота и своевременность заполнения" for="Сколько уроков заполнено полностью, в срок и через сколько дней — по классам и предметам."
          rule="Урок заполнен, если записаны тема, посещаемость и домашнее задание или что его нет (в классах без отметок задание не нужно). В срок — посещаемость отмечена не позже срока школы. Медиана — через сколько дней после урока: у половины заполненных раньше, у половины позже. Урок нескольких классов считается один раз, в первом из них, который вошёл в отчёт."/>
  <report key="statistics" word="Статистика успеваемости и посещаемости" for="Средний балл, качество и посещаемость по неделям и месяцам."
          rule="Считаются все текущие отметки, в том числе пересдачи; качество — доля «4» и «5». Посещаемость — доля проведённых уроков, на которых ученики были."/>
  <report key="analysis" word="Оперативный анализ результатов" for="Кто стал учиться хуже или лучше: средний балл сейчас, отметки прошлого периода, последние две недели. Ученики, учителя, виды работ."
          rule="Средний балл ученика — среднее его средневзвешенных баллов по предметам. Снижение — балл по предмету ниже отметки прошлого периода на 0,5 или больше. Тенденция — балл за последние 14 дней минус балл до них."/>
  <report key="monitor" word="Мониторинг" for="Пропуски, незаполненные уроки, двойки, снижения и замечания за неделю — рядом с неделей до неё."
          rule="Неделя — последние семь дней. Без причины — код «н» или «п». Снижение — балл по предмету ниже отметки прошлого периода на 0,5 или больше. Риск по прогнозу — предметы, по которым «2» или «н/а» вероятны на 30 % и больше; при малом числе отметок прогноза нет."/>
  <report key="decisions" word="Решения по замечаниям" for="Какие решения приняты по замечаниям и что изменилось: нарушений было и осталось."
          rule="Было — сколько нарушений нашлось, когда сделали замечание; осталось — сколько из них не исправлено до сих пор."/>
  <report key="pairs" word="Итоговые отметки, два ученика на листе" for="Те же отметки, экономная форма: строки — предметы, по два ученика рядом."
          rule="Столбцы каждого ученика — четверти или полугодия, год, экзамен, итог."/>
  <report key="progress" word="Индивидуальные результаты" for="Годовые и итоговые отметки каждого ученика за все годы, по уровням образования."
          rule="Считается итоговая отметка года, а если её нет — годовая. НОО — 1–4 классы, ООО — 5–9, СОО — 10–11. Годы в другой школе сюда не входят."/>
  <report key="finals" word="Сводная ведомость итоговых отметок" for="Отметки за все периоды года, каждый ученик — по предметам."
          rule="Столбцы — предметы, строки — периоды: четверти или полугодия, год, экзамен, итог."/>
  <report key="results" word="Итоговые данные по обучающимся" for="Итоговые отметки каждого ученика за период, его группа и пропуски."
          rule="Хорошист — все отметки «4» и «5», «с тройками» — нет «2» и «н/а». Каждый ученик входит в одну группу; ученик с одной «4» или «3» посчитан и среди хорошистов или учеников с тройками. «осв» и «зач» на группу не влияют. Пропуски — только тех, кто числится в классе в последний день периода."/>
  <report key="school" word="Успеваемость по школе"
          for="Успеваемость и качество знаний по классам, параллелям, уровням и школе — с изменением к прошлому периоду."
          rule="Успеваемость — доля учеников без «2» и «н/а», качество — доля учеников, у которых все отметки «4» и «5», среди учеников с отметками. СОУ — по всем отметкам, «н/а» с весом 7, «осв» не считается. Класс ученика — в последний день периода."/>
</xsl:variable>
<xsl:variable name="reports" select="exsl:node-set($report-words)"/>

<xsl:variable name="table-words">
  <table name="pupils">
    <c key="pupils" word="Учеников"/>
    <c key="girls" word="девочки" group="Пол"/><c key="boys" word="мальчики" group="Пол"/>
    <c key="age_6" word="до 7" group="Возраст, лет"/><c key="age_10" word="7–10" group="Возраст, лет"/>
      <c key="age_14" word="11–14" group="Возраст, лет"/><c key="age_17" word="15–17" group="Возраст, лет"/>
        <c key="age_18" word="18 и старше" group="Возраст, лет"/>
    <c key="mixed" word="очно-заочная" group="Форма"/><c key="extramural" word="заочная" group="Форма"/>
    <c key="needs" word="ОВЗ"/><c key="disabled" word="Инвалидность"/>
    <c key="individual" word="ИУП"/><c key="home" word="На дому"/>
    <c key="day_group" word="ГПД"/><c key="repeaters" word="Второй год"/>
  </table>
  <table name="movement" word="Движение">
    <c key="first" word="На начало"/><c key="arrived" word="Прибыло"/><c key="moved_in" word="Из других классов"/>
    <c key="departed" word="всего" group="Выбыло"/><c key="to_city" word="в школу города" group="Выбыло"/>
      <c key="to_school" word="в другую школу" group="Выбыло"/><c key="to_abroad" word="за границу" group="Выбыло"/>
        <c key="to_college" word="в СПО" group="Выбыло"/><c key="to_family" word="семейное" group="Выбыло"/>
          <c key="to_other" word="иное" group="Выбыло"/>
    <c key="moved_out" word="В другие классы"/><c key="last" word="На конец"/>
  </table>
  <table name="movement_months" word="По месяцам"><c key="arrived" word="Прибыло"/><c key="departed" word="Выбыло"/></table>
  <table name="sizes">
    <c key="september_1" word="на 1 сентября" group="Учеников"/><c key="september_20" word="на 20 сентября" group="Учеников"/>
      <c key="now" word="сейчас" group="Учеников"/>
    <c key="places" word="Мест"/><c key="free" word="Свободно"/>
  </table>
  <table name="teachers">
    <c key="pupils" word="Учеников"/>
    <c key="n5" word="5" group="Отметки"/><c key="n4" word="4" group="Отметки"/><c key="n3" word="3" group="Отметки"/>
      <c key="n2" word="2" group="Отметки"/><c key="na" word="н/а" group="Отметки"/><c key="pass" word="зач" group="Отметки"/>
        <c key="exempt" word="осв" group="Отметки"/>
    <c key="pass_pct" word="Успев., %"/><c key="quality_pct" word="Кач., %"/><c key="sou" word="СОУ, %"/>
      <c key="mean" word="Средний балл"/><c key="one_3" word="С одной «3»"/>
    <c key="due" word="план" group="Часов"/><c key="given" word="дано" group="Часов"/><c key="lag" word="отст." group="Часов"/>
    <c key="controls_plan" word="план" group="Контр."/><c key="controls" word="факт" group="Контр."/>
    <c key="labs" word="лаб." group="Работ"/><c key="practicals" word="практ." group="Работ"/>
  </table>
  <table name="journals">
    <c key="due" word="Уроков прошло"/><c key="topic" word="тема" group="Записано"/>
      <c key="attendance" word="посещаемость" group="Записано"/><c key="homework" word="задание" group="Записано"/>
    <c key="whole" word="Заполнено"/><c key="whole_pct" word="Заполнено, %"/>
    <c key="no_topic" word="тема" group="Не записано"/><c key="no_attendance" word="посещаемость" group="Не записано"/>
      <c key="no_homework" word="задание" group="Не записано"/>
    <c key="marks" word="Отметок"/>
    <c key="teacher_days" word="учитель" group="Заходили, дней"/><c key="family_days" word="семьи" group="Заходили, дней"/>
  </table>
  <table name="controls">
    <c key="wrote" word="Писали"/><c key="n5" word="5" group="Отметки"/><c key="n4" word="4" group="Отметки"/>
      <c key="n3" word="3" group="Отметки"/><c key="n2" word="2" group="Отметки"/>
    <c key="pass_pct" word="Успев., %"/><c key="quality_pct" word="Кач., %"/><c key="mean" word="Средний балл"/>
    <c key="above" word="выше" group="За период"/><c key="below" word="ниже" group="За период"/>
  </table>
  <table name="lost"><c key="missed" word="Пропущено уроков"/><c key="with_topic" word="С темой"/>
    <c key="made_up" word="Отработано"/><c key="not_made_up" word="Не отработано"/></table>
  <table name="failed"><c key="failed" word="Ниже «3»"/><c key="retaken" word="Пересдано"/><c key="open" word="Не пересдано"/></table>
  <table name="attendance" word="Пропуски">
    <c key="days" word="всего" group="Полных дней"/><c key="days_ill" word="по болезни" group="Полных дней"/>
    <c key="lessons" word="всего" group="Уроков пропущено"/><c key="ill" word="по болезни" group="Уроков пропущено"/>
      <c key="valid" word="по уважит. причине" group="Уроков пропущено"/>
        <c key="unjustified" word="без уважит. причины" group="Уроков пропущено"/>
          <c key="unexplained" word="причина не указана" group="Уроков пропущено"/>
    <c key="late" word="Опозданий"/><c key="due" word="Уроков было"/><c key="attendance_pct" word="Посещаемость, %"/>
  </table>
  <table name="programme">
    <c key="norm" word="по учебному плану" group="Часов за год"/><c key="plan" word="по КТП" group="Часов за год"/>
    <c key="due" word="по плану" group="Часов на дату"/><c key="given" word="проведено" group="Часов на дату"/>
      <c key="replaced" word="из них замен" group="Часов на дату"/><c key="covered" word="пройдено КТП" group="Часов на дату"/>
    <c key="done_pct" word="Выполнено, %"/><c key="lag" word="Отставание"/>
    <c key="works" word="план" group="Контрольных, лаб., практ."/><c key="works_given" word="факт" group="Контрольных, лаб., практ."/>
  </table>
  <table name="quality" word="По предметам">
    <c key="n5" word="5" group="Отметки"/><c key="n4" word="4" group="Отметки"/><c key="n3" word="3" group="Отметки"/>
      <c key="n2" word="2" group="Отметки"/><c key="na" word="н/а" group="Отметки"/><c key="pass" word="зач" group="Отметки"/>
        <c key="exempt" word="осв" group="Отметки"/>
    <c key="pass_pct" word="Успеваемость, %"/><c key="quality_pct" word="Качество, %"/><c key="sou" word="СОУ, %"/>
      <c key="mean" word="Средний балл"/>
    <c key="missed" word="всего" group="Пропущено уроков"/><c key="ill" word="болезнь" group="Пропущено уроков"/>
      <c key="valid" word="уваж." group="Пропущено уроков"/><c key="unjustified" word="неуваж." group="Пропущено уроков"/>
        <c key="unexplained" word="не указана" group="Пропущено уроков"/>
  </table>
  <table name="mastery" word="По предметам"><c key="places" word="Должно быть отметок"/><c key="passed" word="Положительных"/>
    <c key="mastery_pct" word="Освоение, %"/></table>
  <table name="mastery_pupils" word="По ученикам"><c key="places" word="Должно быть отметок"/><c key="passed" word="Положительных"/>
    <c key="mastery_pct" word="Освоение, %"/></table>
  <table name="finals"/>
  <table name="keeping">
    <c key="due" word="было" group="Обязанности"/><c key="met" word="выполнено" group="Обязанности"/>
      <c key="met_pct" word="%" group="Обязанности"/><c key="unmet" word="не выполнено" group="Обязанности"/>
    <c key="families" word="всего" group="Семьи"/><c key="visited" word="заходят" group="Семьи"/>
      <c key="visited_pct" word="%" group="Семьи"/>
    <c key="weeks" word="всего" group="Недели дневника"/><c key="acknowledged" word="подтверждено" group="Недели дневника"/>
      <c key="acknowledged_pct" word="%" group="Недели дневника"/>
    <c key="findings" word="всего" group="Замечания"/><c key="open" word="открыто" group="Замечания"/>
  </table>
  <table name="statistic" word="Строки формы">
    <c key="total" word="Всего"/>
      <c key="grade_1" word="1" group="По классам"/>
      <c key="grade_2" word="2" group="По классам"/>
      <c key="grade_3" word="3" group="По классам"/>
      <c key="grade_4" word="4" group="По классам"/>
      <c key="grade_5" word="5" group="По классам"/>
      <c key="grade_6" word="6" group="По классам"/>
      <c key="grade_7" word="7" group="По классам"/>
      <c key="grade_8" word="8" group="По классам"/>
      <c key="grade_9" word="9" group="По классам"/>
      <c key="grade_10" word="10" group="По классам"/>
      <c key="grade_11" word="11" group="По классам"/>
      <c key="grade_12" word="12" group="По классам"/>
  </table>
  <table name="statistic_checks" word="Контрольные суммы"><c key="whole" word="Строка"/><c key="parts" word="Сумма частей"/>
    <c key="difference" word="Расхождение"/></table>
  <table name="statistic_hand" word="Заполняется из других источников"><c key="rows" word="Строк"/></table>
  <table name="activity" word="Сотрудники">
    <c key="entrances" word="Входов"/><c key="days" word="Дней"/><c key="entries" word="Записей"/></table>
  <table name="activity_families" word="Семьи">
    <c key="guardians" word="всего" group="Родители"/><c key="guardians_active" word="заходили" group="Родители"/>
      <c key="guardians_pct" word="%" group="Родители"/><c key="guardians_entrances" word="входов" group="Родители"/>
        <c key="guardians_days" word="дней" group="Родители"/>
    <c key="pupils" word="всего" group="Ученики"/><c key="pupils_active" word="заходили" group="Ученики"/>
      <c key="pupils_pct" word="%" group="Ученики"/><c key="pupils_entrances" word="входов" group="Ученики"/>
        <c key="pupils_days" word="дней" group="Ученики"/>
  </table>
  <table name="activity_months" word="По месяцам">
    <c key="staff" word="всего" group="Сотрудники"/><c key="staff_active" word="заходили" group="Сотрудники"/>
    <c key="guardian" word="всего" group="Родители"/><c key="guardian_active" word="заходили" group="Родители"/>
      <c key="guardian_pct" word="%" group="Родители"/>
    <c key="pupil" word="всего" group="Ученики"/><c key="pupil_active" word="заходили" group="Ученики"/>
      <c key="pupil_pct" word="%" group="Ученики"/>
    <c key="entrances" word="Входов"/><c key="entries" word="Записей"/>
  </table>
  <table name="filling">
    <c key="due" word="Уроков прошло"/><c key="filled" word="всего" group="Заполнено"/><c key="filled_pct" word="%" group="Заполнено"/>
    <c key="on_time" word="уроков" group="В срок"/><c key="on_time_pct" word="%" group="В срок"/>
    <c key="unfilled" word="Не заполнено"/><c key="delay" word="Медиана, дней"/>
  </table>
  <table name="months" word="По месяцам">
    <c key="marks" word="Отметок"/><c key="mean" word="Средний балл"/>
    <c key="pass_pct" word="Успев., %"/><c key="quality_pct" word="Кач., %"/>
    <c key="due" word="было" group="Уроки учеников"/><c key="missed" word="пропущено" group="Уроки учеников"/>
      <c key="ill" word="по болезни" group="Уроки учеников"/><c key="attendance_pct" word="Посещ., %"/>
  </table>
  <table name="weeks" word="По неделям">
    <c key="marks" word="Отметок"/><c key="mean" word="Средний балл"/>
    <c key="pass_pct" word="Успев., %"/><c key="quality_pct" word="Кач., %"/>
    <c key="due" word="было" group="Уроки учеников"/><c key="missed" word="пропущено" group="Уроки учеников"/>
      <c key="ill" word="по болезни" group="Уроки учеников"/><c key="attendance_pct" word="Посещ., %"/>
  </table>
  <table name="analysis" word="Ученики">
    <c key="mean" word="сейчас" group="Средний балл"/><c key="before_mean" word="прошлый период" group="Средний балл"/>
      <c key="term_gap" word="разница" group="Средний балл"/>
    <c key="falls" word="ниже" group="Предметов"/><c key="rises" word="выше" group="Предметов"/>
    <c key="early_mean" word="раньше" group="Балл отметок"/><c key="late_mean" word="за 14 дней" group="Балл отметок"/>
      <c key="trend" word="тенденция" group="Балл отметок"/>
  </table>
  <table name="analysis_teachers" word="Учителя">
    <c key="marks" word="Отметок"/><c key="mean" word="Средний балл"/>
    <c key="pass_pct" word="Успев., %"/><c key="quality_pct" word="Кач., %"/>
    <c key="before_mean" word="отметки" group="Прошлый период"/><c key="term_gap" word="разница" group="Прошлый период"/>
    <c key="early_mean" word="раньше" group="Балл отметок"/><c key="late_mean" word="за 14 дней" group="Балл отметок"/>
      <c key="trend" word="тенденция" group="Балл отметок"/>
  </table>
  <table name="analysis_kinds" word="Виды работ">
    <c key="marks" word="всего" group="Отметки"/><c key="n5" word="5" group="Отметки"/><c key="n4" word="4" group="Отметки"/>
      <c key="n3" word="3" group="Отметки"/><c key="n2" word="2" group="Отметки"/>
    <c key="pass_pct" word="Успев., %"/><c key="quality_pct" word="Кач., %"/><c key="mean" word="Средний балл"/>
  </table>
  <table name="monitor">
    <c key="missed" word="неделя" group="Пропущено уроков"/><c key="missed_before" word="до неё" group="Пропущено уроков"/>
    <c key="truant" word="неделя" group="Без причины"/><c key="truant_before" word="до неё" group="Без причины"/>
    <c key="unfilled" word="неделя" group="Не заполнено"/><c key="unfilled_before" word="до неё" group="Не заполнено"/>
    <c key="failed" word="неделя" group="Отметки ниже «3»"/><c key="failed_before" word="до неё" group="Отметки ниже «3»"/>
    <c key="falls" word="Снижений"/><c key="risk" word="Риск по прогнозу"/>
    <c key="findings" word="открыто" group="Замечания"/><c key="overdue" word="просрочено" group="Замечания"/>
  </table>
  <table name="decisions">
    <c key="findings" word="всего" group="Замечания"/><c key="accepted" word="принято" group="Замечания"/>
      <c key="open" word="не закрыто" group="Замечания"/>
    <c key="before" word="было" group="Нарушений"/><c key="after" word="осталось" group="Нарушений"/>
      <c key="mended" word="исправлено" group="Нарушений"/>
  </table>
  <table name="progress" word="По уровням">
    <c key="marks_1" word="отметок" group="НОО"/><c key="mean_1" word="балл" group="НОО"/><c key="quality_1" word="кач., %" group="НОО"/>
    <c key="marks_5" word="отметок" group="ООО"/><c key="mean_5" word="балл" group="ООО"/><c key="quality_5" word="кач., %" group="ООО"/>
    <c key="marks_10" word="отметок" group="СОО"/><c key="mean_10" word="балл" group="СОО"/><c key="quality_10" word="кач., %" group="СОО"/>
  </table>
  <table name="progress_years" word="По годам"/>
  <table name="results" word="Ученики">
    <c key="excellent" word="отличник" group="Группа"/>
    <c key="good" word="хорошист" group="Группа"/>
    <c key="one_4" word="с одной «4»" group="Группа"/>
    <c key="fair" word="с тройками" group="Группа"/>
    <c key="one_3" word="с одной «3»" group="Группа"/>
    <c key="failing" word="неуспев." group="Группа"/>
    <c key="absent" word="не аттест." group="Группа"/>
    <c key="mean" word="Средний балл"/>
    <c key="missed" word="всего" group="Пропущено уроков"/>
    <c key="ill" word="по болезни" group="Пропущено уроков"/>
  </table>
  <table name="school" word="Успеваемость и качество">
    <c key="pupils" word="Учеников"/>
    <c key="rated" word="С отметками"/>
    <c key="excellent" word="отличники" group="Из них"/>
    <c key="good" word="хорошисты" group="Из них"/>
    <c key="one_4" word="с одной «4»" group="Из них"/>
    <c key="fair" word="с тройками" group="Из них"/>
    <c key="one_3" word="с одной «3»" group="Из них"/>
    <c key="failing" word="неуспевающие" group="Из них"/>
    <c key="absent" word="не аттестованы" group="Из них"/>
    <c key="pass_pct" word="Успеваемость, %"/>
    <c key="quality_pct" word="%" group="Качество знаний" alone="Качество знаний, %"/>
    <c key="quality_change" word="изменение" group="Качество знаний"/>
    <c key="sou" word="СОУ, %"/>
    <c key="mean" word="балл" group="Средний балл" alone="Средний балл"/>
    <c key="mean_change" word="изменение" group="Средний балл"/>
  </table>
</xsl:variable>
<xsl:variable name="tables" select="exsl:node-set($table-words)"/>

<!-- The rule by which a report counts, on the screen and on paper. Where the period is several terms (quarters and
     half-years), each class is counted in its own. -->
<xsl:template match="reports" mode="rule">
  <xsl:if test="contains(@term_name, ', ') and not(@class_id)">Каждый класс — за свой период: четверть или полугодие. </xsl:if>
  <xsl:value-of select="$reports/report[@key = current()/@report_key]/@rule"/>
</xsl:template>

</xsl:stylesheet>
