// font.mjs: checks the font of the printed forms, «Ej Serif»: only forms load it, it
// has a glyph for every character of sheets and seeds, and it has its own name.

import fs from 'node:fs';
import { address, enter, until } from './lib.mjs';

const TOP = new URL('../../', import.meta.url).pathname;
const PLACES = [['xslt', /\.xsl$/], ['xslt/print', /\.xsl$/], ['sql', /^setup\.sql$/], ['sql/seed', /\.sql$/]];
const FACES = { 'EjSerif-Regular': '', 'EjSerif-Bold': 'font-weight: 700', 'EjSerif-Italic': 'font-style: italic' };

/* All characters in sheets and seeds, which could be printed. */
function signs() {
  const files = PLACES.flatMap(([dir, name]) => fs.readdirSync(TOP + dir).filter((file) => name.test(file)).map((file) => `${TOP}${dir}/${file}`));
  return [...new Set(files.map((file) => fs.readFileSync(file, 'utf8')).join(''))].filter((sign) => sign > ' ').sort();
}

/* The fonts with which Chromium draws a text: ['EjSerif-Bold of Ej Serif', …]. */
async function drawnWith(page, cdp, text, style) {
  await page.evaluate(([signs_, style_]) => {
    document.body.innerHTML = '<p id="drawn"></p>';
    const drawn = document.getElementById('drawn');
    drawn.style.cssText = style_;
    drawn.textContent = signs_;
  }, [text, style]);
  const { root } = await cdp.send('DOM.getDocument');
  const { nodeId } = await cdp.send('DOM.querySelector', { nodeId: root.nodeId, selector: '#drawn' });
  const { fonts } = await cdp.send('CSS.getPlatformFontsForNode', { nodeId });
  return fonts.map((font) => `${font.postScriptName} of ${font.familyName}${font.isCustomFont ? '' : ', of this machine'}`);
}

const loaded = (page) => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name)
  .filter((name) => /\.woff2?$/.test(name)).map((name) => name.replace(/.*\//, '')).sort().join(' '));

export default async function font({ browser, t }) {
  const context = await enter(browser, 'deputy');
  const page = await context.newPage();
  for (const name of ['journal', 'lesson']) {
    await page.goto(address(name));
    await page.emulateMedia({ media: 'print' });
    await page.pdf();
    t.is(await loaded(page), '', `${name}: an ordinary page loads no font, even when it is printed`);
  }
  await page.emulateMedia({ media: null });
  const told = [];
  page.on('console', (message) => told.push(message.text()));
  await page.goto(`${address('journal')}?format=print`);
  t.is(await loaded(page), 'ej-serif-bold.woff2 ej-serif-italic.woff2 ej-serif.woff2', 'a printed form has loaded its three fonts when it is shown');
  t.none(told, 'a printed form causes no message in the console');

  const all = signs();
  t.ok(all.length > 150, 'sheets and seeds have many different characters', all.join(''));
  const cdp = await context.newCDPSession(page);
  await cdp.send('DOM.enable');
  await cdp.send('CSS.enable');
  await page.evaluate(() => Promise.all([...document.fonts].map((face) => face.load())));
  for (const [name, style] of Object.entries(FACES)) {
    const wanted = `${name} of Ej Serif`;
    const got = await until('it is drawn', async () => {
      const fonts = await drawnWith(page, cdp, all.join(''), style);
      return fonts.length && fonts.sort();
    });
    const missing = got.length === 1 ? [] : all;
    for (const sign of [...missing]) {
      if (`${await drawnWith(page, cdp, sign, style)}` === wanted) missing.splice(missing.indexOf(sign), 1);
    }
    t.is(got.join(', '), wanted, `${name} draws all characters`);
    if (missing !== all && missing.length) t.diag(missing.join(' '));
  }
  await context.close();
}
