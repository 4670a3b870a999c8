// pages.mjs: checks every page of every role at five widths, dark, in forced
// colours and on paper. A document that several roles get is checked once.
//
// The pages are found by following links, without a browser. Two documents are the same
// if they have one kind of address and the same sorts of elements.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import { BASE, enter, people, watch } from './lib.mjs';
import * as measure from './measure.mjs';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PC = { width: 1366, height: 768 };
const SIZES = [{ width: 360, height: 740 }, { width: 683, height: 768 }, { width: 768, height: 1024 }, { width: 1024, height: 768 }, PC];
const LOW = { width: 1366, height: 400 }; // as low as if a class were three times as large
const PAPER = { width: 703, height: 1031 }; // A4 without its margins

/* The kind of an address: the path without numbers, days, and names of guides and topics. */
function kind(url) {
  const { pathname, searchParams } = new URL(url);
  const query = [...searchParams.keys()].sort().join('&');
  return `${pathname.replace(/\d{4}-\d\d-\d\d|\d+/g, '#').replace(/(\/help\/|\/guides\/)[a-z-]+$/, '$1#')}?${query}`;
}

// (not of files: they have no page)
const links = (html) => [...html.matchAll(/<a\b(?![^>]* download=)[^>]*? href="([^"#]+)/g)].map(([, href]) => new URL(href.replaceAll('&amp;', '&'), BASE).href)
  .filter((href) => href.startsWith(`${BASE}/`) || href === BASE)
  .filter((href) => !/format=(csv|xml|xlsx|print)|\/static\/|\/file$|\/files\/\d+$/.test(href));

/* The sorts of elements of a page. Classes for states and single marks
 * do not count. */
const sorts = (html) => [...new Set([...html.matchAll(/<(\w+)(?:[^>]*? class="([^"]*)")?/g)]
  .map(([, tag, names = '']) => `${tag}.${names.split(' ').filter((one) => !/^(is-|[a-z]$|todo|edge)/.test(one)).join('.')}`))].sort().join(' ');

/* The addresses of all documents of a role that no earlier role got. */
async function crawl(context, starts, known) {
  const seen = new Set();
  const found = [];
  const queue = [...starts];
  while (queue.length > 0) {
    const url = queue.shift();
    if (seen.has(kind(url))) continue; // one page of each kind for each role
    seen.add(kind(url));
    const html = await (await context.request.get(url, { headers: { Accept: 'text/html' } })).text();
    const document = `${kind(url)} ${sorts(html)}`;
    if (!known.has(document)) found.push(url);
    known.add(document);
    queue.push(...links(html));
  }
  return { found, pages: seen.size };
}

async function axe(page, rules) {
  const options = { resultTypes: ['violations'], ...rules && { runOnly: rules } };
  const { violations } = await page.evaluate((with_) => window.axe.run(document, with_), options);
  return violations.flatMap((rule) => rule.nodes.slice(0, 3).map((node) => `${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`));
}

/* Check one document in all ways. */
async function look(page, touch, url, faults) {
  const add = (what, list, when = '') => faults[what].push(...list.map((fault) => `${url.slice(BASE.length)}${when}: ${fault.replace(/\s+/g, ' ')}`));
  await page.setViewportSize(PC);
  await page.goto(url);
  await page.evaluate(AXE);
  add('axe', await axe(page));
  add('focus', await page.evaluate(measure.focus));
  for (const colorScheme of ['dark', 'light']) {
    await page.emulateMedia({ colorScheme, forcedColors: colorScheme === 'dark' ? 'none' : 'active' });
    add('colours', await axe(page, ['color-contrast']), ` ${colorScheme}`);
  }
  for (const size of [PC, SIZES[0]]) {
    await page.setViewportSize(size);
    add('colours', await page.evaluate(measure.chosen));
  }
  await page.emulateMedia({ forcedColors: 'none' });
  for (const isTouch of [false, true]) {
    await touch.send('Emulation.setTouchEmulationEnabled', { enabled: isTouch });
    // scripts add the buttons for touch screens when they start
    if (isTouch && await page.locator('[data-ej-lesson], [data-can-write]').count()) await page.reload();
    for (const size of SIZES) {
      await page.setViewportSize(size);
      const when = ` ${size.width} px${isTouch ? ', touch' : ''}`;
      add('wide', await page.evaluate(measure.overflow), when);
      add('heads', await page.evaluate(measure.heads), when);
      add('cells', await page.evaluate(measure.overlaps), when);
      add('piled', await page.evaluate(measure.piled), when);
      add('targets', await page.evaluate(measure.targets, isTouch ? 44 : 24), when);
      if (isTouch) add('words', await page.evaluate(measure.words), when);
      if (size === PC) add('boxed', await page.evaluate(measure.boxes), when);
    }
  }
  await touch.send('Emulation.setTouchEmulationEnabled', { enabled: false });
  await page.setViewportSize(LOW);
  add('boxed', await page.evaluate(measure.boxes));
  await page.setViewportSize(PAPER);
  await page.emulateMedia({ media: 'print' });
  add('paper', await page.evaluate(measure.paper));
  // a wide grid is scaled by the browser; the printed form has a test of its own
  if (await page.locator('[data-ej-grid]').count() === 0) add('paper', await page.evaluate(measure.overflow));
  await page.emulateMedia({ media: null });
}

const TOLD = {
  axe: 'axe-core finds nothing',
  focus: 'the tab order is that of the page, and the focus is visible',
  colours: 'colours have enough contrast when dark and forced, and chosen elements differ by more than colour',
  wide: 'no page is wider than the screen, from 360 to 1366 px',
  heads: 'heads of tables stand over their columns',
  cells: 'no cell overlaps another of its row',
  piled: 'no control of a form stands on another',
  targets: 'links and controls have at least 24 px, on touch screens 44',
  words: 'no word is broken without a hyphen',
  boxed: 'no element scrolls within a page that scrolls, too',
  paper: 'printed pages have no controls',
  scripts: 'no script fails',
};

export default async function pages({ browser, t }) {
  const known = new Set();
  const faults = Object.fromEntries(Object.keys(TOLD).map((what) => [what, []]));
  const roles = [['stranger', () => browser.newContext(), ['/login', '/activate', '/no-such-page']],
    ...people().filter(({ login }) => !/-17$/.test(login)) // the second school is a copy of the first
      .map(({ role, login }) => [role, () => enter(browser, login), ['/', '/no-such-page', '/account']])];
  for (const [role, open, starts] of roles) {
    const context = await open();
    const { found, pages: n } = await crawl(context, starts.map((path) => BASE + path), known);
    const page = await context.newPage();
    const errors = watch(page);
    const touch = await context.newCDPSession(page);
    for (const url of found) await look(page, touch, url, faults);
    faults.scripts.push(...errors);
    t.ok(n >= 3, `${role}: ${n} pages, ${found.length} of them checked for the first time`);
    await context.close();
  }
  for (const [what, list] of Object.entries(faults)) t.none([...new Set(list)], TOLD[what]);
}
