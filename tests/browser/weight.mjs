// weight.mjs: measures how soon a slow machine shows the grid, and the size of scripts.

import { address, enter } from './lib.mjs';

const PAINT_MS = 1500;
const SCRIPTS = 40_960;

/* The times of the first contentful paint of the grid, with everything but the page cached, and when its
 * cells can be edited. */
async function paint(page) {
  await page.goto(address('journal'));
  await page.locator('[data-ej-save]').waitFor({ state: 'visible' });
  return page.evaluate(() => new Promise((done) => {
    const ready = performance.now();
    new PerformanceObserver((list) => {
      const [first] = list.getEntriesByName('first-contentful-paint');
      if (first) done([first.startTime, ready]);
    }).observe({ type: 'paint', buffered: true });
  }));
}

/* The sizes of the page's scripts: decompressed, and as sent. */
const scripts = (page) => page.evaluate(() => performance.getEntriesByType('resource')
  .filter((one) => new URL(one.name).pathname.endsWith('.js'))
  .map((one) => [new URL(one.name).pathname.split('/').at(-1), one.decodedBodySize, one.encodedBodySize]));

export default async function weight({ browser, t }) {
  const context = await enter(browser, 'teacher');
  const page = await context.newPage();
  const cdp = await context.newCDPSession(page);
  await page.goto(address('journal'));
  await page.locator('[data-ej-save]').waitFor({ state: 'visible' });
  const sent = new Map((await scripts(page)).map(([name, ...sizes]) => [name, sizes]));
  await page.goto(address('lesson'));
  await page.locator('[data-ej-all-present]').waitFor();
  for (const [name, ...sizes] of await scripts(page)) sent.set(name, sizes);
  const sum = (list, i) => list.reduce((n, sizes) => n + sizes[i], 0);
  t.ok(sent.size >= 3 && sum([...sent.values()], 1) < SCRIPTS, 'all scripts together are sent in less than 40 KB', [...sent].join('; '));
  t.diag(`scripts: ${sum([...sent.values()], 0)} bytes, sent as ${sum([...sent.values()], 1)}`);

  // the best of five, since other work on the machine can only slow it down
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 6 });
  const times = [];
  for (let i = 0; i < 5; i++) times.push(await paint(page));
  await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
  const [best, ready] = [0, 1].map((i) => Math.min(...times.map((one) => one[i])));
  t.ok(best <= PAINT_MS, 'a machine six times slower shows the grid within a second and a half', times.join('; '));
  t.diag(`six times slower: first paint after ${Math.round(best)} ms, entered after ${Math.round(ready)} ms`);
  await context.close();
}
