// forms.mjs: the official forms on paper: nothing stands beyond the paper, only our font is used, and a page has
// the same text whatever fonts the machine has. The QR code of a certified copy is read from the printed page, as
// a scanner sees it.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BASE, enter, launch } from './lib.mjs';

const { class: classId, group, pupil, surname, term } = JSON.parse(process.env.EJ_FACTS ?? '{}');
const DPI = '150'; // of a cheap scanner
const temporary = fs.mkdtempSync(path.join(os.tmpdir(), 'ejforms'));
const run = (command, ...args) => execFileSync(command, args, { encoding: 'utf8' });

/* Print the page; the name of its PDF. */
async function printed(page) {
  const file = path.join(temporary, 'form.pdf');
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

/* The forms of requirements 3.0 to 3.9, by their addresses. */
const FORMS = [
  ...['leader', 'teachers', 'attendance', 'programme', 'movement', 'finals', 'pairs', 'results'].map((key) => `/reports/${key}?class_id=${classId}&`),
  `/classes/${classId}/book?`, `/classes/${classId}/missed?`, `/classes/${classId}/cards?`,
  `/groups/${group}/blanks?kind=list&`, `/groups/${group}/blanks?kind=lesson&`, '/absent?', '/movements?',
];

/* The boxes that end beyond the paper of their section. */
const beyond = () => [...document.querySelectorAll('section')].flatMap((section) => {
  const { left, width } = section.getBoundingClientRect();
  return [...section.querySelectorAll('*')].filter((box) => box.getBoundingClientRect().right > left + width + 2)
    .map((box) => `${box.tagName} ${box.className} «${box.textContent.slice(0, 40)}»`);
}).slice(0, 5);

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
    await page.goto(`${BASE}${form}format=print`);
    await page.emulateMedia({ media: 'print' });
    t.none(await page.evaluate(beyond), `${form} with ${fonts}: nothing stands beyond the paper`);
    const file = await printed(page);
    const names = run('pdffonts', file).trim().split('\n').slice(2).map((line) => line.split(' ')[0].replace(/^[A-Z]+\+/, ''));
    t.none(names.filter((name) => !name.startsWith('EjSerif-')), `${form} with ${fonts}: no font but ours`);
    texts[form] = run('pdftotext', '-layout', file, '-');
  }
  await browser.close();
  return texts;
}

export default async function forms({ browser, t }) {
  const [one, other] = [await printAll(t, 'dejavu', 'DejaVu'), await printAll(t, 'liberation', 'Liberation')];
  t.none(FORMS.filter((form) => one[form] !== other[form]), 'the pages of every form have the same text, whatever fonts the machine has');
  await certified(browser, t);
  fs.rmSync(temporary, { recursive: true });
}
