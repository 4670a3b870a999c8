// screens.mjs: what is seen at once: the grid and a lesson with two works on the
// PC of a classroom, the last lesson and today's page of the diary on a phone.

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

/* Rows that the end of the window or of the spread's box cuts, once there are
 * three times as many. */
const whole = (page) => page.evaluate(() => {
  const body = document.querySelector('table[data-ej-grid] tbody');
  const rows = [...body.rows];
  for (let i = 0; i < 2; i++) body.append(...rows.map((row) => row.cloneNode(true)));
  const end = Math.min(innerHeight, document.querySelector('.book').getBoundingClientRect().bottom);
  return [...body.rows].map((row) => row.getBoundingClientRect())
    .filter(({ top, bottom }) => top < end - 1 && bottom > end + 1).map(({ top }) => `a row at ${top} is cut at ${end}`);
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
  t.none(await whole(page), 'a class of 33 is cut between two pupils');
  await page.setViewportSize(PHONE);
  await page.reload();
  await until('the script has begun', () => page.locator('td[tabindex="0"]').count());
  t.ok(await isInView(page), 'a phone opens the grid at that lesson');
  await context.close();
}

/* The lesson with a second work, and a comment to the first pupil's mark. */
async function twoWorks(page) {
  const save = async () => {
    await page.click('main form button.main');
    await until('it is saved', async () => /^Сохранено/.test(await page.locator('[data-ej-status]').innerText()));
  };
  await page.goto(address('lesson'));
  while (await page.locator('table.pupils thead th').count() < 5) {
    const kinds = page.locator('select[name=new_kind_id]');
    if (!await kinds.isVisible()) await page.locator('details', { has: kinds }).locator('summary').click();
    await kinds.selectOption({ index: 1 });
    await save();
  }
  const row = page.locator('table.pupils tbody tr').first();
  await row.locator('td.mark input:not([type=hidden])').first().fill('4');
  if (!await row.locator('details[open]').count()) await row.locator('summary').click();
  await row.locator('.notes input:visible').first().fill('Знак потерян в третьей строке, дальше всё верно и записано аккуратно');
  await row.locator('summary').click();
  const said = /Знак потерян/;
  await until('the folded comment shows what it says', async () => said.test(await row.locator('summary').innerText()));
  await save();
  return said.test(await row.locator('summary').innerText());
}

/* The left edges of all cells, and the heights of all rows. */
const laid = (page) => page.evaluate(() => {
  const rows = [...document.querySelectorAll('table.pupils tr')];
  const box = (e) => e.getBoundingClientRect();
  const [first] = document.querySelectorAll('table.pupils tbody tr');
  return {
    lefts: rows.flatMap((row) => [...row.cells].map((cell) => box(cell).left)).join(),
    heights: [...new Set(rows.slice(1).map((row) => Math.round(box(row).height)))],
    pupils: Math.floor((innerHeight - box(document.querySelector('.savebar')).height - box(first).top) / box(first).height),
  };
});

async function lesson(browser, t) {
  const context = await enter(browser, 'teacher', { viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  t.ok(await twoWorks(page), 'a comment that is folded away shows what it says');
  const before = await laid(page);
  t.ok(before.heights.length === 1 || Math.abs(before.heights[0] - before.heights[1]) < 2, 'the rows of a lesson with two works are of one height', before.heights.join());
  t.ok(before.pupils >= 18, 'of which there is room for 18', `${before.pupils} pupils`);
  await page.setViewportSize({ width: 1024, height: 768 });
  t.none(await page.locator('.notes summary:not(.said)').evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => `${one.scrollWidth} > ${one.clientWidth}`)),
    'on a small screen «Пояснить» is read whole');
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.emulateMedia({ media: 'print' });
  t.ok(await page.locator('.notes .said').first().isVisible(), 'paper has the comments');
  t.ok(Math.min(...(await laid(page)).heights) < 26, 'in rows no higher than their texts', (await laid(page)).heights.join());
  await page.emulateMedia({ media: null });
  const row = page.locator('table.pupils tbody tr').first();
  await row.locator('a[href*="/columns/"]').waitFor();
  t.is(await row.locator('a[href*="/columns/"]').count(), 1, 'with one way to the history');
  await row.locator('summary').click();
  t.is((await laid(page)).lefts, before.lefts, 'a comment opens without moving a column');
  await row.locator('input[type=radio][value="о"]').check({ force: true });
  t.is((await laid(page)).lefts, before.lefts, 'nor do the minutes of who is late');
  await row.locator('a[href*="/columns/"]').click();
  await page.waitForLoadState();
  t.ok(await page.locator('table.changes tbody tr').count() > 0, 'the history is that of the row');
  await context.close();
}

async function diary(browser, t) {
  const context = await enter(browser, 'parent', { viewport: PHONE });
  const page = await context.newPage();
  await page.goto(address('/diary'));
  const due = await page.locator('.due').boundingBox();
  t.ok(due.y > 0 && due.y < PHONE.height / 2, 'a phone opens the diary at what is due', due.y);
  for (const way of ['Прошлая', 'Следующая']) {
    await page.locator('.weeks a', { hasText: way }).first().click();
    await page.waitForURL(/week_on=/);
  }
  const week = page.url();
  const today = page.locator('.day.is-today h2');
  await until('today is in view', async () => {
    const box = await today.boundingBox();
    return box.y >= 0 && box.y < PHONE.height / 2 || page.evaluate(() => scrollY + innerHeight >= document.documentElement.scrollHeight - 1);
  });
  t.ok(true, 'and a week that was asked for at today');
  await page.goto(`${week}#main`);
  await page.reload();
  t.is(await page.evaluate(() => scrollY < 100), true, 'but not where another place is asked for');
  await context.close();
}

export default async function screens({ browser, t }) {
  await grid(browser, t);
  await lesson(browser, t);
  await diary(browser, t);
}
