// shots.mjs: takes the pictures of the guides (xslt/help) from the demo school that make run has started.
//   make shots [PORT=8080]
//
// A picture is a WebP of at most 60 KB; its name, size and alternative text are in the topic.

import fs from 'node:fs';
import { enter, launch } from './lib.mjs';

const { EJ_URL } = process.env;
const OUT = 'xslt/static/img/help';
const WIDE = { width: 1024, height: 640 };
const PHONE = { width: 360, height: 720 };
const MOST = 60 * 1024;

/* The first link on the page whose address fits, and which has the word, if one is given. */
async function follow(page, pattern, word = '') {
  const found = await page.$$eval('main a[href]', (links, [source, text]) => links.find((a) => new RegExp(source).test(a.href) && a.textContent.includes(text))?.href, [pattern.source, word]);
  if (!found) throw new Error(`no link fits ${pattern} on ${page.url()}`);
  await page.goto(found);
}

/* Each: [picture, who, viewport, steps from the start page]. */
const SHOTS = [
  ['lesson', 'teacher', { width: 1024, height: 768 }, async (page) => { await page.goto(`${EJ_URL}/`); await follow(page, /\/lessons\/\d+$/); }],
  ['journal', 'teacher', WIDE, async (page) => { await page.goto(`${EJ_URL}/journals`); await follow(page, /\/journals\/\d+$/, 'II четверть'); }],
  ['diary', 'parent', PHONE, async (page) => { await page.goto(`${EJ_URL}/diary`); }],
  ['substitutions', 'deputy', WIDE, async (page) => { await page.goto(`${EJ_URL}/substitutions`); await follow(page, /\/substitutions\/\d+/); }],
  ['closing', 'deputy', WIDE, async (page) => { await page.goto(`${EJ_URL}/closing`); }],
  ['reports', 'deputy', WIDE, async (page) => { await page.goto(`${EJ_URL}/reports/results`); }],
  ['pupil', 'class teacher', WIDE, async (page) => { await page.goto(`${EJ_URL}/classes`); await follow(page, /\/classes\/\d+$/); await follow(page, /\/pupils\/\d+$/); }],
];

/* Write the picture with the best quality that is small enough. */
async function write(page, file) {
  const session = await page.context().newCDPSession(page);
  for (let quality = 80; quality > 10; quality -= 10) {
    const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality });
    const bytes = Buffer.from(data, 'base64');
    if (bytes.length > MOST) continue;
    fs.writeFileSync(file, bytes);
    return bytes.length;
  }
  throw new Error(`${file} does not fit into ${MOST} bytes`);
}

const browser = await launch();
fs.mkdirSync(OUT, { recursive: true });
for (const [name, who, viewport, steps] of SHOTS) {
  const context = await enter(browser, who, { viewport, colorScheme: 'light', locale: 'ru-RU' });
  const page = await context.newPage();
  await steps(page);
  await page.evaluate(() => document.fonts.ready);
  console.log(`${OUT}/${name}.webp`, await write(page, `${OUT}/${name}.webp`), page.url());
  await context.close();
}
await browser.close();
