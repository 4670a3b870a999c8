// pages.mjs: every page of every role, at five widths, in the dark, in forced
// colours and on paper. Roles that get the same document see it looked at once.
//
// The pages are found by their links, without a browser; two are the same
// document when they are of one kind and made of the same sorts of elements.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import { BASE, enter, people, watch } from './lib.mjs';
import * as measure from './measure.mjs';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const PC = { width: 1366, height: 768 };
const SIZES = [{ width: 360, height: 740 }, { width: 683, height: 768 }, { width: 768, height: 1024 }, { width: 1024, height: 768 }, PC];
const LOW = { width: 1366, height: 400 }; // a PC, as low as if a class were three times as large
const PAPER = { width: 703, height: 1031 }; // A4 without its margins

/* The kind of a page: its path with numbers and days taken out. */
function kind(url) {
  const { pathname, searchParams } = new URL(url);
  const query = [...searchParams.keys()].sort().join('&');
  return `${pathname.replace(/\d{4}-\d\d-\d\d|\d+/g, '#')}?${query}`;
}

const links = (html) => [...html.matchAll(/<a\b[^>]*? href="([^"#]+)/g)].map(([, href]) => new URL(href.replaceAll('&amp;', '&'), BASE).href)
  .filter((href) => href.startsWith(`${BASE}/`) || href === BASE)
  .filter((href) => !/format=(csv|xml|xlsx|print)|\/static\//.test(href));

/* What a page is made of: its sorts of elements. States and single marks are of
 * no account. */
const sorts = (html) => [...new Set([...html.matchAll(/<(\w+)(?:[^>]*? class="([^"]*)")?/g)]
  .map(([, tag, names = '']) => `${tag}.${names.split(' ').filter((one) => !/^(is-|[a-z]$|todo|edge)/.test(one)).join('.')}`))].sort().join(' ');

/* All documents that a role can get which nobody before got: their addresses. */
async function crawl(context, starts, known) {
  const seen = new Set();
  const found = [];
  const queue = [...starts];
  while (queue.length > 0) {
    const url = queue.shift();
    if (seen.has(kind(url))) continue; // one page of each kind a role
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

/* Look at one document in every way. */
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
    // scripts give keys to a finger when they begin
    if (isTouch && await page.locator('[data-ej-lesson], [data-can-write]').count()) await page.reload();
    for (const size of SIZES) {
      await page.setViewportSize(size);
      const when = ` ${size.width} px${isTouch ? ', touch' : ''}`;
      add('wide', await page.evaluate(measure.overflow), when);
      add('heads', await page.evaluate(measure.heads), when);
      add('cells', await page.evaluate(measure.overlaps), when);
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
  // a grid of many lessons is made smaller by the browser; its form is another
  if (await page.locator('[data-ej-grid]').count() === 0) add('paper', await page.evaluate(measure.overflow));
  await page.emulateMedia({ media: null });
}

const TOLD = {
  axe: 'axe-core finds nothing',
  focus: 'the keyboard goes as the page reads',
  colours: 'dark and in forced colours all is read, and what is chosen is not told by colour alone',
  wide: 'none is wider than the screen, from 360 to 1366 px',
  heads: 'heads stand over their columns',
  cells: 'no cell lies over another of its row',
  targets: 'all targets are of 24 px, of 44 under a finger',
  words: 'no word is broken without a hyphen',
  boxed: 'nothing scrolls within a page that does',
  paper: 'paper shows what is written, without what only a screen can do',
  scripts: 'no script fails',
};

export default async function pages({ browser, t }) {
  const known = new Set();
  const faults = Object.fromEntries(Object.keys(TOLD).map((what) => [what, []]));
  const roles = [['stranger', () => browser.newContext(), ['/login', '/activate', '/no-such-page']],
    ...people().filter(({ login }) => !/-17$/.test(login)) // the second school is the first once more
      .map(({ role, login }) => [role, () => enter(browser, login), ['/', '/no-such-page', '/account']])];
  for (const [role, open, starts] of roles) {
    const context = await open();
    const { found, pages: n } = await crawl(context, starts.map((path) => BASE + path), known);
    const page = await context.newPage();
    const errors = watch(page);
    const touch = await context.newCDPSession(page);
    for (const url of found) await look(page, touch, url, faults);
    faults.scripts.push(...errors);
    t.ok(n >= 3, `${role}: ${n} pages, ${found.length} of them not yet seen`);
    await context.close();
  }
  for (const [what, list] of Object.entries(faults)) t.none([...new Set(list)], TOLD[what]);
}
