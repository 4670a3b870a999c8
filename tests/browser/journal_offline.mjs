// journal_offline.mjs: the connection is lost while marks are entered.

import { address, enter, until, watch } from './lib.mjs';
import { Grid } from './grid.mjs';

const VALUES = ['5', '4', '3'];

/* Lose only saves, also after a reload. This is done inside the page, since requests
 * that a page sends while it is closed do not pass through Playwright. */
function loseSaves() {
  const send = window.fetch;
  window.fetch = (to, options) => (options?.method === 'POST' && localStorage.getItem('test.lost')
    ? Promise.reject(new TypeError('lost')) : send(to, options));
}

async function typeAll(grid, rows, c) {
  for (const [i, r] of rows.entries()) await grid.type(r, c, VALUES[i]);
}

const texts = (grid, rows, c) => Promise.all(rows.map((r) => grid.text(r, c)));

export default async function offline({ browser, t }) {
  const context = await enter(browser, 'teacher');
  await context.addInitScript(loseSaves);
  const grid = await new Grid(await context.newPage()).open();
  const errors = watch(grid.page);
  const c = (await grid.columns())[1];
  const rows = (await grid.rows(c)).slice(0, 3);
  // begin with other values, so that there is something to change
  for (const r of rows) await grid.type(r, c, '2');
  await grid.save();
  await grid.saved();

  await grid.page.evaluate(() => localStorage.setItem('test.lost', '1'));
  await context.setOffline(true);
  await typeAll(grid, rows, c);
  await grid.save();
  await until('the status tells', async () => /Нет связи/.test(await grid.status()));
  t.ok(/3 клетки/.test(await grid.status()), 'without a connection the status shows the number of unsent cells', await grid.status());

  // a cell that is typed again while its batch is being sent counts once
  await grid.type(rows[0], c, '4');
  await grid.page.click('form[data-ej-logout] button');
  const question = grid.page.locator('dialog.dialog');
  t.ok(/3 записи/.test(await question.innerText()), 'a log-out with unsent cells is questioned', await question.innerText());
  await question.locator('button', { hasText: 'Остаться' }).click();
  await grid.type(rows[0], c, VALUES[0]);

  // the page is closed and opened again while saves are still lost
  await grid.page.reload().catch(() => {});
  await context.setOffline(false);
  await grid.page.close();
  const again = new Grid(await context.newPage());
  const more = watch(again.page);
  await again.open();
  t.is((await texts(again, rows, c)).join(), VALUES.join(), 'after a reload the typed values are in their cells');
  t.is(await again.recorded(rows[0], c), '2', 'after a reload unsent values are not on the server');
  await stranger(browser, context, t);

  await again.page.evaluate(() => localStorage.removeItem('test.lost'));
  await until('they are sent', async () => (await again.recorded(rows[2], c)) === VALUES[2]);
  await again.saved();
  t.ok(true, 'unsent values are sent by themselves when the connection is back');
  const left = await again.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('ej.unsent')));
  t.none(left, 'after sending nothing is stored on the computer');

  // the connection comes back while the page is open
  await context.setOffline(true);
  await again.type(rows[0], c, '2');
  await again.save();
  await until('the status tells', async () => /Нет связи/.test(await again.status()));
  await context.setOffline(false);
  await until('it is sent', async () => (await again.recorded(rows[0], c)) === '2');
  t.ok(true, 'an open page sends unsent values as soon as the connection is back');
  t.none([...errors, ...more], 'no script failed');
  await context.close();
}

/* Another account on the same computer does not see the unsent cells. */
async function stranger(browser, context, t) {
  const kept = await context.storageState();
  const other = await enter(browser, 'deputy');
  await other.addInitScript((items) => {
    for (const { name, value } of items) localStorage.setItem(name, value);
  }, kept.origins.flatMap((origin) => origin.localStorage));
  const page = await other.newPage();
  await page.goto(address('journal'));
  await page.locator('td[role=gridcell]').first().waitFor();
  const shown = await page.locator('.is-changed, .is-saving').count();
  t.is(shown, 0, 'another account on this computer does not see the unsent cells');
  await other.close();
}
