// journal_touch.mjs: the grid on a touch screen, with a palette instead of the keyboard.

import { enter, until, watch } from './lib.mjs';
import { Grid } from './grid.mjs';

export default async function touch({ browser, t }) {
  const context = await enter(browser, 'teacher', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  const errors = watch(page);
  const grid = await new Grid(page).open();
  const palette = page.locator('.palette');
  await palette.waitFor();
  const key = (text) => palette.locator('button', { hasText: new RegExp(`^${text}$`) });
  const [c] = await grid.columns();
  const [a, b, d] = await grid.rows(c);

  await grid.cell(a, c).tap();
  t.is(await page.locator('.cell-editor').count(), 0, 'a tap on a cell does not open the screen keyboard');
  await key('⌫').tap();
  await key('5').tap();
  t.is(await grid.text(a, c), '5', 'one tap enters a mark');
  t.is(await page.evaluate(() => document.activeElement.closest('tr')?.rowIndex), await grid.cell(b, c).evaluate((td) => td.parentElement.rowIndex), 'a mark of the palette moves to the next pupil');
  await key('⌫').tap();
  await key('н').tap();
  t.is(await grid.text(b, c), 'н', 'a letter of the palette does not move to the next pupil');
  await key('дальше').tap();
  t.is(await page.evaluate(() => document.activeElement.closest('tr')?.rowIndex), await grid.cell(d, c).evaluate((td) => td.parentElement.rowIndex), '«дальше» moves to the next pupil');
  t.ok(await page.evaluate(() => document.activeElement.tagName === 'TD'), 'the focus stays in the grid');

  const sizes = await palette.locator('button').evaluateAll((all) => all.map((one) => { const box = one.getBoundingClientRect(); return [box.width, box.height]; }));
  t.ok(sizes.every(([w, h]) => w >= 44 && h >= 44), 'every button of the palette is at least 44 px wide and high', sizes.join(' '));
  t.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the page with the palette is no wider than the phone');

  const covered = [];
  await grid.cell(a, c).tap();
  for (let i = 0; i < 14; i++) {
    await key('дальше').tap();
    covered.push(...await page.evaluate(() => {
      const { bottom } = document.activeElement.getBoundingClientRect();
      const line = 28; // the status above the palette
      const room = document.querySelector('.palette').getBoundingClientRect().top - line;
      return bottom > room + 1 ? [`${bottom} > ${room}`] : [];
    }));
  }
  t.none(covered, 'the cell under the cursor is never covered by the palette or the status');
  await page.evaluate(() => scrollTo(0, 0));

  const before = await grid.cell(a, c).boundingBox();
  await grid.saved();
  const after = await grid.cell(a, c).boundingBox();
  t.is(Math.round(after.y), Math.round(before.y), 'the grid does not move when the status changes');

  await grid.cell(a, c).tap();
  await key('⌨').tap();
  await until('the editor is open', () => page.locator('.cell-editor').count());
  t.ok(await page.getAttribute('.cell-editor', 'enterkeyhint') !== 'next', 'the screen keyboard\'s own key is sent as Enter');
  await page.fill('.cell-editor', '2/4');
  await page.keyboard.press('Enter');
  t.is(await grid.text(a, c), '2/4', 'a retake can be typed with the screen keyboard');
  t.ok(await grid.cell(b, c).locator('.cell-editor').count() === 1, 'Enter opens the editor at the next pupil');
  await page.keyboard.press('Escape');
  const top = await page.evaluate(() => document.querySelector('table[data-ej-grid] tbody tr').getBoundingClientRect().top - document.querySelector('main').getBoundingClientRect().top);
  t.ok(top <= 120, 'at most 120 px stand between the top of the page and the first pupil', `${Math.round(top)} px`);
  for (const r of [a, b]) { // since the next suite types into them
    await grid.cell(r, c).tap();
    await key('⌫').tap();
  }
  await grid.saved();
  t.none(errors, 'no script failed');
  await context.close();
}
