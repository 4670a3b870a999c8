// journal_keyboard.mjs: a whole lesson without a mouse, within a minute:
// 25 marks in the grid, then the topic and the homework.

import { address, enter, until, watch } from './lib.mjs';
import { Grid } from './grid.mjs';

const MARKS = 25;
const KEY_MS = 60; // between keys, as a fast hand does
const TOPIC = 'Формулы сокращённого умножения';
const HOMEWORK = '§ 14, № 301–304; https://example.org/algebra';

/* Press Tab until the focus meets the selector. */
async function tabTo(page, selector, most = 300) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((wanted) => document.activeElement.matches(wanted), selector)) return;
  }
  throw new Error(`no way by Tab to ${selector}`);
}

/* Fill columns from the top down until all marks are typed: [[r, c, mark]] */
async function typeMarks(grid) {
  const { page } = grid;
  const typed = [];
  await tabTo(page, 'td[role=gridcell]');
  for (const c of await grid.columns()) {
    const rows = await grid.rows(c);
    await page.keyboard.press('Control+Home');
    for (let i = 0; i < c; i++) await page.keyboard.press('ArrowRight');
    for (let i = 0; i < rows[0]; i++) await page.keyboard.press('ArrowDown');
    for (const r of rows) {
      if (typed.length === MARKS) return typed;
      const mark = await grid.text(r, c) === '5' ? '4' : '5';
      await page.keyboard.type(mark, { delay: KEY_MS });
      await page.keyboard.press('Enter');
      typed.push([r, c, mark]);
    }
  }
  return typed;
}

async function typeLesson(page) {
  await page.goto(address('lesson'));
  await tabTo(page, 'textarea[name=topic]');
  await page.keyboard.press('Control+a');
  await page.keyboard.type(TOPIC, { delay: KEY_MS / 2 });
  await tabTo(page, 'textarea[name=homework_text]');
  await page.keyboard.press('Control+a');
  await page.keyboard.type(HOMEWORK, { delay: KEY_MS / 2 });
  await tabTo(page, 'main form button.main', 2000);
  await Promise.all([page.waitForEvent('load'), page.keyboard.press('Enter')]);
}

export default async function keyboard({ browser, t }) {
  const context = await enter(browser, 'teacher');
  const page = await context.newPage();
  const errors = watch(page);
  const grid = await new Grid(page).open();

  const start = Date.now();
  const typed = await typeMarks(grid);
  await grid.save();
  await grid.saved();
  await typeLesson(page);
  const seconds = (Date.now() - start) / 1000;

  t.is(typed.length, MARKS, `${MARKS} marks are typed by keyboard`);
  const wrong = [];
  for (const [r, c, mark] of typed) {
    if (await grid.recorded(r, c) !== mark) wrong.push(`row ${r}, column ${c} is not ${mark}`);
  }
  t.none(wrong, 'and every one of them is recorded');
  await page.goto(address('lesson'));
  t.is(await page.inputValue('textarea[name=topic]'), TOPIC, 'so is the topic');
  t.is(await page.inputValue('textarea[name=homework_text]'), HOMEWORK, 'and the homework');
  t.ok(seconds <= 60, 'all of it within a minute', `${seconds} s`);
  t.diag(`a lesson by keyboard: ${seconds.toFixed(1)} s`);

  await spreadsheet(grid, t);
  t.none(errors, 'no script failed');
  await context.close();
}

/* What a spreadsheet's hand expects. */
async function spreadsheet(grid, t) {
  const { page } = await grid.open();
  const [c] = await grid.columns();
  const [a, b] = await grid.rows(c);
  const before = [await grid.text(a, c), await grid.text(b, c)];

  await grid.cell(a, c).focus();
  await page.keyboard.press('Delete');
  await page.keyboard.type('y');
  await page.keyboard.press('Enter');
  t.is(await grid.text(a, c), 'н', 'a Latin key at the place of «н» writes «н»');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  t.is(await grid.text(a, c), before[0], 'Ctrl+Z takes it back');

  await grid.cell(a, c).focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.evaluate((text) => {
    const clipboardData = new DataTransfer();
    clipboardData.setData('text/plain', text);
    document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
  }, '3\r\n4\r\n');
  t.is(`${await grid.text(a, c)} ${await grid.text(b, c)}`, '3 4', 'a column of a spreadsheet is pasted');
  await grid.cell(a, c).focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+d');
  t.is(await grid.text(b, c), '3', 'Ctrl+D fills down');
  await grid.saved();
  t.is(await grid.recorded(b, c), '3', 'and what rests for a while is saved by itself');
  const means = await grid.recordedMeans();
  t.ok(/^\S*\d,\d\d /.test(means), 'the record has means of the pupils', means);
  await until('the means are those of the record', async () => await grid.means() === means);
  t.ok(true, 'the means follow the save, of pupils and of columns');

  await grid.cell(a, c).focus();
  await page.keyboard.type('9');
  await page.keyboard.press('Enter');
  t.ok(await grid.state(a, c, 'is-wrong'), 'a mark that is not of the scale is marked and kept');
  t.is(await grid.cell(a, c).getAttribute('aria-invalid'), 'true', 'for a screen reader too');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await grid.save();
  await until('the saved paste is undone', async () => (await grid.recorded(a, c)) === before[0]
    && (await grid.recorded(b, c)) === before[1]);
  t.ok(true, 'undo reaches what was saved');
}
