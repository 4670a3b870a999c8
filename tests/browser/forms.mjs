// forms.mjs: the official forms on paper, of a small class and a large one: nothing is cut, no page has signatures
// alone, only our font is used, and a page has the same text whatever fonts the machine has. The QR code of a
// certified copy is read from the printed page, as a scanner sees it.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BASE, enter, launch } from './lib.mjs';

const { classes, pupil, surname, term } = JSON.parse(process.env.EJ_FACTS ?? '{}');
const DPI = '150'; // of a cheap scanner
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'ejforms'));
const run = (command, ...args) => execFileSync(command, args, { encoding: 'utf8' });

let files = 0;

/* Print the page; the name of its PDF. */
async function printed(page) {
  const file = path.join(temporary, `form${++files}.pdf`);
  fs.writeFileSync(file, await page.pdf({ preferCSSPageSize: true }));
  return file;
}

/* The texts of the QR codes on the pages of a PDF. */
function codes(file) {
  run('pdftoppm', '-r', DPI, '-gray', file, path.join(temporary, 'scan'));
  const scans = fs.readdirSync(temporary).filter((name) => name.startsWith('scan')).map((name) => path.join(temporary, name));
  const read = run('zbarimg', '--quiet', '--raw', '--set', 'disable', '--set', 'qrcode.enable', ...scans);
  scans.forEach((scan) => fs.unlinkSync(scan));
  return read.trim().split('\n');
}

/* Certify the card of a closed term, print it, and follow its code without a log-in. */
async function certified(browser, t) {
  const context = await enter(browser, 'class-teacher');
  const page = await context.newPage();
  await page.goto(`${BASE}/pupils/${pupil}/extract?term_id=${term}`);
  await page.fill('[name=purpose]', 'для родителей');
  await page.click('.certify button.main');
  await page.waitForURL(/\/extracts\/\d+$/);
  await page.goto(`${page.url()}?format=print`);
  const [number] = (await page.textContent('.verify b')).match(/№ \d+/);
  const read = codes(await printed(page));
  t.is(read.length, 1, 'the printed copy has one QR code');
  t.ok(read[0].startsWith(`${BASE}/check/`), `zbarimg reads it at ${DPI} dpi: it leads to the check`, read[0]);
  await context.close();

  const stranger = await (await browser.newContext()).newPage();
  await stranger.goto(read[0]);
  t.ok((await stranger.textContent('main')).includes(`${number} от`), 'whoever follows it sees the number of the copy, without a log-in');
  t.ok(!(await stranger.content()).includes(surname), 'and not whose it is');
}

const REPORTS = ['leader', 'teachers', 'attendance', 'programme', 'movement', 'finals', 'pairs', 'results'];

/* The forms of requirements 3.0 to 3.9, by their addresses, with the names that each must have. */
const FORMS = [
  ...classes.flatMap(({ class: id, group, journal, names, named }) => [
    ...REPORTS.map((key) => ({ address: `/reports/${key}?class_id=${id}&`, names: named.includes(key) ? names : [] })),
    ...[`/classes/${id}/book?`, `/classes/${id}/missed?`, `/classes/${id}/cards?`, `/journals/${journal}?`,
      `/groups/${group}/blanks?kind=list&`, `/groups/${group}/blanks?kind=lesson&`].map((address) => ({ address, names })),
  ]),
  ...['/absent?', '/movements?', '/reports/statistic?'].map((address) => ({ address, names: [] })),
];

/* Of the page: boxes that end beyond the paper of their section or hide a part of their text, how many signs of
   text it has, the texts that close its forms. */
const measure = () => {
  const signs = (text) => text.replace(/[\s\u00AD\u200B]/g, '');
  document.querySelectorAll('.sr').forEach((box) => box.remove());
  const said = (box) => `${box.tagName} ${box.className} «${box.textContent.slice(0, 40)}»`;
  const boxes = [...document.querySelectorAll('section *')];
  const beyond = boxes.filter((box) => {
    const paper = box.closest('section').getBoundingClientRect();
    return box.getBoundingClientRect().right > paper.left + paper.width + 2;
  });
  const hidden = boxes.filter((box) => getComputedStyle(box).overflowY === 'hidden'
    && (box.scrollHeight > box.clientHeight + 2 || box.scrollWidth > box.clientWidth + 2));
  return {
    beyond: beyond.slice(0, 5).map(said),
    hidden: hidden.slice(0, 5).map(said),
    signs: signs(document.querySelector('main').innerText).length,
    closings: [...document.querySelectorAll('.closing')].map((box) => signs(box.innerText)),
  };
};

/* The pages of a PDF on which something is printed within 3 mm of the paper's edge. */
function edges(file) {
  const scan = `${file}.scan`;
  run('pdftoppm', '-r', '25', '-gray', file, scan);
  const pages = fs.readdirSync(temporary).filter((name) => name.startsWith(path.basename(scan))).sort();
  return pages.filter((name) => {
    const image = fs.readFileSync(path.join(temporary, name));
    fs.unlinkSync(path.join(temporary, name));
    const [head, width, height] = /^P5\s+(\d+)\s+(\d+)\s+255\s/.exec(image.toString('latin1', 0, 30))
      .map((text, i) => (i ? Number(text) : text.length));
    return image.subarray(head).some((grey, i) => grey < 250
      && Math.min(i % width, width - 1 - (i % width), Math.floor(i / width), height - 1 - Math.floor(i / width)) < 3);
  });
}

const signs = (text) => text.replace(/[\s\u00AD\u200B]/g, '');

/* Check the PDF of a form against its page. */
function check(t, said, { names }, measured, file, text) {
  t.none([...measured.beyond, ...measured.hidden, ...edges(file)], `${said}: nothing is cut`);
  t.ok(signs(text).length >= measured.signs, `${said}: all its text is printed`, [`${signs(text).length} of ${measured.signs} signs`]);
  t.none(names.filter((name) => !text.includes(name.split('-').pop())), `${said}: with the names whole`);
  t.none(alone(text, measured), `${said}: no page has signatures alone`);
}

/* The first lines of pages that have only what closes a form. */
function alone(text, { closings }) {
  const firsts = text.split('\f').map((page) => signs(page.trimStart().split('\n')[0]));
  return firsts.filter((first) => first.length > 3 && closings.some((closing) => closing.includes(first)));
}

/* With each number of pupils that a class has, the signatures stand with rows of the table. */
async function shorten(t, said, page, measured) {
  const found = [];
  for (let rows = 0; rows < 24; rows++) {
    await page.evaluate(() => {
      const bodies = document.querySelectorAll('table.data tbody');
      (bodies.length > 1 ? bodies[0] : bodies[0].rows[0]).remove();
    });
    const file = await printed(page);
    found.push(...alone(run('pdftotext', '-raw', file, '-'), measured));
    fs.unlinkSync(file);
  }
  t.none(found, `${said}: nor with fewer pupils`);
}

/* Print all forms in a browser that has these fonts alone; the text of each page of each form. */
async function printAll(t, fonts, family) {
  const config = path.join(temporary, `${fonts}.conf`);
  fs.writeFileSync(config, `<fontconfig><dir>/usr/share/fonts/truetype/${fonts}</dir><cachedir>${temporary}/cache</cachedir>`
    + `<match><edit name="family" mode="append_last"><string>${family} Sans</string></edit></match></fontconfig>`);
  const browser = await launch({ ...process.env, FONTCONFIG_FILE: config });
  const context = await enter(browser, 'deputy');
  const page = await context.newPage();
  const texts = {};
  for (const form of FORMS) {
    const said = `${form.address} with ${fonts}`;
    await page.goto(`${BASE}${form.address}format=print`);
    await page.emulateMedia({ media: 'print' });
    const measured = await page.evaluate(measure);
    const file = await printed(page);
    const used = run('pdffonts', file).trim().split('\n').slice(2).map((line) => line.split(' ')[0].replace(/^[A-Z]+\+/, ''));
    t.none(used.filter((name) => !name.startsWith('EjSerif-')), `${said}: no font but ours`);
    texts[form.address] = run('pdftotext', '-layout', file, '-');
    if (fonts === 'dejavu') check(t, said, form, measured, file, run('pdftotext', '-raw', file, '-'));
    fs.unlinkSync(file);
    if (fonts === 'dejavu' && form.names.length > 30 && /missed|finals/.test(form.address)) await shorten(t, said, page, measured);
  }
  await browser.close();
  return texts;
}

export default async function forms({ browser, t }) {
  const [one, other] = await Promise.all([printAll(t, 'dejavu', 'DejaVu'), printAll(t, 'liberation', 'Liberation')]);
  t.none(FORMS.map((form) => form.address).filter((address) => one[address] !== other[address]), 'the pages of every form have the same text, whatever fonts the machine has');
  await certified(browser, t);
  fs.rmSync(temporary, { recursive: true });
}
