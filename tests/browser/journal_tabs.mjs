// journal_tabs.mjs: one cell is edited in two tabs.

import { address, enter, until, watch } from './lib.mjs';
import { Grid } from './grid.mjs';

/* A tab that comes to the front shows the values saved in another tab meanwhile. */
async function front(first, second, c, r, t) {
  const value = await first.text(r, c) === '5' ? '4' : '5';
  await first.cell(r, c).focus();
  await first.page.keyboard.press('Delete');
  await first.type(r, c, value);
  await first.save();
  await first.saved();
  await second.page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await until('the other tab has it', async () => await second.text(r, c) === value);
  t.ok(true, 'a tab that comes to the front shows the values saved in another tab');
}

export default async function tabs({ browser, t }) {
  const context = await enter(browser, 'teacher');
  const first = await new Grid(await context.newPage()).open();
  const second = await new Grid(await context.newPage()).open();
  const errors = watch(second.page);
  const [c] = await first.columns();
  const [r] = await first.rows(c);
  const before = await first.text(r, c);
  const [one, two] = ['5', '4', '3'].filter((value) => value !== before);

  await first.page.bringToFront();
  await first.type(r, c, one);
  await first.save();
  await first.saved();
  t.is(await first.recorded(r, c), one, 'the first tab saves its mark');

  const conflict = async () => {
    await second.page.bringToFront();
    await second.type(r, c, two);
    await second.save();
    await until('the conflict is shown', () => second.state(r, c, 'is-conflict'));
  };
  await conflict();
  const list = second.page.locator('[data-ej-conflicts]');
  const words = await list.innerText();
  t.ok(words.includes(`«${one}»`) && words.includes(`«${two}»`), 'the second tab shows both values of a conflict', words);
  t.ok(words.includes('Изменено в другом окне'), 'the second tab tells that the change was made in another window', words);
  t.is(await first.recorded(r, c), one, 'a conflict overwrites nothing');

  await list.locator('button', { hasText: 'Взять' }).click();
  t.is(await second.text(r, c), one, '«Взять» puts the other value into the cell');
  t.ok(await list.isHidden(), 'the question is gone after the answer');

  // a second conflict, in which the own value is kept; the first tab changes the cell meanwhile
  await first.page.bringToFront();
  await first.page.reload();
  await first.type(r, c, before === '' ? '2' : before);
  await first.save();
  await first.saved();
  await conflict();
  await list.locator('button', { hasText: 'Оставить' }).click();
  await second.saved();
  t.is(await second.recorded(r, c), two, '«Оставить» saves the own value over the one that was shown');

  await second.cell(r, c).focus();
  await second.page.keyboard.press('i');
  const rows = second.page.locator('dialog tbody tr');
  await rows.first().waitFor();
  t.ok(await rows.count() >= 3, 'the history of the cell has all its changes');
  await second.page.keyboard.press('Escape');
  await second.cell(r, c).click({ button: 'right' });
  await rows.first().waitFor();
  t.ok(true, 'a right click opens the history, too');
  await second.page.keyboard.press('Escape');
  const reader = await enter(browser, 'class-teacher');
  const third = new Grid(await reader.newPage());
  await third.page.goto(address('journal'));
  await third.page.locator('[data-ej-history]').waitFor();
  await third.cell(r, c).click();
  await third.page.locator('dialog tbody tr').first().waitFor();
  t.ok(true, 'one tap opens the history for a person who may only read');
  await reader.close();
  await first.page.reload();
  await second.page.reload();
  await front(first, second, c, r, t);
  await theirOwn(context, [first, second], { r, c }, t);
  t.none(errors, 'no script failed');
  await context.close();
}

const kept = (grid) => grid.page.evaluate(() => Object.values(localStorage).filter((one) => one.includes('"9"')).length);

/* An unsent value stays with the tab in which it was typed, while this tab is open. */
async function theirOwn(context, [first, second], { r, c }, t) {
  const before = await second.text(r, c);
  await first.page.reload();
  await first.type(r, c, '9');
  await until('it is kept', async () => await kept(first) === 1);
  await second.page.reload();
  const third = await new Grid(await context.newPage()).open();
  await third.type(r + 1, c, '9'); // when this is stored, the tab has asked whether the first tab is open
  await until('the other is kept too', async () => await kept(first) === 2);
  t.is(await third.text(r, c), before, 'a new tab does not take over the unsent values of an open tab');
  t.is(await first.text(r, c), '9', 'the open tab keeps its unsent value');
  await first.page.close();
  await third.page.close();
  await second.page.reload();
  await until('they are taken over', async () => await second.text(r, c) === '9');
  t.is(await second.text(r + 1, c), '9', 'when the tabs are closed, the next page takes over all unsent values');
  t.is(await kept(second), 1, 'unsent values that were taken over are stored in one entry');
}
