// school_september.mjs: the school of school_august.mjs at work: a lesson is given and marked, and
// a parent sees the mark.

import { until } from './lib.mjs';
import * as measure from './measure.mjs';
import { Desk, PHONE } from './school.mjs';

/* The codes for the families of a class, by name. */
async function codes(desk, t) {
  await desk.open('Коды доступа');
  await desk.follow('5А');
  await desk.press(/^Выдать коды всем/);
  const slips = await desk.slips();
  t.is(Object.keys(slips).length, 5, 'the class teacher prints a slip for each pupil and parent', await desk.told());
  return slips;
}

/* The lesson of the day, from the start page: topic, homework, a mark. */
async function lesson(desk, t) {
  await desk.open('Сегодня');
  t.ok(await desk.says(/среда, 9 сентября[^]*Математика/), 'the start page has the lesson of the day', await desk.told());
  await desk.follow('Урок');
  await desk.main.locator('textarea[name=topic]').fill('Натуральные числа');
  await desk.main.locator('textarea[name=homework_text]').fill('№ 12');
  const row = desk.main.locator('table.pupils tbody tr', { hasText: 'Ёлкина' });
  await row.locator('td.mark input:not([type=hidden])').first().fill('5');
  await desk.main.locator('form button.main').first().click();
  await until('the lesson is saved', async () => /^Сохранено/.test(await desk.main.locator('[data-ej-status]').innerText()));
  await desk.follow('Математика, 5А');
  t.ok(await desk.says(/Ёлкина Яна[^]*5/), 'the journal has the first mark', await desk.told());
}

export default async function september({ browser, t }) {
  const desk = await Desk.open(browser);
  await desk.logIn('belova');
  const slips = await codes(desk, t);
  await lesson(desk, t);
  t.none(desk.errors, 'no script of the teacher failed');
  await desk.close();

  const phone = await Desk.open(browser, PHONE);
  await phone.activate(slips['Ёлкина Дарья Сергеевна'], 'elkina');
  t.ok(await phone.says(/Ёлкина Яна, 5А[^]*Математика: отметка 5[^]*№ 12/), 'a parent comes in with a code and sees the mark and the homework', await phone.told());
  t.none(await phone.page.evaluate(measure.overflow), 'on a phone of 360 px nothing is wider than the screen');
  await phone.follow('Отметки по предметам');
  t.ok(await phone.says(/Математика[^]*5/), 'the mark is among those of the subject', await phone.told());
  t.none(await phone.closed(), 'every entry of a parent\'s menu opens');
  if (process.env.SHOT) await phone.page.screenshot({ path: process.env.SHOT });
  t.none(phone.errors, 'no script of the parent failed');
  await phone.close();
}
