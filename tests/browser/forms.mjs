// forms.mjs: the official forms on paper. The QR code of a certified copy is read from the printed
// page, as a scanner sees it.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BASE, enter } from './lib.mjs';

const { pupil, surname, term } = JSON.parse(process.env.EJ_FACTS ?? '{}');
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

export default async function forms({ browser, t }) {
  await certified(browser, t);
  fs.rmSync(temporary, { recursive: true });
}
