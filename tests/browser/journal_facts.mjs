// journal_facts.mjs: a cell keeps absence and mark apart when another value is
// typed, filled or pasted over it; a block that does not fit is shown first.

import { enter, until, watch } from './lib.mjs';
import { Grid } from './grid.mjs';

const paste = (page, text) => page.evaluate((plain) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', plain);
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}, text);

/* Set exactly these values, one below another. */
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
  t.ok(/отметка отсутствующему/.test(await grid.status()), 'a mark of an absent pupil is questioned', await grid.status());
  await page.locator('[data-ej-status] button', { hasText: 'Убрать' }).click();
  t.is(await grid.text(a, c), 'б', '«Убрать» takes the mark back');
  await set(grid, c, [a], ['4']);
  await grid.type(a, c, 'y'); // the key of «н»
  t.is(await grid.text(a, c), 'н 4', 'an absence over a mark keeps the mark');
  await page.locator('[data-ej-status] button', { hasText: 'Оставить' }).click();
  t.is(await grid.text(a, c), 'н 4', '«Оставить» keeps absence and mark');
  await grid.type(a, c, 'j'); // that of «о»
  t.is(await grid.text(a, c), 'о 4', 'another letter replaces only the letter');
  await set(grid, c, [a, b], ['2/4', '3']);
  await grid.type(a, c, '5');
  t.is(await grid.text(a, c), '2/5', 'one mark over a retake changes the last attempt');
  await grid.type(a, c, '3/5');
  t.is(await grid.text(a, c), '3/5', 'two typed marks replace both attempts');
  await grid.cell(a, c).focus();
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+d');
  t.is(await grid.text(b, c), '3/5', 'filling down adds the second attempt');
  await grid.cell(a, c).focus();
  await page.keyboard.press('Delete');
  t.is(await grid.text(a, c), '', 'Delete empties a cell');
  t.ok(/^Стёрто: .*«3\/5»/.test(await grid.status()), 'the status shows the emptied cell and its value', await grid.status());
}

async function pasting(grid, t, c, rows) {
  const { page } = grid;
  const [a, b, d] = rows;
  const box = page.locator('dialog');
  await set(grid, c, rows.slice(0, 3), ['б', '4', '3']);
  await grid.cell(a, c).focus();
  await paste(page, '5\n５\n5,0\n');
  t.is([await grid.text(a, c), await grid.text(b, c), await grid.text(d, c)].join('|'), 'б 5|5|5', 'a block that fits is pasted at once, keeps an absence, and reads full-width and «5,0» as 5');
  await page.keyboard.press('Control+z');
  t.is([await grid.text(a, c), await grid.text(b, c), await grid.text(d, c)].join('|'), 'б|4|3', 'one undo takes back the whole paste');

  await grid.cell(a, c).focus();
  await paste(page, '5\n\n4\n');
  t.ok(await box.isVisible(), 'a block with a blank over a mark is shown first');
  await box.locator('button', { hasText: 'Вставить' }).first().click();
  t.is([await grid.text(a, c), await grid.text(b, c), await grid.text(d, c)].join('|'), 'б 5|4|4', 'blanks of a pasted block leave marks unchanged');
  await page.keyboard.press('Control+z');
  await grid.cell(a, c).focus();
  await paste(page, '5\n\n4\n');
  await box.locator('input[type=checkbox]').check();
  await box.locator('[data-ej-paste]').click();
  t.is(await grid.text(b, c), '', 'blanks of a pasted block erase marks if erasing is chosen');
  await page.keyboard.press('Control+z');

  await grid.cell(rows.at(-1), c).focus();
  const last = await grid.text(rows.at(-1), c);
  await paste(page, '5\n5\n5\n');
  t.ok(/Не вставится: 2 клетки/.test(await box.innerText()), 'a block with more lines than pupils is shown first', await box.innerText());
  await box.locator('button', { hasText: 'Не вставлять' }).click();
  t.is(await grid.text(rows.at(-1), c), last, 'a block that was shown and cancelled changes nothing');

  const names = await page.evaluate((wanted) => wanted.map((r) => document.querySelectorAll('table[data-ej-grid] tbody tr')[r].querySelector('th').textContent.trim()), [d, a]);
  await grid.cell(a, c).focus();
  await paste(page, `${names[0]}\t2\n${names[1]}\t4\nНикто Никита\t5\n`);
  t.ok(/Нет в журнале: Никто Никита/.test(await box.innerText()), 'a block of lines with names is shown first, with the names that are missing');
  await box.locator('[data-ej-paste]').click();
  t.is(`${await grid.text(d, c)}|${await grid.text(a, c)}`, '2|б 4', 'each mark of a line with a name goes to that pupil');

  await set(grid, c, [a, b], ['', '']);
  await grid.cell(a, c).focus();
  await paste(page, '3.5\ny\n');
  t.ok(await grid.state(a, c, 'is-wrong') && await grid.state(b, c, 'is-wrong'), 'a pasted «3.5» is not read as a retake, nor a Latin «y» as an absence');
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
  await until('the valid cells are saved', async () => await grid.page.locator('.is-changed, .is-saving').count() === 0);
  t.none(errors, 'no script failed');
  await context.close();
}
