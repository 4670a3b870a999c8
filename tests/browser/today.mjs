// today.mjs: a teacher's day: the lesson that is going on, and the links
// to each lesson at every width.

import { address, enter } from './lib.mjs';

/* The times [starts, ends] of the day's lessons, as HH:MM in the school's zone. */
const bells = (page) => page.evaluate(() => Array.from(
  document.querySelectorAll('[data-ej-now] tbody tr:not(.is-off)'),
  (row) => Array.from(row.querySelectorAll('.when time'), (time) => time.dateTime),
));

export default async function today({ browser, t }) {
  const context = await enter(browser, 'substitute', { viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  await page.goto(address('/'));
  const [[starts, ends], next] = await bells(page);
  const zone = await page.getAttribute('[data-ej-now]', 'data-ej-now');
  t.is(zone, 'Europe/Moscow', 'the page knows the zone of its school');

  const at = (clock) => new Date(`2026-11-20T${clock}:30+03:00`);
  const marked = () => page.locator('.is-now').count();
  await page.clock.install({ time: at(starts) });
  await page.goto(address('/'));
  t.is(await marked(), 1, 'a lesson is marked as going on from its first minute');
  t.is(await page.locator('.is-now .when time').first().getAttribute('datetime'), starts, 'the first lesson is marked at its beginning');
  await page.clock.setFixedTime(at(ends));
  await page.clock.runFor(20_000);
  t.is(await marked(), 0, 'no lesson is marked during a break');
  await page.clock.setFixedTime(at(next[0]));
  await page.clock.runFor(20_000);
  t.is(await page.locator('.is-now .when time').first().getAttribute('datetime'), next[0], 'after the break the next lesson is marked');

  for (const width of [360, 683, 1024, 1366]) {
    await page.setViewportSize({ width, height: 740 });
    const ways = page.locator('[data-ej-now] tbody tr').first().locator('.to a:visible');
    t.is((await ways.allTextContents()).join(' '), 'Урок Журнал', `at ${width} px a row links to the lesson and its journal`);
  }

  const other = await context.newPage(); // without the test's clock
  await other.goto(address('/'));
  await other.click('a[rel=prev]');
  t.is(await other.locator('[data-ej-now]').count(), 0, 'on another day no lesson is going on');
  t.ok(/held_on=\d{4}-\d\d-\d\d$/.test(other.url()), 'the arrow leads to the day before');
  await other.click('.dayways a:has-text("Сегодня")');
  await other.waitForURL((url) => url.search === '');
  t.is(await other.locator('[data-ej-now]').count(), 1, '«Сегодня» leads back to today');
  await context.close();
}
