// today.mjs: the day of a teacher: the lesson that is going on, and the ways
// into each lesson at every width.

import { address, enter } from './lib.mjs';

/* The «HH:MM» of the day's lessons, as instants of the school's zone. */
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
  t.is(await marked(), 1, 'from its first minute the lesson is marked as going on');
  t.is(await page.locator('.is-now .when time').first().getAttribute('datetime'), starts, 'and it is that one');
  await page.clock.setFixedTime(at(ends));
  await page.clock.runFor(20_000);
  t.is(await marked(), 0, 'in the break none is');
  await page.clock.setFixedTime(at(next[0]));
  await page.clock.runFor(20_000);
  t.is(await page.locator('.is-now .when time').first().getAttribute('datetime'), next[0], 'then the next');

  for (const width of [360, 683, 1024, 1366]) {
    await page.setViewportSize({ width, height: 740 });
    const ways = page.locator('[data-ej-now] tbody tr').first().locator('.to a:visible');
    t.is((await ways.allTextContents()).join(' '), 'Урок Журнал', `at ${width} the lesson and its journal are one tap away`);
  }

  const other = await context.newPage(); // with a clock that goes
  await other.goto(address('/'));
  await other.click('a[rel=prev]');
  t.is(await other.locator('[data-ej-now]').count(), 0, 'on another day no lesson is going on');
  t.ok(/held_on=\d{4}-\d\d-\d\d$/.test(other.url()), 'the arrow leads to the day before');
  await other.click('.dayways a:has-text("Сегодня")');
  await other.waitForURL((url) => url.search === '');
  t.is(await other.locator('[data-ej-now]').count(), 1, 'and «Сегодня» back');
  await context.close();
}
