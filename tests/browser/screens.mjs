// screens.mjs: checks what is visible without scrolling: the grid and a lesson with two works on the
// PC of a classroom, the last lesson and today's page of the diary on a phone.

import { address, enter, until } from './lib.mjs';
import { Grid } from './grid.mjs';

const PHONE = { width: 360, height: 740 };

/* The numbers of pupils and columns for which there is room. */
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

/* Whether the cell under the cursor is visible, right of the names. */
const isInView = (page) => page.evaluate(() => {
  const cell = document.querySelector('table[data-ej-grid] td[tabindex="0"]').getBoundingClientRect();
  const names = document.querySelector('table[data-ej-grid] tbody th').getBoundingClientRect();
  return cell.left >= names.right - 1 && cell.right <= innerWidth;
});

/* Rows that are cut by the end of the window or of the spread, if there were
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
  t.ok(columns >= 25, 'a classroom PC shows 25 columns at once', `${columns} columns`);
  const start = await page.evaluate(() => document.querySelector('td[tabindex="0"]').cellIndex - 1);
  t.is(start, (await one.columns())[0], 'the cursor begins at the last lesson held');
  t.is(await page.evaluate(() => document.activeElement.tagName), 'BODY', 'the grid does not take the focus when the page opens');
  t.none(await whole(page), 'the spread of a large class ends with a whole row');
  await page.setViewportSize(PHONE);
  await page.reload();
  await until('the script has begun', () => page.locator('td[tabindex="0"]').count());
  t.ok(await isInView(page), 'a phone shows the last lesson held when the grid opens');
  await context.close();
}

/* Give the lesson a second work, and the first pupil's mark a comment; returns whether the folded comment shows its text. */
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
  await until('the folded comment shows its text', async () => said.test(await row.locator('summary').innerText()));
  await save();
  return said.test(await row.locator('summary').innerText());
}

/* The left edges of all cells, the heights of all rows, and the number of rows that fit. */
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
  t.ok(await twoWorks(page), 'a folded comment shows its text');
  const before = await laid(page);
  t.ok(before.heights.length === 1 || Math.abs(before.heights[0] - before.heights[1]) < 2, 'the rows of a lesson with two works have the same height', before.heights.join());
  t.ok(before.pupils >= 18, 'a classroom PC shows 18 pupils of a lesson at once', `${before.pupils} pupils`);
  await page.setViewportSize({ width: 1024, height: 768 });
  t.none(await page.locator('.notes summary:not(.said)').evaluateAll((all) => all.filter((one) => one.scrollWidth > one.clientWidth).map((one) => `${one.scrollWidth} > ${one.clientWidth}`)),
    'on a small screen «Пояснить» is not cut');
  t.none(await page.locator('.what :is(select, input, textarea)').evaluateAll((all) => all.filter((one) => one.getBoundingClientRect().right
    > one.closest('.what').getBoundingClientRect().right + 1).map((one) => one.name)), 'and no field reaches from its column over the pupils');
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.emulateMedia({ media: 'print' });
  t.ok(await page.locator('.notes .said').first().isVisible(), 'a printed lesson has the comments');
  t.ok(Math.min(...(await laid(page)).heights) < 26, 'the rows of a printed lesson are as low as their texts', (await laid(page)).heights.join());
  await page.emulateMedia({ media: null });
  const row = page.locator('table.pupils tbody tr').first();
  await row.locator('a[href*="/columns/"]').waitFor();
  t.is(await row.locator('a[href*="/columns/"]').count(), 1, 'a row has one link to the history');
  await row.locator('summary').click();
  t.is((await laid(page)).lefts, before.lefts, 'unfolding a comment moves no column');
  await row.locator('input[type=radio][value="о"]').check({ force: true });
  t.is((await laid(page)).lefts, before.lefts, 'the field for minutes moves no column');
  await row.locator('a[href*="/columns/"]').click();
  await page.waitForLoadState();
  t.ok(await page.locator('table.changes tbody tr').count() > 0, 'the link of a row leads to its history');
  await context.close();
}

async function diary(browser, t) {
  const context = await enter(browser, 'parent', { viewport: PHONE });
  const page = await context.newPage();
  await page.goto(address('/diary'));
  const due = await page.locator('.due').boundingBox();
  t.ok(due.y > 0 && due.y < PHONE.height / 2, 'a phone shows the homework due when the diary opens', due.y);
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
  t.ok(true, 'a phone scrolls another week to today');
  await page.goto(`${week}#main`);
  await page.reload();
  t.is(await page.evaluate(() => scrollY < 100), true, 'a phone does not scroll when the address names another place');
  await context.close();
}

export default async function screens({ browser, t }) {
  await grid(browser, t);
  await lesson(browser, t);
  await diary(browser, t);
}
