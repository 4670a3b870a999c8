// journal_keys.mjs: a usual lesson by few keys: 3 absent, 1 late, 8 marks, topic,
// homework and a comment, counted from the loaded page on, without the letters of
// the three texts. What another page then shows is what counts.

import { address, enter, until, watch } from './lib.mjs';
import { Grid } from './grid.mjs';

const MOST = 24;
const TEXTS = { topic: 'Степень с натуральным показателем', homework: '§ 16, № 290', comment: 'Отлично объяснил у доски' };
const KEYS = { н: 'y', б: ',', о: 'j' }; // where the letters are on the keyboard
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

/* Empty the first rows of the last lesson's column, and its texts. */
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
  await hand.press('Tab', 'Enter'); // past the menu
  await hand.press(...Array.from(VALUES.join(''), (sign) => KEYS[sign] ?? sign)); // each moves on by itself
  await hand.press('ArrowUp', 'Shift+F2');
  await page.keyboard.type(TEXTS.comment);
  await hand.press('Enter', 'Control+ArrowRight');
  await page.keyboard.press('Control+a'); // the suites before may have left a text
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
  t.is(await late.inputValue('textarea[name=homework_text]'), TEXTS.homework, 'the homework');
  t.ok((await late.locator('table.pupils').innerText()).includes(TEXTS.comment), 'and the comment');
  t.is(await late.locator('table.pupils input[type=radio][value="н"]:checked, table.pupils input[type=radio][value="б"]:checked').count(), 3, 'three who were not there');
  t.is(await late.locator('table.pupils input[type=radio][value="о"]:checked').count(), 1, 'and one who was late');

  await habit(grid, c, rows, t);
  await clear(grid, c, rows); // the next suite types into them
  t.none(errors, 'no script failed');
  await context.close();
}

/* The cursor moves on by itself; the step that a hand makes out of habit is no second
 * one, until the hand has once relied on it. */
async function habit(grid, c, rows, t) {
  await grid.open();
  const row = () => grid.page.evaluate(() => document.activeElement.closest('tr').sectionRowIndex);
  for (const step of ['Enter', 'ArrowDown']) {
    await grid.cell(rows[0], c).focus();
    await grid.page.keyboard.type('5');
    await grid.page.keyboard.press(step);
    t.is(await row(), rows[1], `${step} after a mark that moved on is no second step`);
  }
  await grid.page.keyboard.type('54');
  await grid.page.keyboard.press('ArrowDown');
  t.is(await row(), rows[4], 'of who lets marks move on a step passes a pupil by');
  await grid.save();
  await grid.saved();
}
