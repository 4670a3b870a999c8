// lesson_plain.mjs: a whole lesson is filled in without JavaScript: everything
// in one save of a lesson without works, then a second work.

import { address, BASE, enter } from './lib.mjs';
import { Grid } from './grid.mjs';

const TOPIC = 'Разность квадратов';
const HOMEWORK = '§ 15, № 310';
const PERSONAL = 'Решить № 311 письменно';

async function save(page) {
  await page.click('main form button.main');
  await page.waitForLoadState();
}

/* Unfold the part with a field, as people do without scripts. */
async function unfold(page, name) {
  const field = page.locator(`[name="${name}"]`);
  if (!await field.isVisible()) await page.locator('details', { has: field }).locator('summary').click();
  return field;
}

/* The last held lesson without a work. */
async function bareLesson(page) {
  await page.goto(address('journal'));
  const grid = new Grid(page);
  const held = await grid.columns();
  const { c, lesson } = (await grid.places()).findLast(({ c: column, work, lesson: of }) => work === of && held.includes(column));
  return { c, path: `${BASE}/lessons/${lesson}` };
}

const mark = (i) => (i % 2 ? '5' : '4');

/* Fill the n-th column of marks, all but the last pupil's. */
async function fillMarks(page, nth) {
  const rows = page.locator('table.pupils tbody tr');
  const n = await rows.count() - 1;
  for (let i = 0; i < n; i++) await rows.nth(i).locator('td.mark input:not([type=hidden])').nth(nth).fill(mark(i));
  return n;
}

async function wrongMarks(page, nth, n) {
  const rows = page.locator('table.pupils tbody tr');
  const got = [];
  for (let i = 0; i < n; i++) got.push(await rows.nth(i).locator('td.mark input:not([type=hidden])').nth(nth).inputValue());
  return got.map((one, i) => `row ${i}: ${one}`).filter((_, i) => got[i] !== mark(i));
}

/* Fill in topic, homework, a task for one pupil, marks and an absence in one save. */
async function wholeLesson(page, t) {
  await page.fill('textarea[name=topic]', TOPIC);
  await page.fill('textarea[name=homework_text]', HOMEWORK);
  await (await unfold(page, 'personal_text')).fill(PERSONAL);
  const one = page.locator('label', { has: page.locator('input[name^="personal_for."]') }).nth(1);
  const pupil = (await one.innerText()).trim();
  await one.locator('input').check();
  const n = await fillMarks(page, 0);
  const last = page.locator('fieldset.pills').last();
  await last.locator('input[type=radio][value="н"]').check();
  await page.check('input[name=attendance_done]');
  await save(page);

  t.is(await page.inputValue('textarea[name=topic]'), TOPIC, 'one save of the lesson saves the topic');
  t.is(await page.inputValue('textarea[name=homework_text]'), HOMEWORK, 'one save of the lesson saves the homework');
  t.none(await wrongMarks(page, 0, n), `one save of the lesson saves ${n} marks, although it had no work yet`);
  t.ok(await last.locator('input[type=radio][value="н"]').isChecked(), 'one save of the lesson saves the absence');
  const personal = await page.locator('p', { has: page.locator('input[name^="personal_gone."]') }).allInnerTexts();
  t.ok(personal.length === 1 && personal[0].includes(PERSONAL) && personal[0].includes(pupil.split(' ')[0]),
    'one save of the lesson saves the task for one pupil, with the name', personal);
  return n;
}

/* Add a control work, whose column appears after the save. */
async function addWork(page, t) {
  const before = await page.locator('table.pupils thead th').count();
  const kind = await unfold(page, 'new_kind_id');
  await kind.selectOption({ label: 'контрольная работа' });
  await page.fill('input[name=new_title]', 'Без сценариев');
  await save(page);
  t.is(await page.locator('table.pupils thead th').count(), before + 1, 'a new work has a column of marks');
  const n = await fillMarks(page, 1);
  await save(page);
  t.none(await wrongMarks(page, 1, n), 'the marks of the new work are saved');
  t.none(await wrongMarks(page, 0, n), 'the marks of the first work stay');
}

export default async function plain({ browser, t }) {
  const context = await enter(browser, 'teacher', { javaScriptEnabled: false });
  const page = await context.newPage();
  const { c, path } = await bareLesson(page);
  await page.goto(path);
  t.is(await page.locator('table.pupils tbody tr').first().locator('td.mark').count(), 1, 'a lesson without works has one column of marks');
  const n = await wholeLesson(page, t);
  await addWork(page, t);

  await page.goto(address('journal'));
  const grid = new Grid(page);
  const shown = [await grid.text(0, c), await grid.text(1, c), await grid.text(n, c), await grid.text(1, c + 1)];
  t.is(shown.join(), ['4', '5', 'н', '5'].join(), 'the grid shows the saved values without scripts');
  t.ok(await page.locator('[data-ej-save]').isHidden(), 'the grid shows no buttons that need scripts');
  await page.goto(path);
  await page.locator('input[name^="personal_gone."]').check();
  await save(page);
  t.is(await page.locator('input[name^="personal_gone."]').count(), 0, 'a task for one pupil can be removed');
  await context.close();
}
