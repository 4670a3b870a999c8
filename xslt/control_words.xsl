<?xml version="1.0" encoding="UTF-8"?>
<!-- control_words.xsl: the words of the duties that a school controls (sql/objects/duty.sql).
     short: the head of a column; name: the whole duty; hint: what counts as undone; mend: where and how it
     is mended; text: the beginning of a finding about it. Mode line-name is the name of a line of the matrix, mode
     amount the numbers that a fact compares -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:exsl="http://exslt.org/common" exclude-result-prefixes="exsl">

<xsl:variable name="duty-themes">
  <t key="lesson" word="Уроки"/>
  <t key="homework" word="Домашние задания"/>
  <t key="mark" word="Отметки"/>
  <t key="work" word="Контрольные и другие работы"/>
  <t key="plan" word="Программа"/>
  <t key="class" word="Классное руководство"/>
  <t key="family" word="Семьи"/>
</xsl:variable>

<xsl:variable name="duty-list">
  <d key="unfilled" short="не заполнен" name="Урок не заполнен в срок"
     hint="Срок прошёл, а тема, посещаемость или слово о задании не записаны."
     mend="Откройте урок и допишите, чего нет."/>
  <d key="late" short="записан позже" name="Урок записан позже срока"
     hint="Посещаемость отмечена позже дня, который задан настройкой школы."
     mend="Задним числом не исправляется: следующий урок записывают в срок."/>
  <d key="topic" short="нет темы" name="Нет темы урока"
     hint="Срок прошёл, а тема пуста."
     mend="Откройте урок и запишите тему."/>
  <d key="repeated" short="тема повторена" name="Тема повторяет прежнюю"
     hint="Такая же тема уже была у этой группы, и КТП не даёт на неё несколько часов."
     mend="Уточните тему урока: что нового сделано."/>
  <d key="letters" short="тема без слов" name="Тема без русских букв"
     hint="Записи ведут по-русски, на уроках иностранного языка тоже."
     mend="Запишите тему словами, по-русски."/>
  <d key="attendance" short="не отмечены пропуски" name="Посещаемость не отмечена"
     hint="Срок прошёл, а отсутствующие не отмечены и «все на месте» не поставлено."
     mend="Откройте урок и отметьте посещаемость."/>
  <d key="lost" short="не восполнен" name="Урок отменён и не восполнен"
     hint="Урок отменён, и другого вместо него не дано."
     mend="Назначьте замену или перенос; часы восполняют уплотнением КТП."/>
  <d key="homework" short="не сказано" name="О задании ничего не сказано"
     hint="Срок прошёл, а задания нет и «не задано» не отмечено."
     mend="Откройте урок: запишите задание или отметьте «не задано»."/>
  <d key="homework-late" short="задано позже" name="Задание записано позже срока"
     hint="Задание появилось в журнале позже дня, в который заполняют урок."
     mend="Задним числом не исправляется: следующее задание записывают в день урока."/>
  <d key="homework-short" short="слишком коротко" name="Задание слишком короткое"
     hint="В задании меньше слов, чем хочет школа, и нет файла."
     mend="Допишите задание: что сделать, по какой книге, как оформить."
     limit="Наименьшее число слов в домашнем задании"/>
  <d key="homework-holiday" short="на выходной" name="Задание на праздник или воскресенье"
     hint="Срок сдачи приходится на каникулы, праздник или воскресенье."
     mend="Перенесите срок на учебный день."/>
  <d key="homework-minutes" short="больше нормы" name="Заданий на день больше нормы"
     hint="Все задания класса на день вместе занимают больше минут, чем разрешает норма параллели (СП 2.4.3648-20, СанПиН 1.2.3685-21)."
     mend="Договоритесь с учителями класса: часть заданий перенести."/>
  <d key="marks-late" short="поставлены поздно" name="Отметки поставлены поздно"
     hint="За письменную работу отметок нет или они появились позже срока школы; за ответ — позже следующего урока."
     mend="Поставьте отметки за работу."
     limit="За сколько дней проверяют письменную работу"/>
  <d key="gap" short="уроки без отметок" name="Подряд уроки без отметок"
     hint="Столько уроков подряд никто не получил отметки."
     mend="Опросите учеников на ближайших уроках."
     limit="Сколько уроков подряд без отметок — нарушение"/>
  <d key="few-marks" short="мало отметок" name="У ученика мало отметок"
     hint="До конца периода две недели или меньше, а отметок меньше, чем нужно для итоговой."
     mend="Опросите ученика."/>
  <d key="finals" short="нет итоговой" name="Итоговая отметка не в срок"
     hint="Срок прошёл, а итоговой отметки нет или она поставлена позже."
     mend="Поставьте итоговую отметку на странице итогов журнала."/>
  <d key="objectivity" short="расходится со средним" name="Итоговая расходится со средним"
     hint="Итоговая отметка отличается от округлённого среднего балла на единицу и больше."
     mend="Проверьте отметку или запишите рядом основание."/>
  <d key="work-topic" short="работа без темы" name="Работа без темы"
     hint="У контрольной, лабораторной или практической работы не записана её тема."
     mend="Откройте урок и запишите тему работы."/>
  <d key="off-schedule" short="вне графика" name="Контрольная вне графика"
     hint="Работы нет в графике контрольных, или работа из графика не проведена. Считается с первого дня графика; пока графика нет, нарушений тоже нет."
     mend="Внесите работу в график или перенесите её день."/>
  <d key="control-share" short="больше доли часов" name="Контрольных больше доли часов"
     hint="Контрольные занимают больше разрешённой доли часов предмета за год (письмо Минпросвещения и Рособрнадзора от 06.08.2021 № СК-228/03, 01-169/08-01)."
     mend="Уберите из графика лишние работы."
     limit="Наибольшая доля часов предмета на контрольные, %"/>
  <d key="control-often" short="слишком часто" name="Контрольные слишком часто"
     hint="После прошлой контрольной этой группы прошло меньше дней, чем нужно: не чаще одной за две с половиной недели (то же письмо)."
     mend="Перенесите следующую работу."
     limit="Через сколько дней можно проводить следующую контрольную"/>
  <d key="lag" short="отставание" name="Отставание от программы"
     hint="Пройдено на столько часов меньше, чем должно быть на сегодня."
     mend="Уплотните темы КТП или дайте дополнительный урок."
     limit="С какого отставания от программы, в часах, — нарушение"/>
  <d key="plan" short="КТП не готово" name="КТП нет или часы расходятся"
     hint="Утверждённого КТП нет, или его часы не равны часам учебного плана."
     mend="Составьте КТП и отдайте на утверждение."/>
  <d key="corrections" short="исправления" name="Исправления записей"
     hint="Учитель просил исправить давнюю запись: заявка принята или ждёт решения."
     mend="Откройте заявку на исправление."/>
  <d key="week" short="неделя не сверена" name="Посещаемость недели не сверена"
     hint="Неделя прошла, а классный руководитель не сверил пропуски."
     mend="Откройте недели класса и сверьте пропуски."/>
  <d key="data" short="данные не сверены" name="Личные данные не сверены"
     hint="Месяц прошёл, а классный руководитель не сверил личные данные."
     mend="Сверьте данные в этом месяце."/>
  <d key="visit" short="не заходили" name="Семья не заходила в дневник"
     hint="Никто из родителей не открывал дневник дольше, чем разрешают пределы контроля. Семьи, которые получают всё на бумаге, не считаются."
     mend="Позвоните семье; если кода доступа нет, выдайте его."
     limit="Сколько дней семья может не заходить в дневник"/>
  <d key="receipt" short="не ознакомлены" name="Неделя дневника не подписана"
     hint="Срок прошёл, а никто из родителей не подтвердил, что видел неделю."
     mend="Напомните семье."/>
  <d key="informing" short="не извещены" name="Семью пора известить"
     hint="Семью не извещали дольше срока школы."
     mend="Позвоните или запишите беседу."/>
  <d key="signal-marks" name="Учитель не выставляет отметки"/>
  <d key="signal-failing" name="Ученики не успевают"/>
  <d key="signal-absent" name="Ученики пропускают уроки"/>
  <d key="signal-falling" name="Успешный ученик стал учиться хуже"/>
  <d key="signal-class" name="Класс стал учиться хуже"/>
</xsl:variable>
<xsl:variable name="duty-words" select="exsl:node-set($duty-list)/d"/>

<xsl:template match="@duty_key" mode="duty"><xsl:value-of select="$duty-words[@key = current()]/@name"/></xsl:template>
<xsl:template match="@duty_key" mode="duty-short"><xsl:value-of select="$duty-words[@key = current()]/@short"/></xsl:template>

<!-- The name of a line: a teacher, a class; for an observer also the classes of a grade or a level. -->
<xsl:template match="line" mode="line-name"><xsl:value-of select="@name"/></xsl:template>
<xsl:template match="line[@kind]" mode="line-name"><xsl:apply-templates select="." mode="classes"/></xsl:template>

<!-- The numbers that a fact compares. -->
<xsl:template match="fact" mode="amount"/>
<xsl:template match="control[@duty_key = 'homework-short']/fact" mode="amount">слов: <xsl:value-of select="@amount"/></xsl:template>
<xsl:template match="control[@duty_key = 'homework-minutes']/fact" mode="amount"><xsl:value-of select="@amount"/> мин, норма <xsl:value-of select="@norm"/></xsl:template>
<xsl:template match="control[@duty_key = 'few-marks']/fact" mode="amount"> — отметок <xsl:value-of select="@amount"/>, нужно <xsl:value-of select="@norm"/></xsl:template>
<xsl:template match="control[@duty_key = 'objectivity']/fact" mode="amount"> — отметка <xsl:apply-templates select="@amount" mode="number"/>, среднее <xsl:apply-templates select="@norm" mode="number"/></xsl:template>
<xsl:template match="control[@duty_key = 'control-share']/fact" mode="amount">контрольных <xsl:value-of select="@amount"/>, часов за год <xsl:apply-templates select="@norm" mode="number"/></xsl:template>
<xsl:template match="control[@duty_key = 'control-often']/fact" mode="amount"> через <xsl:value-of select="@amount"/> дн., нужно <xsl:value-of select="@norm"/></xsl:template>
<xsl:template match="control[@duty_key = 'lag']/fact" mode="amount">отставание <xsl:apply-templates select="@amount" mode="number"/> ч</xsl:template>
<xsl:template match="control[@duty_key = 'plan']/fact" mode="amount">КТП нет, по учебному плану <xsl:apply-templates select="@norm" mode="number"/> ч</xsl:template>
<xsl:template match="control[@duty_key = 'plan']/fact[@amount]" mode="amount">КТП <xsl:apply-templates select="@amount" mode="number"/> ч, учебный план <xsl:apply-templates select="@norm" mode="number"/> ч</xsl:template>
<xsl:template match="control[@duty_key = 'visit' or @duty_key = 'informing']/fact" mode="amount"> — ни разу</xsl:template>
<xsl:template match="control[@duty_key = 'visit' or @duty_key = 'informing']/fact[@amount]" mode="amount"> — <xsl:value-of select="@amount"/> дн. назад</xsl:template>

</xsl:stylesheet>
