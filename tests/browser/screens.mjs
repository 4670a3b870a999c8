// screens.mjs: what is seen at once: the grid on the PC of a classroom, the
// last lesson and today's page of the diary on a phone.

import { address, enter, until } from './lib.mjs';
import { Grid } from './grid.mjs';

const PHONE = { width: 360, height: 740 };

/* How many pupils and columns there is room for. */
const seen = (page) => page.evaluate(() => {
  const table = document.querySelector('table[data-ej-grid]');
  const row = table.querySelector('tbody tr').getBoundingClientRect();
  const width = (selector) => table.querySelector(selector).getBoundingClientRect().width;
  const room = document.querySelector('main').clientWidth - 32 - width('tbody th') - width('tbody td:last-child') - 17;
  return {
    pupils: Math.floor((innerHeight - row.top) / row.height),
    columns: Math.floor(room / width('tbody td')),
  };
});

/* Whether the column of the cursor stands in the box, right of the names. */
const isInView = (page) => page.evaluate(() => {
  const cell = document.querySelector('table[data-ej-grid] td[tabindex="0"]').getBoundingClientRect();
  const names = document.querySelector('table[data-ej-grid] tbody th').getBoundingClientRect();
  return cell.left >= names.right - 1 && cell.right <= innerWidth;
});

async function grid(browser, t) {
  const context = await enter(browser, 'teacher', { viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  const one = await new Grid(page).open();
  const { pupils, columns } = await seen(page);
  t.ok(pupils >= 20, 'a classroom PC shows 20 pupils at once', `${pupils} pupils`);
  t.ok(columns >= 25, 'and has room for 25 columns', `${columns} columns`);
  const start = await page.evaluate(() => document.querySelector('td[tabindex="0"]').cellIndex - 1);
  t.is(start, (await one.columns())[0], 'the cursor begins at the last lesson held');
  t.is(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'and takes no focus');
  await page.setViewportSize(PHONE);
  await page.reload();
  await until('the script has begun', () => page.locator('td[tabindex="0"]').count());
  t.ok(await isInView(page), 'a phone opens the grid at that lesson');
  await context.close();
}

async function diary(browser, t) {
  const context = await enter(browser, 'parent', { viewport: PHONE });
  const page = await context.newPage();
  await page.goto(address('/diary'));
  const today = page.locator('.day.is-today h2');
  await until('today is in view', async () => {
    const box = await today.boundingBox();
    return box.y >= 0 && box.y < PHONE.height / 2 || page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 1);
  });
  t.ok(true, 'a phone opens the diary at today');
  await page.goto(`${address('/diary')}#main`);
  await page.reload();
  t.is(await page.evaluate(() => scrollY < 100), true, 'but not where another place is asked for');
  await context.close();
}

export default async function screens({ browser, t }) {
  await grid(browser, t);
  await diary(browser, t);
}
