// journal_keyboard.mjs: a whole lesson without a mouse and without a save button, within
// 20 seconds at a common typing speed: 25 marks in the grid, then topic and homework
// beside it.

import { address, enter, until, watch } from './lib.mjs';
import { Grid } from './grid.mjs';

const MARKS = 25;
const KEY_MS = 120; // from one key to the next
const TOPIC = 'Формулы сокращённого умножения';
const HOMEWORK = '§ 14, № 301–304';

/* Press keys, one every 120 ms; "+" joins keys pressed together. */
async function press(page, keys) {
  for (const key of keys) {
    const end = Date.now() + KEY_MS;
    await (key.length > 1 ? page.keyboard.press(key) : page.keyboard.type(key));
    await page.waitForTimeout(Math.max(0, end - Date.now()));
  }
}

/* Fill the column under the cursor from the top down, then the ones before it,
 * until all marks are typed: [[r, c, mark]] */
async function typeMarks(page, plan) {
  let at = plan[0][1];
  for (const [i, [, c, mark]] of plan.entries()) {
    if (c !== at) await press(page, ['Control+Home', ...Array(c).fill('ArrowRight'), ...Array(plan[i][0]).fill('ArrowDown')]);
    at = c;
    await press(page, [mark, 'Enter']);
  }
}

/* The marks to type: in each cell another one than its present mark. */
async function marks(grid) {
  const plan = [];
  for (const c of await grid.columns()) {
    for (const r of await grid.rows(c)) {
      if (plan.length < MARKS) plan.push([r, c, /^5/.test(await grid.text(r, c)) ? '4' : '5']);
    }
  }
  return plan;
}

export default async function keyboard({ browser, t }) {
  const context = await enter(browser, 'teacher');
  const page = await context.newPage();
  const errors = watch(page);
  const grid = await new Grid(page).open();

  const typed = await marks(grid);
  const start = Date.now();
  await press(page, ['Tab', 'Enter']);
  t.ok(await page.evaluate(() => document.activeElement.matches('td[role=gridcell]')), 'the first link of the page leads to the grid');
  const lesson = await grid.lesson(typed[0][1]);
  await typeMarks(page, typed);
  await press(page, ['Control+Home', ...Array(typed[0][1]).fill('ArrowRight'), 'Control+ArrowRight', 'Control+a', ...TOPIC, 'Enter', 'Control+a', ...HOMEWORK, 'Enter']);
  const seconds = (Date.now() - start) / 1000;
  await until('all of it is saved by itself', async () => await page.locator('.is-changed, .is-saving').count() === 0);

  t.is(typed.length, MARKS, `${MARKS} marks are typed by keyboard`);
  const wrong = [];
  for (const [r, c, mark] of typed) {
    if (await grid.recorded(r, c) !== mark) wrong.push(`row ${r}, column ${c} is not ${mark}`);
  }
  t.none(wrong, 'every typed mark is on the server');
  await page.goto(`${new URL(address('journal')).origin}${lesson}`);
  t.is(await page.inputValue('textarea[name=topic]'), TOPIC, 'the typed topic is on the server');
  t.is(await page.inputValue('textarea[name=homework_text]'), HOMEWORK, 'the typed homework is on the server');
  t.ok(seconds <= 20, 'a lesson is typed within 20 seconds, without a button', `${seconds} s`);
  t.diag(`a lesson by keyboard: ${seconds.toFixed(1)} s`);

  await spreadsheet(grid, t);
  t.none(errors, 'no script failed');
  await context.close();
}

/* Keys that work as in a spreadsheet. */
async function spreadsheet(grid, t) {
  const { page } = await grid.open();
  const [c] = await grid.columns();
  const [a, b] = await grid.rows(c);
  const before = [await grid.text(a, c), await grid.text(b, c)];

  await grid.cell(a, c).focus();
  await page.keyboard.press('Delete');
  await page.keyboard.type('y');
  await page.keyboard.press('Enter');
  t.is(await grid.text(a, c), 'н', 'the Latin letter on the key of «н» enters «н»');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  t.is(await grid.text(a, c), before[0], 'Ctrl+Z takes a typed value back');

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
  t.is(await grid.recorded(b, c), '3', 'a filled cell is saved by itself after a pause');
  await grid.type(b, c, '/5');
  t.is(await grid.text(b, c), '3/5', 'a "/" typed on a mark adds a retake');
  await page.keyboard.press('Control+z');
  t.is(await grid.text(b, c), '3', 'one undo takes back the retake');
  await grid.saved();
  const means = await grid.recordedMeans();
  t.ok(/^\S*\d,\d\d /.test(means), 'the record has means of the pupils', means);
  await until('the means are those of the record', async () => await grid.means() === means);
  t.ok(true, 'after a save the page shows the new means of pupils and columns');

  await grid.cell(a, c).focus();
  await page.keyboard.type('9');
  await page.keyboard.press('Enter');
  t.ok(await grid.state(a, c, 'is-wrong'), 'a mark that is not on the scale is kept and shown as wrong');
  t.is(await grid.cell(a, c).getAttribute('aria-invalid'), 'true', 'a wrong mark is announced to screen readers');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await page.keyboard.press('Control+z');
  await grid.save();
  await until('the saved paste is undone', async () => (await grid.recorded(a, c)) === before[0]
    && (await grid.recorded(b, c)) === before[1]);
  t.ok(true, 'undo takes back saved changes, too');
}
