<?xml version="1.0" encoding="UTF-8"?>
<!-- error.xsl: the text for every code in mod_ejournal/errors.def, and the error page.
     in   <error code="JE401" status="404" number="a1b2c3"/>
     out  mode words: one Russian sentence; the named template words does the
          same for a code that has no node
          the error page: what happened, what to do, a link that leads on
     see  form.xsl, which shows the same texts beside a field -->
<xsl:stylesheet version="1.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:str="http://exslt.org/strings" exclude-result-prefixes="str">

<xsl:import href="layout.xsl"/>

<xsl:template match="error" mode="words">
  <xsl:call-template name="words">
    <xsl:with-param name="code" select="@code"/>
  </xsl:call-template>
</xsl:template>

<xsl:template name="words">
  <xsl:param name="code"/>
  <xsl:variable name="group" select="substring($code, 1, 3)"/>
  <xsl:choose>
    <xsl:when test="$group = 'JE1'">
      <xsl:call-template name="words-of-input">
        <xsl:with-param name="code" select="$code"/>
      </xsl:call-template>
    </xsl:when>
    <xsl:when test="$group = 'JE2'">
      <xsl:call-template name="words-of-rule">
        <xsl:with-param name="code" select="$code"/>
      </xsl:call-template>
    </xsl:when>
    <xsl:otherwise>
      <xsl:call-template name="words-of-way">
        <xsl:with-param name="code" select="$code"/>
      </xsl:call-template>
    </xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="words-of-input">
  <xsl:param name="code"/>
  <xsl:choose>
    <xsl:when test="$code = 'JE100'">Запрос составлен неверно.</xsl:when>
    <xsl:when test="$code = 'JE101'"><xsl:call-template name="JE101"/></xsl:when>
    <xsl:when test="$code = 'JE102'"><xsl:call-template name="JE102"/></xsl:when>
    <xsl:when test="$code = 'JE103'">Такой даты нет. Дата пишется так: 16.11.2026.</xsl:when>
    <xsl:when test="$code = 'JE104'"><xsl:call-template name="JE104"/></xsl:when>
    <xsl:when test="$code = 'JE105'"><xsl:call-template name="JE105"/></xsl:when>
    <xsl:when test="$code = 'JE106'">Такого значения нет в списке.</xsl:when>
    <xsl:when test="$code = 'JE107'"><xsl:call-template name="JE107"/></xsl:when>
    <xsl:when test="$code = 'JE108'"><xsl:call-template name="JE108"/></xsl:when>
    <xsl:when test="$code = 'JE109'">Слишком много данных за один раз.</xsl:when>
    <xsl:when test="$code = 'JE110'">Логин или пароль неверен.</xsl:when>
    <xsl:when test="$code = 'JE111'">Слишком много попыток подряд. Подождите немного.</xsl:when>
    <xsl:when test="$code = 'JE112'">Код не подошёл: он введён с ошибкой, уже использован или устарел. Новый код выдаёт классный руководитель, сотруднику — администратор.</xsl:when>
    <xsl:when test="$code = 'JE113'">Этот логин занят. Придумайте другой.</xsl:when>
    <xsl:when test="$code = 'JE114'">Пароль слишком короткий или слишком простой: нужно не меньше 8 знаков, которые трудно угадать.</xsl:when>
    <xsl:when test="$code = 'JE115'">Пароли не совпали.</xsl:when>
    <xsl:when test="$code = 'JE116'">Текущий пароль введён неверно.</xsl:when>
    <xsl:when test="$code = 'JE117'">Связь слишком медленная: запрос не пришёл целиком.</xsl:when>
    <xsl:when test="$code = 'JE118'">Адрес страницы слишком длинный.</xsl:when>
    <xsl:when test="$code = 'JE119'">По этому адресу так обратиться нельзя.</xsl:when>
    <xsl:when test="$code = 'JE120'"><xsl:call-template name="JE120"/></xsl:when>
    <xsl:when test="$code = 'JE121'">Пароль слишком длинный. Сократите его: помещается 255 русских букв или 511 латинских.</xsl:when>
    <xsl:when test="$code = 'JE122'">Логин такой не подходит: нужно от 3 до 64 знаков — буквы, цифры, точка, дефис, подчёркивание или @.</xsl:when>
    <xsl:when test="$code = 'JE123'"><xsl:call-template name="JE123"/></xsl:when>
    <xsl:when test="$code = 'JE124'">Этот человек записан и в другой школе, а логин у него один на все. Если он известен, войдите с ним. Если забыт или его ещё нет, введите подряд коды из всех этих школ.</xsl:when>
    <xsl:when test="$code = 'JE125'">В логине перемешаны русские и латинские буквы, а они бывают на вид одинаковы. Наберите его целиком на одной раскладке.</xsl:when>
    <xsl:when test="$code = 'JE126'">В пароле почти нет ничего, кроме логина: такой угадывают первым.</xsl:when>
    <xsl:when test="$code = 'JE127'">Новый пароль такой же, как нынешний.</xsl:when>
    <xsl:when test="$code = 'JE128'"><xsl:call-template name="JE128"/></xsl:when>
    <xsl:when test="$code = 'JE130'">Файл другого вида. Выберите файл, как сказано у поля.</xsl:when>
    <xsl:when test="$code = 'JE131'">Файл не удалось прочитать: он повреждён, слишком велик внутри или это не тот вид, что в его имени.</xsl:when>
    <xsl:when test="$code = 'JE132'">Последний день раньше первого.</xsl:when>
    <xsl:when test="$code = 'JE134'">Сначала загрузите файл .fet, из которого FET сделал это расписание.</xsl:when>
    <xsl:when test="$code = 'JE136'">Автоматическое составление на этом сервере не установлено: нужна программа fet-cl (пакет fet).</xsl:when>
    <xsl:when test="$code = 'JE165'">Это не похоже на адрес электронной почты. Он пишется так: ivanova@example.ru.</xsl:when>
    <xsl:when test="$code = 'JE166'">Это не похоже на номер телефона. Он пишется так: +7 900 123-45-67.</xsl:when>
    <xsl:when test="$code = 'JE167'">Код не подошёл. Проверьте его или получите новый: код действует сутки, после пяти ошибок нужен новый.</xsl:when>
    <xsl:when test="$code = 'JE171'">Эти дни не входят в учебный год.</xsl:when>
    <xsl:when test="$code = 'JE180'">Условие отбора (filter) не разобрать, или такого поля нет.</xsl:when>
    <xsl:when test="$code = 'JE181'">Такого поля (fields) нет.</xsl:when>
    <xsl:when test="$code = 'JE182'">Доступ дают только по client_credentials.</xsl:when>
    <xsl:when test="$code = 'JE172'">На документе другая фамилия. Проверьте, как она напечатана, и введите её в той же форме.</xsl:when>
    <xsl:when test="$code = 'JE129'">Такого времени нет. Время пишется так: 08:30.</xsl:when>
    <xsl:otherwise>Это значение не подходит.</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="words-of-rule">
  <xsl:param name="code"/>
  <xsl:choose>
    <xsl:when test="$code = 'JE201'"><xsl:call-template name="JE201"/></xsl:when>
    <xsl:when test="$code = 'JE202'"><xsl:call-template name="JE202"/></xsl:when>
    <xsl:when test="$code = 'JE203'"><xsl:call-template name="JE203"/></xsl:when>
    <xsl:when test="$code = 'JE204'"><xsl:call-template name="JE204"/></xsl:when>
    <xsl:when test="$code = 'JE205'"><xsl:call-template name="JE205"/></xsl:when>
    <xsl:when test="$code = 'JE206'">Два урока сразу: в это время занят учитель, группа, ученик или кабинет.</xsl:when>
    <xsl:when test="$code = 'JE207'">За новыми границами остались отметки или пропуски.</xsl:when>
    <xsl:when test="$code = 'JE208'"><xsl:call-template name="JE208"/></xsl:when>
    <xsl:when test="$code = 'JE209'"><xsl:call-template name="JE209"/></xsl:when>
    <xsl:when test="$code = 'JE210'"><xsl:call-template name="JE210"/></xsl:when>
    <xsl:when test="$code = 'JE211'">Запись используется в других местах.</xsl:when>
    <xsl:when test="$code = 'JE212'">Такая запись уже есть.</xsl:when>
    <xsl:when test="$code = 'JE213'"><xsl:call-template name="JE213"/></xsl:when>
    <xsl:when test="$code = 'JE214'">Добавить больше нельзя: у урока бывает до 12 работ и до 40 заданий.</xsl:when>
    <xsl:when test="$code = 'JE215'">У вас уже готовятся три задания. Дождитесь одного из них или отмените его.</xsl:when>
    <xsl:when test="$code = 'JE216'">Кабинет в этот день уже закрыт.</xsl:when>
    <xsl:when test="$code = 'JE224'">Эти две записи слить нельзя.</xsl:when>
    <xsl:when test="$code = 'JE223'">За сутки вы прислали слишком много файлов, которые ни к одной записи не приложены. Файл принят не будет; попробуйте завтра.</xsl:when>
    <xsl:when test="$code = 'JE218'">Уроки уже были, поэтому учителя здесь не меняют: передайте назначение в «Нагрузке», с какого дня ведёт новый учитель.</xsl:when>
    <xsl:when test="$code = 'JE220'">План на утверждении или уже утверждён: чтобы изменить его, заберите его или начните новую версию.</xsl:when>
    <xsl:when test="$code = 'JE222'">Эта запись — из общих списков региона: школа её не переименовывает и не отменяет. Нужна другая — добавьте свою.</xsl:when>
    <xsl:when test="$code = 'JE221'">Часов в КТП должно быть столько же, сколько в учебном плане за год.</xsl:when>
    <xsl:when test="$code = 'JE219'">В этот день недели занятий нет: учебная неделя короче.</xsl:when>
    <xsl:when test="$code = 'JE217'">Человек с таким именем уже есть. Отметьте, он ли это.</xsl:when>
    <xsl:when test="$code = 'JE230'">В эти дни ученик не зачислен ни в один из классов группы.</xsl:when>
    <xsl:when test="$code = 'JE231'">В эти дни ученик уже в другой подгруппе по этому предмету.</xsl:when>
    <xsl:when test="$code = 'JE232'">Из подгруппы в подгруппу переводят только с первого дня учебного периода (или в каникулы перед ним). Выберите такой день.</xsl:when>
    <xsl:when test="$code = 'JE233'">В такой группе учится один ученик. Для другого заведите другую группу.</xsl:when>
    <xsl:when test="$code = 'JE234'">Группа класса ведётся сама: её имя и состав меняются вместе с классом.</xsl:when>
    <xsl:when test="$code = 'JE260'">С тех пор, как вы открыли страницу, здесь уже выдали коды, вы сами или другой. Посмотрите, кому они ещё нужны.</xsl:when>
    <xsl:when test="$code = 'JE261'">Этот человек работает в школе: код ему выдаёт администратор.</xsl:when>
    <xsl:when test="$code = 'JE268'">Такого логина в школе нет, или этот человек записан и в другой школе.</xsl:when>
    <xsl:when test="$code = 'JE266'">Код не подошёл: введите тот, что приложение показывает сейчас, или неиспользованный запасной.</xsl:when>
    <xsl:when test="$code = 'JE267'">Вход с кодом уже включён или выключен. Откройте страницу заново.</xsl:when>
    <xsl:when test="$code = 'JE263'">Это время не подходит: оно в будущем, слишком давно или раньше, чем стало известно.</xsl:when>
    <xsl:when test="$code = 'JE264'">Время уже записано, и изменить его нельзя.</xsl:when>
    <xsl:when test="$code = 'JE265'">Чтобы продолжить, подтвердите правила: поставьте галочку.</xsl:when>
    <xsl:when test="$code = 'JE262'">Здесь нет никого, кому нужен код.</xsl:when>
    <xsl:when test="$code = 'JE240'">В этот день ученик не числится ни в одном классе.</xsl:when>
    <xsl:when test="$code = 'JE245'"><xsl:call-template name="JE245"/></xsl:when>
    <xsl:when test="$code = 'JE246'"><xsl:call-template name="JE246"/></xsl:when>
    <xsl:when test="$code = 'JE247'"><xsl:call-template name="JE247"/></xsl:when>
    <xsl:when test="$code = 'JE248'">За эти дни уже есть результаты: новые нормы их не меняют.</xsl:when>
    <xsl:when test="$code = 'JE241'">В этот день ученик уже числится в классе.</xsl:when>
    <xsl:when test="$code = 'JE242'">Следующий учебный год ещё не открыт или в нём нет учебных периодов.</xsl:when>
    <xsl:when test="$code = 'JE243'">Ученики уже переведены в следующий учебный год.</xsl:when>
    <xsl:when test="$code = 'JE250'">Срок прошёл, заказ ушёл на кухню. Изменить его может ответственный за питание.</xsl:when>
    <xsl:when test="$code = 'JE251'">Месяц питания закрыт: заказы и оплату в нём больше не меняют.</xsl:when>
    <xsl:when test="$code = 'JE252'">На этот день нет цены питания, или между ценами остаются дни без цены.</xsl:when>
    <xsl:when test="$code = 'JE254'">В этом месяце ещё будут кормить: закройте его после последнего дня с питанием.</xsl:when>
    <xsl:when test="$code = 'JE255'">Сначала закройте предыдущие месяцы питания.</xsl:when>
    <xsl:when test="$code = 'JE244'">Уроки нового учебного года уже начались: перевод больше не отменить. Ошибку в одном ученике исправляют в «Движении учеников».</xsl:when>
    <xsl:when test="$code = 'JE256'">Событие ещё не началось: состоявшимся его отмечают и результаты записывают с его первого дня.</xsl:when>
    <xsl:when test="$code = 'JE257'">Событие отменено: результатов у него нет.</xsl:when>
    <xsl:when test="$code = 'JE258'">У события уже есть результаты: сначала уберите их.</xsl:when>
    <xsl:when test="$code = 'JE292'">В выбранных журналах не хватает отметок, оснований или заполненных уроков. Их можно закрыть, отметив это ниже.</xsl:when>
    <xsl:when test="$code = 'JE293'">Такой задолженности у ученика нет или она уже ликвидирована.</xsl:when>
    <xsl:when test="$code = 'JE294'">Пересдач бывает две: вторую назначают после того, как первая не сдана, и на более поздний день.</xsl:when>
    <xsl:when test="$code = 'JE295'">Пересдача бывает позже года, за который возник долг, а результат вносят не раньше её дня.</xsl:when>
    <xsl:when test="$code = 'JE296'">Вы уже подтвердили этот акт. Второе подтверждение даёт другой человек под своим логином.</xsl:when>
    <xsl:when test="$code = 'JE297'">Этот учебный год сдан в архив: его можно только читать.</xsl:when>
    <xsl:when test="$code = 'JE298'">Этот год ещё не кончился или в нём есть открытые журналы. Сначала закройте их.</xsl:when>
    <xsl:when test="$code = 'JE299'">Пакет этого года уже делается или готов: заказ не отменить.</xsl:when>
    <xsl:when test="$code = 'JE289'">Не все задания модуля сделаны.</xsl:when>
    <xsl:when test="$code = 'JE290'">Акт составить нельзя: срок хранения ещё не вышел, или нет целого пакета этого года, или акт о нём уже есть.</xsl:when>
    <xsl:when test="$code = 'JE291'"><xsl:call-template name="JE291"/></xsl:when>
    <xsl:when test="$code = 'JE271'">Начинается раньше, чем заканчивается то, что стоит выше.</xsl:when>
    <xsl:when test="$code = 'JE276'">Период ещё не закрыт: документ можно напечатать с пометкой «Предварительно», а заверить после закрытия.</xsl:when>
    <xsl:when test="$code = 'JE277'">Эта копия уже аннулирована или заменена, или она другого документа.</xsl:when>
    <xsl:when test="$code = 'JE281'"><xsl:call-template name="JE281"/></xsl:when>
    <xsl:when test="$code = 'JE283'">Здесь нечего признавать недействительным: отметьте, откуда были сделаны изменения журнала.</xsl:when>
    <xsl:when test="$code = 'JE282'"><xsl:call-template name="JE282"/></xsl:when>
    <xsl:when test="$code = 'JE285'">По правилам школы писать одному из участников вы не можете.</xsl:when>
    <xsl:when test="$code = 'JE286'">Вы больше не участвуете в этой переписке.</xsl:when>
    <xsl:when test="$code = 'JE287'">Других участников в этой переписке больше нет.</xsl:when>
    <xsl:when test="$code = 'JE288'">За сутки от вас пришло слишком много обращений. Напишите завтра.</xsl:when>
    <xsl:when test="$code = 'JE272'">Следующий год открывают, когда начался нынешний.</xsl:when>
    <xsl:otherwise>Так записать нельзя.</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<xsl:template name="words-of-way">
  <xsl:param name="code"/>
  <xsl:choose>
    <xsl:when test="$code = 'JE301'"><xsl:call-template name="JE301"/></xsl:when>
    <xsl:when test="$code = 'JE302'"><xsl:call-template name="JE302"/></xsl:when>
    <xsl:when test="$code = 'JE303'"><xsl:call-template name="JE303"/></xsl:when>
    <xsl:when test="$code = 'JE304'">Форма пришла с другого сайта и не принята.</xsl:when>
    <xsl:when test="$code = 'JE305'">Журнал открыт без защищённого соединения: пароль и отметки могли бы прочитать по пути. Откройте его по адресу, который начинается с https://. Если он не открывается, скажите администратору школы.</xsl:when>
    <xsl:when test="$code = 'JE306'">Чтобы открыть журнал, введите логин и пароль: о них спрашивает сам браузер.</xsl:when>
    <xsl:when test="$code = 'JE310'">Доступ программы неизвестен или закончился: запросите новый.</xsl:when>
    <xsl:when test="$code = 'JE311'">Этого программе не разрешили.</xsl:when>
    <xsl:when test="$code = 'JE312'">Программа неизвестна, или её ключ неверен либо устарел.</xsl:when>
    <xsl:when test="$code = 'JE313'">Программа просит больше, чем ей разрешили.</xsl:when>
    <xsl:when test="$code = 'JE314'">По ключу страницы только читают, как XML, CSV или XLSX; страницы профиля по нему не открываются.</xsl:when>
    <xsl:when test="$code = 'JE315'">Ключ неизвестен, отозван или истёк: создайте новый в профиле.</xsl:when>
    <xsl:when test="$code = 'JE316'">У вас уже десять ключей: отзовите ненужный.</xsl:when>
    <xsl:when test="$code = 'JE317'">Этому адресату документы больше не отправляют.</xsl:when>
    <xsl:when test="$code = 'JE318'">Документ не возвращался с ошибкой: повторять нечего.</xsl:when>
    <xsl:when test="$code = 'JE307'">Служба входа вас узнала, но в журнале за этим именем никто не записан. Назовите его администратору школы<xsl:if test="@value">: <b><xsl:value-of select="@value"/></b></xsl:if>.</xsl:when>
    <xsl:when test="$code = 'JE351'">Сначала введите код из приложения.</xsl:when>
    <xsl:when test="$code = 'JE350'">Для этого нужно ещё раз подтвердить вход кодом из приложения: «Профиль», «Вход с кодом».</xsl:when>
    <xsl:when test="$code = 'JE401'"><xsl:call-template name="JE401"/></xsl:when>
    <xsl:when test="$code = 'JE500'">Ошибка в журнале. Ничего не сохранено.</xsl:when>
    <xsl:when test="$code = 'JE501'">Журнал временно недоступен: нет связи с базой данных.</xsl:when>
    <xsl:when test="$code = 'JE502'">Сейчас слишком много обращений. Повторите через несколько секунд.</xsl:when>
    <xsl:when test="$code = 'JE503'">Ответ готовился слишком долго. Попробуйте ещё раз<xsl:if test="starts-with(/page/@path, '/reports/')"> или сузьте отбор: один класс, меньше дней</xsl:if>.</xsl:when>
    <xsl:when test="$code = 'JE504'">Журнал обновляется. Обычно это занимает меньше минуты.</xsl:when>
    <xsl:when test="$code = 'JE505'"><xsl:call-template name="JE505"/></xsl:when>
    <xsl:when test="$code = 'JE506'"><xsl:call-template name="JE506"/></xsl:when>
    <xsl:when test="$code = 'JE507'"><xsl:call-template name="JE507"/></xsl:when>
    <xsl:when test="$code = 'JE508' and /page/@path = '/account'">Связь оборвалась, и неизвестно, сменился ли пароль. Войдите с новым, а если он не подойдёт — с прежним.</xsl:when>
    <xsl:when test="$code = 'JE508' and /page/@path = '/activate'">Связь оборвалась, и неизвестно, завёлся ли логин. Попробуйте войти с ним, а если он не подойдёт — введите код ещё раз.</xsl:when>
    <xsl:when test="$code = 'JE508'">Связь оборвалась, и неизвестно, записалось ли. Откройте страницу заново и посмотрите.</xsl:when>
    <xsl:when test="$code = 'JE509'">Задание трижды начиналось заново и ни разу не закончилось.</xsl:when>
    <xsl:when test="$code = 'JE510'">На сервере нет места для такого файла. Попробуйте позже или выберите меньше строк.</xsl:when>
    <xsl:when test="$code = 'JE511'">Журнал закрыт на обслуживание<xsl:if test="@value"> ещё на <xsl:value-of select="ceiling(@value div 60)"/> мин</xsl:if>. Сохранённое на месте; то, что вы отправили сейчас, отправьте ещё раз потом.</xsl:when>
    <xsl:otherwise>Что-то пошло не так.</xsl:otherwise>
  </xsl:choose>
</xsl:template>

<!-- Texts for the script of a grid or of a lesson's form (journal_forms.xsl, lesson_saved.xsl) are
     templates with names: finding each by its code took as long as the topics of ten lessons. -->
<xsl:template name="JE101">Заполните это поле.</xsl:template>
<xsl:template name="JE102">Здесь нужно число в допустимых пределах.</xsl:template>
<xsl:template name="JE104">Текст слишком длинный — сократите его.</xsl:template>
<xsl:template name="JE105">В тексте есть знаки, которые нельзя сохранить. Наберите его заново.</xsl:template>
<xsl:template name="JE107">Таблица пришла не целиком или в ней слишком много строк. Откройте страницу заново.</xsl:template>
<xsl:template name="JE108">Такой отметки или буквы здесь нет.</xsl:template>
<xsl:template name="JE120">Такого столбца в этом журнале нет. Откройте страницу заново.</xsl:template>
<xsl:template name="JE123">Минуты пишутся только опоздавшему: выберите «о» или уберите минуты.</xsl:template>
<xsl:template name="JE128">Задание написано, и отмечено «Не задано». Сотрите текст или снимите галочку.</xsl:template>
<xsl:template name="JE281">Записано давно: исправляют по заявке.</xsl:template>
<xsl:template name="JE282">Урок закрыт: вносят по заявке.</xsl:template>
<xsl:template name="JE201">Журнал за этот период закрыт. Открыть его может завуч.</xsl:template>
<xsl:template name="JE202">В этот день ученика нет в группе.</xsl:template>
<xsl:template name="JE203">Дата вне границ учебного периода.</xsl:template>
<xsl:template name="JE204">Урока ещё не было.</xsl:template>
<xsl:template name="JE205">В этом классе нет отметок и домашних заданий.</xsl:template>
<xsl:template name="JE208">Домашнее задание должно быть к одному из следующих уроков.</xsl:template>
<xsl:template name="JE209">Урок не состоялся.</xsl:template>
<xsl:template name="JE245">Нет допуска врача на этот день. Его вносят на странице «Группы здоровья».</xsl:template>
<xsl:template name="JE246">Так результат этого испытания не записывают: проверьте единицы и величину.</xsl:template>
<xsl:template name="JE247">Этот день ещё не наступил.</xsl:template>
<xsl:template name="JE210">Пока вы вводили, здесь записали другое.</xsl:template>
<xsl:template name="JE291">Отметок меньше, чем требует школа, или нет обязательной работы: поставьте «н/а» или укажите основание на странице итоговых отметок.</xsl:template>
<xsl:template name="JE213">В школе нет ни одного действующего вида работ, и отметку не к чему отнести. Виды работ включает администратор или завуч.</xsl:template>
<xsl:template name="JE301">Смотреть эту запись можно, а менять — нельзя.</xsl:template>
<xsl:template name="JE302">Вы вышли или сеанс закончился. Войдите ещё раз.</xsl:template>
<xsl:template name="JE303">Форма открыта в прошлом сеансе или в другой школе. Откройте страницу заново.</xsl:template>
<xsl:template name="JE401">Такой страницы нет, или она вам не видна.</xsl:template>
<xsl:template name="JE505">Сейчас записать нельзя. Ничего не сохранено.</xsl:template>
<xsl:template name="JE506">Неизвестно, сохранилось ли: отправьте ещё раз — дважды не запишется.</xsl:template>
<xsl:template name="JE507">Эту запись прямо сейчас меняет другой. Повторите через несколько секунд.</xsl:template>

<!-- ......................................................... the page -->

<!-- The requested page; the start page if the address could lead to another site (the document
     then has no path). -->
<xsl:variable name="here" select="concat($base, /page/@path, substring('/', 1, not(/page/@path)))"/>

<xsl:template match="page/error" mode="title">Не получилось</xsl:template>
<xsl:template match="page/error[@status = 404]" mode="title">Страница не найдена</xsl:template>
<xsl:template match="page/error[@status = 403]" mode="title">Это вам недоступно</xsl:template>
<xsl:template match="page/error[@code = 'JE305']" mode="title" priority="0.6">Нужно защищённое соединение</xsl:template>
<xsl:template match="page/error[@code = 'JE307']" mode="title" priority="0.6">В журнале вас нет</xsl:template>
<xsl:template match="page/error[@code = 'JE351']" mode="title" priority="0.6">Нужен код</xsl:template>
<xsl:template match="page/error[@status = 401]" mode="title">Нужно войти</xsl:template>
<xsl:template match="page/error[@status &gt; 500]" mode="title">Журнал сейчас не отвечает</xsl:template>

<xsl:template match="page/error">
  <section class="card">
    <p class="lead"><xsl:apply-templates select="." mode="words"/></p>
    <xsl:apply-templates select="@number"/>
    <xsl:apply-templates select="@code" mode="what-to-do"/>
    <div class="bar"><xsl:apply-templates select="." mode="way"/></div>
  </section>
</xsl:template>

<!-- Of several errors the first makes the page; each further one adds a line. -->
<xsl:template match="page/error[preceding-sibling::error]" mode="title" priority="1"/>
<xsl:template match="page/error[preceding-sibling::error]" priority="1">
  <p><xsl:apply-templates select="." mode="words"/></p>
  <xsl:if test="not(following-sibling::error)"><xsl:apply-templates select="../error/@more"/></xsl:if>
</xsl:template>

<xsl:template match="error/@more">
  <p>И ещё <xsl:call-template name="plural">
    <xsl:with-param name="n" select="."/>
    <xsl:with-param name="one" select="'ошибка'"/>
    <xsl:with-param name="few" select="'ошибки'"/>
    <xsl:with-param name="many" select="'ошибок'"/>
  </xsl:call-template>.</p>
</xsl:template>

<xsl:template match="page/error/@number">
  <p class="soft">Номер ошибки: <code><xsl:value-of select="."/></code>.
    <xsl:choose>
      <xsl:when test="contains(concat(' ', /page/@opens, ' '), ' /support ')">
        <a href="{$base}/support?place={str:encode-uri(string(/page/@path), true())}&amp;error_number={str:encode-uri(string(.), true())}">Написать
          в поддержку</a>: номер и страница подставятся сами.</xsl:when>
      <xsl:otherwise>Назовите его администратору школы — по нему найдут причину.</xsl:otherwise>
    </xsl:choose>
  </p>
</xsl:template>

<!-- The link to the paragraph of the code; none after JE305 and JE307: the guides would be refused in the same way. -->
<xsl:template match="error/@code" mode="what-to-do">
  <xsl:if test=". != 'JE305' and . != 'JE307'">
    <p class="soft to-help"><a href="{$base}/help/error#{.}">Что делать с ошибкой <xsl:value-of select="."/></a></p>
  </xsl:if>
</xsl:template>

<!-- the form that was sent is shown again, now with the token of the present session -->
<xsl:template match="errors/error[@code = 'JE303']" mode="words">Форма открыта в прошлом сеансе или в другой школе. Проверьте введённое и отправьте ещё раз.</xsl:template>

<xsl:template match="error" mode="way">
  <a class="button" href="{$base}/">На начальную страницу</a>
</xsl:template>

<!-- A guess that must wait (page/brief.c): the browser still has what was typed. -->
<xsl:template match="error[@code = 'JE111']" mode="way">
  <p>Потом обновите эту страницу: браузер отправит введённое ещё раз.</p>
  <a href="{$base}/">На начальную страницу</a>
</xsl:template>

<xsl:template match="error[@status = 401]" mode="way">
  <a class="button" href="{$base}/login">Войти</a>
</xsl:template>

<!-- JE305 and JE307 have no link: every other page would give the same error. -->
<xsl:template match="error[@code = 'JE305' or @code = 'JE307']" mode="way" priority="1"/>
<xsl:template match="error[@code = 'JE351']" mode="way" priority="1">
  <a class="button" href="{$base}/second">Ввести код</a>
</xsl:template>

<!-- With Basic the browser asks for the password when it opens a page. -->
<xsl:template match="error[@code = 'JE306' or @code = 'JE110']" mode="way" priority="1">
  <a class="button" href="{$base}/">Открыть заново</a>
</xsl:template>

<xsl:template match="error[@status &gt;= 500 or @code = 'JE303' or @code = 'JE507']"
              mode="way">
  <a class="button" href="{$here}">Открыть заново</a>
  <xsl:text> </xsl:text>
  <a href="{$base}/">На начальную страницу</a>
</xsl:template>

<!-- Shows the refused form again with the typed values, to be sent again. If all its fields are
     secret (a password), nothing could be sent and there is no form. -->
<xsl:template match="page[form/row/field]/error" mode="way" priority="2">
  <form method="post" action="{$here}">
    <input type="hidden" name="form_token" value="{/page/@login_token | /page/@form_token[not(../@login_token)]}"/>
    <xsl:apply-templates select="/page/form/row/field" mode="again"/>
    <p class="bar"><button class="main">Отправить ещё раз</button>
      <a href="{$here}">Открыть заново, без введённого</a></p>
  </form>
</xsl:template>

<!-- After the session has ended, the typed values go through the log-in and then appear in their
     form again. -->
<xsl:template match="page[form/row/field]/error[@code = 'JE302']" mode="way" priority="3">
  <p>Введённое не пропало: войдите, и оно будет в форме.</p>
  <form method="post" action="{$base}/login">
    <input type="hidden" name="form_token" value="{/page/@login_token}"/>
    <input type="hidden" name="back" value="{/page/@path}"/>
    <xsl:apply-templates select="/page/form/row/field" mode="taken-along"/>
    <p class="row"><label><span class="label">Логин</span>
      <input name="login" autocomplete="username" autocapitalize="none" spellcheck="false" required="required"
             autofocus="autofocus"/></label></p>
    <p class="row"><label><span class="label">Пароль</span>
      <input type="password" name="password" autocomplete="current-password" required="required"/></label></p>
    <p class="row"><label class="check"><input type="checkbox" name="is_shared" value="1"/> <span>Не мой компьютер</span></label></p>
    <p class="bar"><button class="main">Войти</button></p>
  </form>
</xsl:template>

<xsl:template match="field" mode="taken-along">
  <input type="hidden" name="typed.{@name}" value="{.}"/>
</xsl:template>
<xsl:template match="field[contains(., '&#10;')]" mode="taken-along">
  <textarea name="typed.{@name}" class="again" readonly="readonly"><xsl:value-of select="."/></textarea>
</xsl:template>

<!-- The message above that form, after the log-in. -->
<xsl:template match="errors/error[@code = 'JE302']" mode="words">Вы вошли снова. Проверьте введённое и сохраните.</xsl:template>

<xsl:template match="field" mode="again">
  <input type="hidden" name="{@name}" value="{.}"/>
</xsl:template>

<!-- a textarea, since a hidden input may lose line breaks -->
<xsl:template match="field[contains(., '&#10;')]" mode="again">
  <textarea name="{@name}" class="again" readonly="readonly"><xsl:value-of select="."/></textarea>
</xsl:template>

</xsl:stylesheet>
