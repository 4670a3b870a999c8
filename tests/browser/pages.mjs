// pages.mjs: every kind of page of every role: axe-core finds no violation,
// no script fails, a phone of 360 px scrolls only downwards, and paper has
// neither buttons nor arrows.

import fs from 'node:fs';
import { createRequire } from 'node:module';
import { BASE, enter, people, watch } from './lib.mjs';

const AXE = fs.readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const done = new Set(); // kinds seen in the dark and on a phone: once for all roles
const PHONE = { width: 360, height: 740 };
const LOW = { width: 1366, height: 400 }; // a PC, as low as if a class were three times as large
const PAPER = { width: 703, height: 1031 }; // A4 without its margins

/* The kind of a page: its path with numbers and days taken out. */
function kind(url) {
  const { pathname, searchParams } = new URL(url);
  const query = [...searchParams.keys()].sort().join('&');
  return `${pathname.replace(/\d{4}-\d\d-\d\d|\d+/g, '#')}?${query}`;
}

async function links(page) {
  const found = await page.evaluate(() => [...document.links].map((a) => a.href));
  return found.map((href) => href.replace(/#.*/, ''))
    .filter((href) => href.startsWith(`${BASE}/`) || href === BASE)
    .filter((href) => !/format=(csv|xml|xlsx|print)|\/static\//.test(href));
}

async function violations(page) {
  await page.evaluate(AXE);
  const { violations: found } = await page.evaluate(() => window.axe.run(document, { resultTypes: ['violations'] }));
  return found.flatMap((rule) => rule.nodes.slice(0, 3)
    .map((node) => `${page.url()}: ${rule.id}: ${node.target.join(' ')}: ${node.failureSummary}`));
}

/* What sticks out of the phone, when something does. */
function overflow(page) {
  return page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth <= clientWidth) return [];
    const isClipped = (e) => e.parentElement && (/auto|scroll|hidden|clip/.test(getComputedStyle(e.parentElement).overflowX) || isClipped(e.parentElement));
    const wide = [...document.body.querySelectorAll('*')]
      .filter((e) => e.getBoundingClientRect().right > clientWidth + 1 && !isClipped(e));
    return [`${location.href}: ${scrollWidth} px wide: ${wide.slice(0, 5).map((e) => `${e.tagName}.${e.className}`).join(', ')}`];
  });
}

/* What a printed page says that only a screen can do. */
async function onPaper(page) {
  await page.setViewportSize(PAPER);
  await page.emulateMedia({ media: 'print' });
  const found = await page.evaluate(() => {
    const isShown = (e) => e.checkVisibility() && e.getBoundingClientRect().height > 1;
    const style = (e) => getComputedStyle(e);
    // a word of a head on several lines
    const isBroken = (head) => {
      const walker = document.createTreeWalker(head, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      while (walker.nextNode()) {
        for (const word of walker.currentNode.data.matchAll(/[^\s-]+/g)) {
          range.setStart(walker.currentNode, word.index);
          range.setEnd(walker.currentNode, word.index + word[0].length);
          if (new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1) return true;
        }
      }
      return false;
    };
    const all = (selector) => [...document.querySelectorAll(selector)].filter(isShown);
    return [
      ...all('button, .button, input[type=submit], nav.tabs, .actions').map((e) => `a ${e.tagName} ${e.className}`),
      ...all('select').filter((e) => style(e).appearance !== 'none' || style(e).borderTopWidth !== '0px').map((e) => `the arrow of ${e.name}`),
      ...all('summary').filter((e) => style(e).listStyleType !== 'none').map((e) => `the arrow of «${e.textContent}»`),
      ...all('thead th').filter(isBroken).map((e) => `the broken head «${e.textContent}»`),
      ...[...document.body.innerText.matchAll(/.*[←→▸▶▾▼].*/g)].map(([line]) => `«${line}»`),
    ];
  });
  const faults = found.map((what) => `${page.url()}: ${what}`);
  // a grid of many lessons is made smaller by the browser; its form is another
  if (await page.locator('[data-ej-grid]').count() === 0) faults.push(...await overflow(page));
  await page.emulateMedia({ media: null });
  return faults;
}

/* What scrolls up and down by itself within a page that does so, too: a wheel
 * then turns the one or the other. What is folded away is unfolded for it. */
function boxes(page) {
  return page.evaluate(() => {
    const folded = [...document.querySelectorAll('details:not([open])')];
    folded.forEach((one) => { one.open = true; });
    const isPage = document.documentElement.scrollHeight > innerHeight + 1;
    const scrolls = (e) => /auto|scroll/.test(getComputedStyle(e).overflowY) && e.scrollHeight > e.clientHeight + 1;
    const found = isPage ? [...document.querySelectorAll('body *:not(textarea, select)')].filter((e) => e.checkVisibility() && scrolls(e)) : [];
    folded.forEach((one) => { one.open = false; });
    return found.map((e) => `${location.href}: ${e.tagName}.${e.className} has ${e.scrollHeight} px in ${e.clientHeight}`);
  });
}

/* Look at one page in every way; returns its faults by kind. */
async function look(page, url) {
  await page.setViewportSize({ width: 1366, height: 768 });
  await page.emulateMedia({ colorScheme: 'light' });
  await page.goto(url);
  const next = await links(page);
  const axe = await violations(page);
  await page.setViewportSize(LOW);
  const boxed = await boxes(page);
  await page.setViewportSize(PHONE);
  const phone = await overflow(page);
  const paper = [];
  if (!done.has(kind(url))) {
    done.add(kind(url));
    axe.push(...await violations(page));
    await page.emulateMedia({ colorScheme: 'dark' });
    axe.push(...await violations(page));
    await page.emulateMedia({ colorScheme: 'light' });
    paper.push(...await onPaper(page));
  }
  return { next, axe, boxed, phone, paper };
}

async function crawl(page, starts) {
  const seen = new Set(starts);
  const kinds = new Set(); // one page of each kind a role
  const faults = { axe: [], boxed: [], phone: [], paper: [], looked: 0 };
  const queue = [...starts];
  while (queue.length > 0) {
    const url = queue.shift();
    if (kinds.has(kind(url))) continue;
    kinds.add(kind(url));
    const { next, axe, boxed, phone, paper } = await look(page, url);
    faults.looked += 1;
    faults.axe.push(...axe);
    faults.boxed.push(...boxed);
    faults.phone.push(...phone);
    faults.paper.push(...paper);
    for (const href of next) if (!seen.has(href)) queue.push(href) && seen.add(href);
  }
  return faults;
}

async function role({ browser, t }, who, context, starts) {
  const page = await context.newPage();
  const errors = watch(page);
  const { axe, boxed, phone, paper, looked } = await crawl(page, starts);
  t.ok(looked > 0 && axe.length === 0, `${who}: axe-core finds nothing on ${looked} pages`, axe);
  t.none(boxed, `${who}: nothing scrolls within a page that does`);
  t.none(phone, `${who}: no page is wider than a phone`);
  t.none(paper, `${who}: paper shows what is written, without what only a screen can do`);
  t.none(errors, `${who}: no script fails`);
  await context.close();
}

export default async function pages(tools) {
  const { browser } = tools;
  const stranger = ['/login', '/activate', '/no-such-page'].map((path) => BASE + path);
  await role(tools, 'stranger', await browser.newContext(), stranger);
  for (const { role: name, login } of people()) {
    if (/-17$/.test(login)) continue; // the second school is the first once more
    await role(tools, name, await enter(browser, login), [`${BASE}/`, `${BASE}/no-such-page`, `${BASE}/account`]);
  }
}
