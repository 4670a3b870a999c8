// print.mjs: checks the official journal as the browser prints it, with wide and
// narrow fonts on the machine: each half of a spread is one sheet of paper in
// our own font, and no text runs out of its cell. The school's journals come first,
// then invented extreme ones.

import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { address, enter, launch } from './lib.mjs';

const SHEETS = new URL('../../xslt', import.meta.url).pathname;
const FONTS = '/usr/share/fonts/truetype';
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'ejprint'));

const base = new URL(address('/')).pathname.replace(/\/$/, '');
const repeat = (n, make) => Array.from({ length: n }, (_, i) => make(i)).join('');
const run = (command, ...args) => execFileSync(command, args, { encoding: 'utf8' });

function written(name, text) {
  const file = path.join(temporary, name);
  fs.writeFileSync(file, text);
  return file;
}

/* ------------------------------------------------------- made-up journals -- */

const MARKS = ['5', '', 'н', '2/3', 'осв', '4/5/5', 'н 2/4', 'незач', '5/4/4/3', 'н 5/4/4/3/2', '100/95'];
const NAMES = ['Абдурахманова Екатерина', 'Ерёмин-Константинопольский Александр', 'Ли Ян',
  'Александрова-Преображенская Анастасия-Виктория', 'Щёголева-Шмидт Жозефина-Мария-Александрина-Шарлотта'];
const LONG = 'Преобразование целого выражения в многочлен, разложение на множители и решение текстовых задач на движение и совместную работу ';
const MONTHS = ['сентябрь', 'октябрь', 'ноябрь', 'декабрь'];

const escaped = (text) => text.replace(/\n/g, '&#10;').replace(/&(?!#)/g, '&amp;');

/* A lesson with number i; a month has 15 lessons, the first month only two. */
function lesson(i, { topic = 'Умножение многочлена на одночлен', homework = '§ 14, № 301–304' }) {
  const n = i + 13;
  const month = Math.floor(n / 15) % 4;
  return `<lesson held_on="2026-${String(9 + month).padStart(2, '0')}-${String(n % 15 * 2 + 1).padStart(2, '0')}" month_name="${MONTHS[month]}"`
    + ` hours="1" topic="${escaped(topic)}" kinds="самостоятельная работа" homework="${escaped(homework)}"/>`;
}

function journal({ lessons = 0, pupils = 30, heads = ['I ч.'], ...o }) {
  return `<page feature="journal" view="print" format="print" lang="ru" base="${base}" path="/x">`
    + `<journal view="print" school_name="${o.school ?? 'МБОУ «Школа № 92»'}" class_name="${o.name ?? '11А'}" subject_name="${o.subject ?? 'Алгебра и начала математического анализа'}"`
    + ` staff_name="Иванова М. П." deputy_name="Константинопольская Е. В." term_name="${lessons ? 'II полугодие' : 'Год'}" year="2026"${lessons ? ` hours_given="${lessons}"` : ''}${o.isUnmarked ? ' is_unmarked="1"' : ''}>`
    + `${heads.map((head) => `<head name="${head}"/>`).join('')}${repeat(lessons, (i) => lesson(i, o))}`
    + repeat(pupils, (r) => `<pupil name="${o.names ?? NAMES[r % NAMES.length]}"${r % 7 === 3 ? ' left_on="2026-10-16"' : ''}>`
      + `${repeat(lessons, (i) => `<c>${MARKS[(r + i) % MARKS.length]}</c>`)}${heads.map((_, i) => `<term>${['4', 'н/а', 'осв', ''][(r + i) % 4]}</term>`).join('')}</pupil>`)
    + '</journal></page>';
}

const YEAR = ['I ч.', 'II ч.', 'III ч.', 'IV ч.', 'Год'];
const MADE_UP = {
  'one lesson, one pupil': { document: { lessons: 1, pupils: 1 }, days: '1' },
  '18 lessons, 34 pupils': { document: { lessons: 18, pupils: 34 }, days: '18' },
  '24 lessons': { document: { lessons: 24 }, days: '12 12' },
  '31 lessons, 8 pupils': { document: { lessons: 31, pupils: 8, heads: [] }, days: '16 15' },
  '60 lessons, 34 pupils': { document: { lessons: 60, pupils: 34, homework: 'Выучить правила, § 14, № 301–304, повторить формулы' }, days: '15 15 15 15' },
  '20 lessons, 45 pupils': { document: { lessons: 20, pupils: 45 }, days: '10 10 10 10' },
  'grade 1': { document: { lessons: 40, pupils: 34, heads: [], topic: LONG, isUnmarked: true }, days: '10 10 10 10' },
  'long topics and homework': { document: { lessons: 24, topic: LONG.repeat(3), homework: LONG.repeat(2) } },
  'lines of their own': { document: { lessons: 24, homework: '§ 14\n№ 301\n№ 302\nвыучить\nповторить' } },
  'a homework longer than a page': { document: { lessons: 3, homework: LONG.repeat(30) }, runsOn: true },
  'the longest names': { document: { lessons: 18, pupils: 34, names: `${'Александрова-Преображенская '.repeat(3)}Анастасия`,
    school: `${'Муниципальное автономное общеобразовательное учреждение '.repeat(6)}«Школа № 92»`, subject: `${LONG}`.slice(0, 100), name: `11А, ${LONG}`.slice(0, 100) } },
  'a year, 34 pupils': { document: { pupils: 34, heads: YEAR } },
  'a year, 40 pupils': { document: { pupils: 40, heads: YEAR } },
};

/* The fullest possible week of a diary: 37 lessons, a third of them with long texts. */
function diary() {
  const homework = 'Стр. 112–118, § 14, № 301–304, выучить правила и подготовиться к опросу';
  const subjects = ['Русский язык', 'Вероятность и статистика', 'История России. Всеобщая история', 'Основы безопасности и защиты Родины', 'Физика', 'Литература', 'Английский язык'];
  const days = ['понедельник', 'вторник', 'среда', 'четверг', 'пятница', 'суббота'];
  const one = (d, i) => `<lesson lesson_id="${d * 10 + i + 1}" slot="${i + 1}" starts="08:30" ends="09:15" subject_name="${subjects[(d + i) % 7]}" staff_name="Смирнова О. Л." topic="${LONG}" state="given">`
    + `<homework>${i % 3 ? '§ 14, № 301–304, повторить правила' : homework}</homework>`
    + `${i % 3 === 1 ? '<mark kind_name="контрольная работа" title="Разложение многочленов на множители" weight_pct="200">4</mark>' : ''}</lesson>`;
  return `<page feature="diary" view="week" format="html" lang="ru" base="${base}" path="/x" person="Абрамова Н. И." roles="parent" form_token="t">`
    + '<diary view="week" pupil_id="70" name="Абрамова Дарья" class_name="11А" week_on="2026-11-16" week_name="16–21 ноября" previous_on="2026-11-09" next_on="2026-11-23" today_on="2026-11-19">'
    + repeat(8, (i) => `<due held_on="2026-11-20" weekday="5" slot="${i + 1}" subject_name="Алгебра">Читать § ${i}</due>`)
    + repeat(6, () => '<news what="mark" subject_name="Алгебра" held_on="2026-11-18" entered_on="2026-11-18">5</news>')
    + `${days.map((name, d) => `<day held_on="2026-11-${16 + d}" name="${name}, ${16 + d} ноября" short_name="пн">${repeat(d ? 6 : 7, (i) => one(d, i))}</day>`).join('')}</diary></page>`;
}

/* ------------------------------------------------------------- measuring -- */

/* Compare each sheet with the room that @page leaves for it, in CSS pixels; returns the faults. */
function measure({ runsOn }) {
  const MM = 96 / 25.4;
  const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules]).filter((rule) => rule instanceof CSSPageRule);
  const room = (name) => {
    const { style } = rules.find((rule) => rule.selectorText === name);
    const margin = (side) => parseFloat(style.getPropertyValue(`margin-${side}`)) * MM;
    return { width: 210 * MM - margin('left') - margin('right'), height: 297 * MM - margin('top') - margin('bottom') };
  };
  const faults = [];
  const texts = (box) => {
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT);
    const nodes = [];
    while (walker.nextNode()) nodes.push(walker.currentNode);
    return nodes;
  };
  const rects = (node, start, end) => {
    const range = document.createRange();
    range.setStart(node, start);
    range.setEnd(node, end);
    return [...range.getClientRects()];
  };
  for (const [i, sheet] of [...document.querySelectorAll('.sheet')].entries()) {
    const { width, height } = room(getComputedStyle(sheet).page);
    const say = (text) => faults.push(`sheet ${i + 1}: ${text}`);
    const { left, height: own } = sheet.getBoundingClientRect();
    if (own > height && !runsOn) say(`it is ${Math.ceil((own - height) / MM)} mm too high for one page`);
    for (const box of sheet.querySelectorAll('*')) {
      const { right } = box.getBoundingClientRect();
      if (right - left > width + 1) say(`${box.tagName} ${box.className} ends ${Math.round(right - left - width)} px beyond the paper`);
      const { fontStyle, fontWeight, breakInside } = getComputedStyle(box);
      if (fontStyle === 'italic' && fontWeight >= 600) say(`«${box.textContent}» wants a bold italic`);
      if (box.tagName === 'TR' && breakInside !== 'avoid') say('a row may be cut');
    }
    // what is printed stands in its cell; no word is broken but at its hyphen
    for (const cell of sheet.querySelectorAll('th, td')) {
      const { top, bottom, left: from, right: to } = cell.getBoundingClientRect();
      for (const node of texts(cell)) {
        for (const rect of rects(node, 0, node.length)) {
          if (rect.left < from || rect.right > to || rect.top < top - 1 || rect.bottom > bottom + 1) say(`«${cell.textContent}» runs out of its cell`);
        }
        for (const word of node.data.matchAll(/[^\s\u200b-]+/g)) {
          const lines = new Set(rects(node, word.index, word.index + word[0].length).map((rect) => Math.round(rect.top)));
          if (lines.size > 1) say(`the word «${word[0]}» is broken`);
        }
      }
    }
    for (const table of sheet.querySelectorAll('.marks-sheet table')) {
      const rows = [...table.tBodies[0].rows].map((row) => Math.round(row.getBoundingClientRect().height / MM * 10) / 10);
      const wanted = table.matches('.finals') ? 6 : 7;
      if (rows.some((mm) => Math.abs(mm - wanted) > 0.1)) say(`rows are ${[...new Set(rows)].join(', ')} mm high, not ${wanted}`);
    }
  }
  return [...new Set(faults)];
}

/* Print the page; returns the number of pages, the names of fonts, a digest of the picture. */
async function printed(page) {
  const file = written('page.pdf', await page.pdf({ preferCSSPageSize: true }));
  const fonts = run('pdffonts', file).trim().split('\n').slice(2).map((line) => line.split(' ')[0].replace(/^[A-Z]+\+/, ''));
  run('pdftoppm', '-r', '50', '-gray', file, path.join(temporary, 'look'));
  const looks = fs.readdirSync(temporary).filter((name) => name.startsWith('look')).sort();
  const digest = createHash('sha256');
  for (const name of looks) {
    digest.update(fs.readFileSync(path.join(temporary, name)));
    fs.unlinkSync(path.join(temporary, name));
  }
  return { pages: looks.length, fonts: [...new Set(fonts)].sort(), look: digest.digest('hex') };
}

async function check(page, t, name, { runsOn = false, days, looks }) {
  const { pages, fonts, look } = await printed(page);
  const sheets = await page.locator('.sheet').count();
  t.ok(sheets > 0 && (runsOn ? pages > sheets : pages === sheets), `${name}: the paper has ${runsOn ? 'more than ' : ''}a page for every sheet`, `${pages} pages, ${sheets} sheets`);
  t.none(fonts.filter((font) => !font.startsWith('EjSerif-')), `${name}: no font but ours`);
  t.ok(!looks[name] || looks[name] === look, `${name}: the machine's fonts make no difference`);
  looks[name] = look;
  await page.emulateMedia({ media: 'print' });
  t.none(await page.evaluate(measure, { runsOn }), `${name}: every text fits`);
  await page.emulateMedia({ media: null });
  if (!days) return;
  const got = await page.locator('.marks-sheet').evaluateAll((all) => all.map((sheet) => sheet.querySelectorAll('col.date').length).join(' '));
  t.is(got, days, `${name}: the spreads have about the same number of lessons`);
}

async function week(page, t, name) {
  const { pages } = await printed(page);
  t.is(pages, 1, `${name}: one sheet of paper`);
}

/* Show a document through a sheet, at an address of the school. */
async function show(page, sheet, document) {
  const body = run('xsltproc', `${SHEETS}/${sheet}`, written('page.xml', document));
  const at = `${address('/')}made-up`;
  await page.route(at, (route) => route.fulfill({ body, contentType: 'text/html; charset=utf-8' }));
  await page.goto(at);
  await page.unroute(at);
}

async function printAll(browser, t, fonts, looks) {
  const context = await enter(browser, 'deputy');
  const page = await context.newPage();
  for (const name of ['journal', 'closed', 'year', 'grade1', 'group']) {
    await page.goto(`${address(name)}?format=print`);
    await check(page, t, `${fonts}, the journal «${name}»`, { looks });
  }
  for (const [name, { document: made, ...o }] of Object.entries(MADE_UP)) {
    await show(page, 'print/journal.xsl', journal(made));
    await check(page, t, name, { ...o, looks });
  }
  await show(page, 'diary.xsl', diary());
  await week(page, t, `${fonts}, the fullest week of a diary`);
  await context.close();
}

export default async function print({ t }) {
  const looks = {};
  for (const [fonts, family] of [['dejavu', 'DejaVu'], ['liberation', 'Liberation']]) {
    t.ok(fs.existsSync(`${FONTS}/${fonts}`), `the fonts of ${fonts} are installed`);
    const config = `<fontconfig><dir>${FONTS}/${fonts}</dir><cachedir>${temporary}/cache</cachedir>`
      + `<match><edit name="family" mode="append_last"><string>${family} Sans</string></edit></match></fontconfig>`;
    const browser = await launch({ ...process.env, FONTCONFIG_FILE: written('fonts.conf', config) });
    await printAll(browser, t, fonts, looks);
    await browser.close();
  }
  fs.rmSync(temporary, { recursive: true });
}
