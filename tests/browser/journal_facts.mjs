// journal_facts.mjs: absence and mark are two facts of one cell, whatever is
// typed, filled or pasted over it; what does not fit exactly is shown first.

import { enter, until, watch } from './lib.mjs';
import { Grid } from './grid.mjs';

const paste = (page, text) => page.evaluate((plain) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', plain);
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}, text);

/* Make cells say exactly these values, one below another. */
async function set(grid, c, rows, values) {
  for (const [i, value] of values.entries()) {
    await grid.cell(rows[i], c).focus();
    await grid.page.keyboard.press('Delete');
    if (value) {
      await grid.page.keyboard.press('F2');
      await grid.page.keyboard.type(value);
      await grid.page.keyboard.press('Enter');
    }
  }
}

async function typing(grid, t, c, [a, b]) {
  const { page } = grid;
  await set(grid, c, [a], ['б']);
  await grid.type(a, c, '5');
  t.is(await grid.text(a, c), 'б 5', 'a mark typed over an absence keeps the absence');
  t.ok(/отметка отсутствующему/.test(await grid.status()), 'and is asked about', await grid.status());
  await page.locator('[data-ej-status] button', { hasText: 'Убрать' }).click();
  t.is(await grid.text(a, c), 'б', 'one tap takes it back');
  await set(grid, c, [a], ['4']);
  await grid.type(a, c, 'y'); // the key of «н»
  t.is(await grid.text(a, c), 'н 4', 'an absence over a mark keeps the mark');
  await page.locator('[data-ej-status] button', { hasText: 'Оставить' }).click();
  t.is(await grid.text(a, c), 'н 4', 'one tap keeps both');
  await grid.type(a, c, 'j'); // that of «о»
  t.is(await grid.text(a, c), 'о 4', 'another letter changes the letter alone');
  await set(grid, c, [a, b], ['2/4', '3']);
  await grid.type(a, c, '5');
  t.is(await grid.text(a, c), '2/5', 'one mark over a retake changes the last attempt');
  await grid.type(a, c, '3/5');
  t.is(await grid.text(a, c), '3/5', 'two change both');
  await grid.cell(a, c).focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+d');
  t.is(await grid.text(b, c), '3/5', 'filling down adds the attempt');
  await grid.cell(a, c).focus();
  await page.keyboard.press('Delete');
  t.is(await grid.text(a, c), '', 'Delete empties');
  t.ok(/^Стёрто: .*«3\/5»/.test(await grid.status()), 'and says what went', await grid.status());
}

async function pasting(grid, t, c, rows) {
  const { page } = grid;
  const [a, b, d] = rows;
  const box = page.locator('dialog');
  await set(grid, c, rows.slice(0, 3), ['б', '4', '3']);
  await grid.cell(a, c).focus();
  await paste(page, '5\n５\n5,0\n');
  t.is([await grid.text(a, c), await grid.text(b, c), await grid.text(d, c)].join('|'), 'б 5|5|5', 'a block that fits goes in, beside an absence, full-width and «5,0» as 5');
  await page.keyboard.press('Control+z');
  t.is([await grid.text(a, c), await grid.text(b, c), await grid.text(d, c)].join('|'), 'б|4|3', 'one undo takes it all back');

  await grid.cell(a, c).focus();
  await paste(page, '5\n\n4\n');
  t.ok(await box.isVisible(), 'a block with a blank over a mark is shown first');
  await box.locator('button', { hasText: 'Вставить' }).first().click();
  t.is([await grid.text(a, c), await grid.text(b, c), await grid.text(d, c)].join('|'), 'б 5|4|4', 'blanks leave marks alone');
  await page.keyboard.press('Control+z');
  await grid.cell(a, c).focus();
  await paste(page, '5\n\n4\n');
  await box.locator('input[type=checkbox]').check();
  await box.locator('[data-ej-paste]').click();
  t.is(await grid.text(b, c), '', 'unless erasing is chosen');
  await page.keyboard.press('Control+z');

  await grid.cell(rows.at(-1), c).focus();
  const last = await grid.text(rows.at(-1), c);
  await paste(page, '5\n5\n5\n');
  t.ok(/Не вставится: 2 клетки/.test(await box.innerText()), 'more lines than pupils are shown first', await box.innerText());
  await box.locator('button', { hasText: 'Не вставлять' }).click();
  t.is(await grid.text(rows.at(-1), c), last, 'and nothing is pasted before');

  const names = await page.evaluate((wanted) => wanted.map((r) => document.querySelectorAll('table[data-ej-grid] tbody tr')[r].querySelector('th').textContent.trim()), [d, a]);
  await grid.cell(a, c).focus();
  await paste(page, `${names[0]}\t2\n${names[1]}\t4\nНикто Никита\t5\n`);
  t.ok(/Нет в журнале: Никто Никита/.test(await box.innerText()), 'lines with names go by the names, and tell who is not there');
  await box.locator('[data-ej-paste]').click();
  t.is(`${await grid.text(d, c)}|${await grid.text(a, c)}`, '2|б 4', 'each mark comes to its pupil');

  await set(grid, c, [a, b], ['', '']);
  await grid.cell(a, c).focus();
  await paste(page, '3.5\ny\n');
  t.ok(await grid.state(a, c, 'is-wrong') && await grid.state(b, c, 'is-wrong'), 'a pasted «3.5» is no retake, a Latin «y» no absence');
  await page.keyboard.press('Control+z');
}

export default async function facts({ browser, t }) {
  const context = await enter(browser, 'teacher');
  const page = await context.newPage();
  const errors = watch(page);
  const grid = await new Grid(page).open();
  const [c] = await grid.columns();
  const rows = await grid.rows(c);
  await typing(grid, t, c, rows);
  await pasting(grid, t, c, rows);
  await grid.save();
  await until('what is right is saved', async () => await grid.page.locator('.is-changed, .is-saving').count() === 0);
  t.none(errors, 'no script failed');
  await context.close();
}
