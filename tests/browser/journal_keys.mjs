// journal_keys.mjs: counts the keys for a usual lesson: 3 absent, 1 late, 8 marks, topic,
// homework and a comment, from the loaded page on, without the letters of
// the three texts. Another page must then show everything.

import { address, enter, until, watch } from './lib.mjs';
import { Grid } from './grid.mjs';

const MOST = 24;
const TEXTS = { topic: 'Степень с натуральным показателем', homework: '§ 16, № 290', comment: 'Отлично объяснил у доски' };
const KEYS = { н: 'y', б: ',', о: 'j' }; // the Latin characters on the keys of these letters
const VALUES = ['н', '5', '4', 'б', 'о 4', '5', '3', '4', 'н', '5', '4'];

class Hand {
  constructor(page) {
    this.page = page;
    this.count = 0;
  }

  async press(...keys) {
    for (const key of keys) await (key.length > 1 ? this.page.keyboard.press(key) : this.page.keyboard.type(key));
    this.count += keys.length;
  }
}

/* Empty the first rows of a column. */
async function clear(grid, c, rows) {
  await grid.cell(rows[0], c).focus();
  for (let i = 1; i < VALUES.length; i++) await grid.page.keyboard.press('Shift+ArrowDown');
  await grid.page.keyboard.press('Delete');
  await grid.save();
  await grid.saved();
}

export default async function keys({ browser, t }) {
  const context = await enter(browser, 'teacher');
  const page = await context.newPage();
  const errors = watch(page);
  const grid = await new Grid(page).open();
  const [c] = await grid.columns();
  const rows = await grid.rows(c);
  t.is(rows.slice(0, VALUES.length).join(), VALUES.map((_, i) => rows[0] + i).join(), 'the first pupils of the list can all be marked');
  const lesson = await grid.lesson(c);
  await clear(grid, c, rows);
  await grid.open();

  const hand = new Hand(page);
  await hand.press('Tab', 'Enter'); // skip the menu
  await hand.press(...Array.from(VALUES.join(''), (sign) => KEYS[sign] ?? sign)); // the cursor moves on after each value
  await hand.press('ArrowUp', 'Shift+F2');
  await page.keyboard.type(TEXTS.comment);
  await hand.press('Enter', 'Control+ArrowRight');
  await page.keyboard.press('Control+a'); // earlier suites may have left a text
  await page.keyboard.type(TEXTS.topic);
  await hand.press('Enter');
  await page.keyboard.press('Control+a');
  await page.keyboard.type(TEXTS.homework);
  await hand.press('Enter');
  t.ok(hand.count <= MOST, `a lesson takes at most ${MOST} keys besides its texts`, hand.count);
  t.diag(`a lesson by keys: ${hand.count}`);

  const late = await context.newPage();
  const wanted = VALUES.join(' ');
  const marks = async () => (await grid.recordedColumn(c)).slice(rows[0], rows[0] + VALUES.length).join(' ');
  await until('all marks are recorded', async () => await marks() === wanted);
  await until('all is saved', async () => await page.locator('.is-changed, .is-saving').count() === 0 && /сохранены/.test(await grid.status()));
  await late.goto(`${new URL(address('journal')).origin}${lesson}`);
  t.is(await late.inputValue('textarea[name=topic]'), TEXTS.topic, 'another page shows the topic');
  t.is(await late.inputValue('textarea[name=homework_text]'), TEXTS.homework, 'another page shows the homework');
  t.ok((await late.locator('table.pupils').innerText()).includes(TEXTS.comment), 'another page shows the comment');
  t.is(await late.locator('table.pupils input[type=radio][value="н"]:checked, table.pupils input[type=radio][value="б"]:checked').count(), 3, 'another page shows the three absent pupils');
  t.is(await late.locator('table.pupils input[type=radio][value="о"]:checked').count(), 1, 'another page shows the late pupil');

  await habit(grid, c, rows, t);
  await clear(grid, c, rows); // the next suite types into them
  t.none(errors, 'no script failed');
  await context.close();
}

/* After a complete value the cursor moves by itself. A key pressed out of habit right
 * after it does not move it again, until the person has once typed without the key. */
async function habit(grid, c, rows, t) {
  await grid.open();
  const row = () => grid.page.evaluate(() => document.activeElement.closest('tr').sectionRowIndex);
  for (const step of ['Enter', 'ArrowDown']) {
    await grid.cell(rows[0], c).focus();
    await grid.page.keyboard.type('5');
    await grid.page.keyboard.press(step);
    t.is(await row(), rows[1], `${step} right after a mark does not move the cursor a second time`);
  }
  await grid.page.keyboard.type('54');
  await grid.page.keyboard.press('ArrowDown');
  t.is(await row(), rows[4], 'after two marks typed without keys between them, ArrowDown skips a pupil');
  await grid.save();
  await grid.saved();
}
