// samples.mjs: the sample pages of all features (shape/golden.t) at the widths of phone, tablet and PC: they
// have rows that the demo and the test school lack, and the longest words.

import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { BASE } from './lib.mjs';
import * as measure from './measure.mjs';

const TESTS = fileURLToPath(new URL('..', import.meta.url));
const files = fs.readdirSync(TESTS, { withFileTypes: true }).filter((one) => one.isDirectory())
  .flatMap(({ name }) => fs.readdirSync(path.join(TESTS, name)).filter((file) => file.endsWith('.html')).map((file) => path.join(TESTS, name, file)));

export default async function samples({ browser, t }) {
  const page = await (await browser.newContext()).newPage();
  let html = '';
  await page.route(`${BASE}/sample`, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }));
  const faults = { wide: [], labels: [], unhidden: [] };
  let n = 0;
  for (const file of files) {
    html = fs.readFileSync(file, 'utf8');
    if (!html.includes('/static/app.css') || /_print|<body class="print/.test(file + html)) continue; // a printed form
    html = html.replaceAll(/(href|src)="[^"]*(\/static\/)/g, `$1="${BASE}$2`);
    n += 1;
    await page.setViewportSize({ width: 360, height: 740 });
    await page.goto(`${BASE}/sample`);
    for (const width of [360, 1024, 1366]) {
      await page.setViewportSize({ width, height: 768 });
      faults.wide.push(...(await page.evaluate(measure.overflow)).map((fault) => `${path.basename(file)} ${width} px: ${fault}`));
    }
    await page.setViewportSize({ width: 360, height: 740 });
    faults.unhidden.push(...(await page.evaluate(measure.unhidden)).map((fault) => `${path.basename(file)}: ${fault}`));
    faults.labels.push(...(await page.evaluate(measure.labels)).map((fault) => `${path.basename(file)}: ${fault}`));
  }
  t.ok(n > 100, `${n} sample pages`);
  t.none(faults.wide, 'no sample page is wider than the screen, at 360, 1024 and 1366 px');
  t.none(faults.unhidden, 'what is hidden is not shown');
  t.none(faults.labels, 'labels in the cells of cards are apart from what they name, and none stands alone');
}
