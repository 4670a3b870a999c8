// print.mjs: the official spread as the browser prints it: marks on one sheet of
// paper, no row cut, no column beyond the edge. The school's own journal, then
// small and large ones made up, through the same sheet.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { address, enter } from './lib.mjs';

const SHEET = new URL('../../xslt/print/journal.xsl', import.meta.url).pathname;
const PER_SPREAD = 20;

const repeat = (n, make) => Array.from({ length: n }, (_, i) => make(i)).join('');

function spread(lessons, pupils, first, pages) {
  const n = Math.min(PER_SPREAD, lessons - first);
  const day = (i) => String((first + i) % 28 + 1).padStart(2, '0');
  return `<spread page="${first / PER_SPREAD + 1}" pages="${pages}">`
    + repeat(n, (i) => `<date day="${day(i)}"${i === 0 ? ` month_name="сентябрь" month_span="${n}"` : ''}/>`)
    + repeat(pupils, (r) => `<pupil no="${r + 1}" name="${r % 17 ? 'Абдурахманова Екатерина' : 'Ерёмин-Константинопольский Александр'}">`
      + `${repeat(n, (i) => `<c>${['5', '', 'н', '4/5', '5/4/4'][(r + i) % 5]}</c>`)}<term>4</term></pupil>`)
    + repeat(n, (i) => `<lesson date="2026-09-${day(i)}" hours="1" topic="Преобразование целого выражения в многочлен" kinds="самостоятельная работа" homework="§ 14, № 301–304, повторить правила, стр. 112"/>`)
    + '</spread>';
}

function madeUp(lessons, pupils) {
  const pages = Math.ceil(lessons / PER_SPREAD);
  return `<page feature="journal" view="print" format="print" lang="ru" base="${new URL(address('/')).pathname.replace(/\/$/, '')}" path="/x">`
    + '<journal view="print" school_name="МБОУ «Школа № 92»" class_name="11А" subject_name="Алгебра и начала математического анализа" staff_name="Иванова М. П." term_name="II полугодие" term_short_name="II п." year="2026">'
    + `${repeat(pages, (i) => spread(lessons, pupils, i * PER_SPREAD, pages))}</journal></page>`;
}

function html(document) {
  const dir = fs.mkdtempSync(path.join(os.tmpdir(), 'ejprint'));
  const file = path.join(dir, 'page.xml');
  fs.writeFileSync(file, document);
  try {
    return execFileSync('xsltproc', [SHEET, file], { encoding: 'utf8' });
  }
  finally {
    fs.rmSync(dir, { recursive: true });
  }
}

/* Pages in a PDF of Chromium's. */
const pages = (pdf) => (pdf.toString('latin1').match(/\/Type\s*\/Page\b(?!s)/g) ?? []).length;

/* The room that @page leaves for each sheet, in CSS pixels; then what breaks. */
function measure() {
  const MM = 96 / 25.4;
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules])
    .flatMap((rule) => (rule instanceof CSSMediaRule && rule.conditionText === 'print' ? [...rule.cssRules] : [rule]))
    .filter((rule) => rule instanceof CSSPageRule);
  const probe = document.body.appendChild(document.createElement('div'));
  const px = (length) => {
    probe.style.width = length || '0px';
    return probe.getBoundingClientRect().width;
  };
  const room = (name) => {
    const own = rules.filter((rule) => rule.selectorText === '' || rule.selectorText === name);
    const value = (key) => own.map((rule) => rule.style.getPropertyValue(key)).filter(Boolean).at(-1) ?? '';
    const isWide = /landscape/.test(value('size'));
    const [w, h] = isWide ? [297, 210] : [210, 297];
    return {
      width: w * MM - px(value('margin-left')) - px(value('margin-right')),
      height: h * MM - px(value('margin-top')) - px(value('margin-bottom')),
    };
  };
  const faults = [];
  for (const [i, sheet] of [...document.querySelectorAll('.sheet')].entries()) {
    const { width, height } = room(getComputedStyle(sheet).page);
    sheet.style.width = `${width}px`;
    sheet.style.boxSizing = 'border-box';
    const { left, height: own } = sheet.getBoundingClientRect();
    if (sheet.matches('.marks-sheet') && own > height) faults.push(`sheet ${i + 1}: the marks are ${Math.ceil((own - height) / MM)} mm too high for one page`);
    for (const box of sheet.querySelectorAll('*')) {
      const rect = box.getBoundingClientRect();
      if (rect.right - left > width + 1) faults.push(`sheet ${i + 1}: ${box.tagName} ${box.className} ends ${Math.round(rect.right - left - width)} px beyond the paper`);
      if (/^(TD|TH)$/.test(box.tagName) && box.scrollWidth > box.clientWidth + 1) faults.push(`sheet ${i + 1}: «${box.textContent}» is wider than its column`);
      if (box.tagName === 'TR' && rect.height > height) faults.push(`sheet ${i + 1}: a row is higher than the paper`);
      if (box.tagName === 'TR' && getComputedStyle(box).breakInside !== 'avoid') faults.push(`sheet ${i + 1}: a row may be cut`);
    }
  }
  probe.remove();
  return [...new Set(faults)];
}

async function check(page, t, name) {
  await page.emulateMedia({ media: 'print' });
  const pdf = await page.pdf({ preferCSSPageSize: true, printBackground: true });
  const sheets = await page.locator('.sheet').count();
  const topics = await page.locator('.topics-sheet').count();
  const n = pages(pdf);
  t.ok(sheets > 0, `${name}: there is something to print`);
  // long topics may run on to a second page; marks may not
  t.ok(n >= sheets && n <= sheets + topics, `${name}: the PDF has a page for every sheet`, `${n} pages, ${sheets} sheets`);
  t.none(await page.evaluate(measure), `${name}: no row is cut, no column beyond the edge`);
}

export default async function print({ browser, t }) {
  const context = await enter(browser, 'deputy');
  const page = await context.newPage();
  await page.goto(`${address('journal')}?format=print`);
  await check(page, t, 'the journal of 7Б');
  for (const [lessons, pupils] of [[11, 8], [11, 34], [60, 8], [60, 34]]) {
    const body = html(madeUp(lessons, pupils));
    const made = `${address('/')}made-up-${lessons}-${pupils}`;
    await page.route(made, (route) => route.fulfill({ body, contentType: 'text/html; charset=utf-8' }));
    await page.goto(made);
    await check(page, t, `${lessons} lessons, ${pupils} pupils`);
  }
  await context.close();
}
