// school_august.mjs: an administrator builds a school of three classes from nothing, by the screens
// and the imports alone. school.t makes the installation; school_september.mjs goes on.

import { until } from './lib.mjs';
import { Desk } from './school.mjs';

/* The first log-in, and where it leads. */
async function arrive(desk, t) {
  await desk.activate(process.env.EJ_CODE, 'sedykh');
  t.ok(await desk.says(/Сегодня, понедельник, 24 августа/), 'the code of the installation leads the administrator into the journal', await desk.told());
  await desk.follow(/^осталось \d+/);
  t.ok(await desk.says(/Списки классов\s+0\s+ничего не введено/), 'the start page leads to what the year lacks', await desk.told());
}

/* Pages of the menu in a school without classes: each says what is missing. */
async function empty(desk, t) {
  for (const [entry, words] of [['Расписание', /расписания нет/], ['Классы', /Классов .*пока нет/], ['Журналы', /нет/], ['Нагрузка', /пока нет классов/],
    ['Учебный план', /пока нет классов/], ['Ученики', /Учеников пока нет/], ['Кабинеты', /Кабинетов пока нет/]]) {
    await desk.open(entry);
    t.ok(await desk.says(words), `an empty school's page «${entry}» says what is missing`, await desk.told());
  }
  t.none(await desk.closed(), 'every entry of the menu opens in an empty school');
  await desk.open('Расписание');
  await desk.follow('Составить');
  t.ok(await desk.says(/нужны классы, кабинеты и нагрузка/), 'so does the editor of the timetable', await desk.told());
}

/* What every new school begins with is looked over and fitted. */
async function calendar(desk, t) {
  await desk.open('Учебные годы');
  t.ok(await desk.says(/2026\/27[^]*Пропусков и пересечений нет/), 'the first year has terms and holidays without gaps', await desk.told());
  await desk.open('Учебные периоды');
  await desk.follow('10–11 классы');
  await desk.fill({ '2: Последний день': '2027-05-25' });
  await desk.press('Сохранить');
  t.ok(await desk.says(/Сохранено[^]*II полугодие: 11\.01\.2027 – 25\.05\.2027/), 'a half-year gets another end', await desk.told());
  await desk.open('Звонки');
  await desk.follow('Основное расписание');
  await desk.main.getByLabel(/^8.*: Начало$/).fill('');
  await desk.main.getByLabel(/^8.*: Конец$/).fill('');
  await desk.press('Сохранить');
  t.ok(await desk.says(/Основное расписание\s+первая\s+7\s+08:30–14:40/), 'the bells lose a lesson that the school does not have', await desk.told());
  await desk.open('Предметы');
  await desk.add('Добавить предмет', { 'Название': 'Финансовая грамотность', 'Коротко': 'Фин. гр.', 'Место в журнале': '24' });
  t.ok(await desk.says(/24\s+предмета[^]*Финансовая грамотность/), 'the school gets a subject of its own', await desk.told());
}

/* The lists, from the school's files; the third class by the screen. */
async function lists(desk, t) {
  t.is(await desk.load('Сотрудники', 'staff'), 'добавлено 3, изменено 0, без изменений 0', 'the staff comes from a file');
  await desk.open('Роли по приказам');
  await desk.add('Дать роль', { 'Кому': 'Лаптева Ольга Юрьевна, Заместитель директора по УВР', 'Роль': 'завуч', 'Номер приказа': '12-к', 'Дата приказа': '2026-08-20', 'С какого дня': '2026-08-24' });
  t.ok(await desk.says(/Лаптева Ольга Юрьевна\s+завуч/), 'one of them is made a deputy head by an order', await desk.told());
  t.is(await desk.load('Кабинеты', 'rooms'), 'добавлено 3, изменено 0, без изменений 0', 'so do the rooms');
  t.is(await desk.load('Классы', 'classes'), 'добавлено 2, изменено 0, без изменений 0', 'the classes with their class teachers');
  await desk.open('Классы');
  await desk.add('Добавить класс', { 'Параллель': '10', 'Буква': 'А', 'Классный руководитель': 'Громов Пётр Ильич', 'Учебные периоды': '10–11 классы', 'Учебная неделя': 'шесть дней' });
  t.ok(await desk.says(/5А\s+Белова И\. О\.[^]*10А\s+Громов П\. И\./), 'the third class is added by hand', await desk.told());
  t.is(await desk.load('Ученики и родители', 'pupils'), 'добавлено 4, изменено 0, без изменений 0', 'the pupils with their parents');
  t.is(await desk.load('Учебные планы', 'curricula'), 'добавлено 4, изменено 0, без изменений 0', 'the curriculum');
  t.is(await desk.load('Учебная нагрузка', 'load'), 'добавлено 3, изменено 0, без изменений 0', 'and the load');
  await desk.open('Ученики');
  t.ok(await desk.says(/4\s+ученика[^]*Ёлкина Яна\s+5А\s+с 01\.09\.2026/), 'in August the pupils of September are listed', await desk.told());
}

/* What the file of the load left open is entered by hand: the readiness page leads there. */
async function load(desk, t) {
  await desk.open('Готовность к году');
  t.ok(await desk.says(/Учителя по учебному плану\s+4\s+без учителя: 1/), 'a subject has no teacher yet', await desk.told());
  await desk.follow('Учителя по учебному плану');
  await desk.follow(/^10 /);
  await desk.follow('назначить: Алгебра, 10А');
  await desk.fill({ 'Группа': '10А', 'Учитель': 'Белова Ирина Олеговна', 'Часов в неделю': '4' });
  await desk.press('Добавить');
  t.ok(await desk.says(/Белова/), 'the teacher of the subject is chosen by hand', await desk.told());
}

/* Put a lesson of a subject into a cell of the week, weekday.slot, as a mouse does it. */
async function place(desk, subject, at, room) {
  const editor = desk.main.locator('[data-ej-timetable]');
  await editor.locator('.load a', { hasText: subject }).click();
  await editor.locator('#picked').waitFor();
  await editor.locator('#f-place_id').selectOption({ label: room });
  await editor.locator(`button[name=at][value="${at}"]`).click();
  await until(`${subject} at ${at}`, async () => await editor.locator('#picked, [aria-busy]').count() === 0
    && (await editor.locator(`td.d${at[0]}[data-slot="${at.slice(2)}"]`).innerText()).includes(subject));
}

/* The timetable of a class is laid out, and its lessons are made. */
async function timetable(desk, t) {
  await desk.open('Расписание');
  await desk.follow('Изменить');
  for (const [subject, at, room] of [['Математика', '1.2', '101'], ['Математика', '2.3', '101'], ['Математика', '3.2', '102'],
    ['Физическая культура', '2.1', 'Спортзал'], ['Физическая культура', '4.4', 'Спортзал']]) await place(desk, subject, at, room);
  t.ok(await desk.says(/3 из 3 ч[^]*2 из 2 ч/), 'the week of a class is laid out, and its hours are complete', await desk.told());
  await desk.follow('Уроки по расписанию');
  await desk.press(/Создать|Привести/);
  t.ok(await desk.says(/Все уроки соответствуют расписанию/), 'its lessons are made', await desk.told());
}

/* What still lacks is told, and that it is asked of the families. */
async function lacking(desk, t) {
  await desk.open('Согласия и отказы');
  t.ok(await desk.says(/5А\s+3\s/), 'in August the consents of the classes of September are asked for', await desk.told());
  await desk.open('Готовность к году');
  t.ok(await desk.says(/классов без руководителя: 1[^]*часы не сходятся: 2/), 'the checklist has what is left to do', await desk.told());
}

/* The codes are issued and would now be printed: returns them by name. */
async function codes(desk, t) {
  await desk.open('Коды доступа');
  await desk.follow('Сотрудники');
  await desk.press(/^Выдать коды всем/);
  const slips = await desk.slips();
  t.is(Object.keys(slips).join(', '), 'Белова Ирина Олеговна, Громов Пётр Ильич, Лаптева Ольга Юрьевна', 'each of the staff has a slip with a code');
  return slips;
}

/* A class teacher comes in before the year begins, and has the codes of the families. */
async function teacher(desk, code, t) {
  await desk.activate(code, 'belova');
  t.ok(await desk.says(/Сегодня, понедельник, 24 августа/), 'a teacher comes in with a code', await desk.told());
  await desk.open('Ученики');
  t.ok(await desk.says(/Ёлкина Яна\s+5А/), 'and finds the pupils of September', await desk.told());
  await desk.open('Классы');
  await desk.follow('5А');
  t.ok(await desk.says(/Ёлкина Яна[^]*Зимин Пётр/), 'a class has its pupils before September', await desk.told());
  await desk.open('Коды доступа');
  await desk.follow('5А');
  t.ok(await desk.says(/Выдать коды всем, у кого их нет: 5/), 'the class teacher may issue codes to the families', await desk.told());
  t.none(await desk.closed(), 'every entry of a teacher\'s menu opens in August');
}

export default async function august({ browser, t }) {
  const desk = await Desk.open(browser);
  await arrive(desk, t);
  await empty(desk, t);
  await calendar(desk, t);
  await lists(desk, t);
  await load(desk, t);
  await timetable(desk, t);
  await lacking(desk, t);
  const slips = await codes(desk, t);
  t.none(desk.errors, 'no script failed');
  await desk.leave();
  await teacher(desk, slips['Белова Ирина Олеговна'], t);
  t.none(desk.errors, 'no script failed');
  await desk.close();
}
