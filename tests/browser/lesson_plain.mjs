// lesson_plain.mjs: a whole lesson without JavaScript, by the lesson's form.

import { address, enter } from './lib.mjs';

const TOPIC = 'Разность квадратов';
const HOMEWORK = '§ 15, № 310';

async function save(page) {
  await page.click('main form button.main');
  await page.waitForLoadState();
}

/* A work of its own for the marks. Returns its number. */
async function addWork(page) {
  const field = page.locator('select[name=new_kind_id]');
  if (!await field.isVisible()) await page.click('details.more summary');
  const kind = await field.locator('option').nth(1).getAttribute('value');
  await field.selectOption(kind);
  await page.fill('input[name=new_title]', 'Без сценариев');
  await save(page);
  const names = await page.locator('td.mark select').evaluateAll((all) => all.map((one) => one.name));
  return names.map((name) => name.split('.')[1]).at(-1);
}

export default async function plain({ browser, t }) {
  const context = await enter(browser, 'teacher', { javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address('lesson'));

  await page.fill('textarea[name=topic]', TOPIC);
  await page.fill('textarea[name=homework_text]', HOMEWORK);
  const work = await addWork(page);
  t.is(await page.inputValue('textarea[name=topic]'), TOPIC, 'the topic is kept');
  t.is(await page.inputValue('textarea[name=homework_text]'), HOMEWORK, 'so is the homework');
  t.ok(work, 'a new work has its column of marks');

  const marks = page.locator(`select[name^="mark.${work}."]`);
  const n = await marks.count();
  for (let i = 0; i < n - 1; i++) await marks.nth(i).selectOption(i % 2 ? '5' : '4');
  const last = page.locator('fieldset.pills').last();
  await last.locator('input[value="н"]').check();
  await page.check('input[name=attendance_done]');
  await save(page);

  const got = [];
  for (let i = 0; i < n - 1; i++) got.push(await marks.nth(i).inputValue());
  t.none(got.filter((mark, i) => mark !== (i % 2 ? '5' : '4')), `${n - 1} marks are saved`);
  t.ok(await last.locator('input[value="н"]').isChecked(), 'and who was absent');

  await page.goto(address('journal'));
  const cells = await page.locator('table.marks tbody td').allInnerTexts();
  t.ok(cells.filter((text) => text === '5').length >= Math.floor((n - 1) / 2), 'the grid reads the same without scripts');
  t.ok(await page.locator('[data-ej-save]').isHidden(), 'and offers nothing that needs them');
  await context.close();
}
