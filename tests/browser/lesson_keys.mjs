// lesson_keys.mjs: the lesson's table is filled in by the keys of the grid; «Все
// присутствуют» removes no absence; a mark of an absent pupil is questioned.

import { address, enter, until, watch } from './lib.mjs';

const row = (page, r) => page.locator('table.pupils tbody tr').nth(r);
const mark = (page, r) => row(page, r).locator('td.mark input:not([type=hidden])').first();
const code = (page, r) => row(page, r).locator('input[type=radio]:checked').inputValue();
const status = (page) => page.locator('[data-ej-status]').innerText();
const answer = (page, word) => page.locator('[data-ej-status] button', { hasText: word }).click();
const at = (page) => page.evaluate(() => {
  const td = document.activeElement.closest('td');
  return td ? `${td.parentElement.sectionRowIndex}/${td.cellIndex}` : document.activeElement.tagName;
});
const saved = (page) => until('it is saved', async () => !/Не сохранено|Сохраняется/.test(await status(page)));

/* Remove letters and marks of the first four pupils. */
async function clear(page) {
  for (let r = 0; r < 4; r++) {
    await row(page, r).locator('input[type=radio][value=""]').check();
    await mark(page, r).fill('');
  }
  await page.keyboard.press('Control+s');
  await saved(page);
}

async function keys(page, t) {
  await mark(page, 0).focus();
  await page.keyboard.type('5');
  t.is(await mark(page, 0).inputValue(), '5', 'a digit enters a mark');
  await page.keyboard.press('Enter');
  t.is(await at(page), '1/2', 'Enter goes to the mark of the next pupil');
  await page.keyboard.type('4');
  await page.keyboard.type('3');
  t.is(await mark(page, 1).inputValue(), '3', 'another digit replaces the mark');
  await page.keyboard.press('ArrowUp');
  t.is(await at(page), '0/2', 'ArrowUp goes to the pupil above');
  await page.keyboard.type('2/4');
  t.is(await mark(page, 0).inputValue(), '2/4', 'a retake can be typed');
  await page.keyboard.press('ArrowLeft');
  t.is(await at(page), '0/1', 'ArrowLeft goes to the letters');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  t.is(`${await at(page)} ${await code(page, 1)}`, '2/1 ', 'arrow keys move over letters without changing them');
  await page.keyboard.type('j'); // the key of «о»
  t.is(await code(page, 2), 'о', 'a letter enters an absence');
  await page.keyboard.type('5');
  t.is(`${await code(page, 2)} ${await mark(page, 2).inputValue()}`, 'о 5', 'a digit typed at the letters enters the pupil\'s mark');
  await page.keyboard.press('Delete');
  t.is(`${await code(page, 2)}|${await mark(page, 2).inputValue()}`, '|5', 'Delete empties only the focused field');
  t.ok(/^Стёрто: .*«о»/.test(await status(page)), 'the status shows the removed letter', await status(page));
  await page.keyboard.press('Control+z');
  t.is(await code(page, 2), 'о', 'Ctrl+Z restores the letter');
  const tint = (r) => row(page, r).evaluate((tr) => getComputedStyle(tr).backgroundColor);
  await row(page, 3).hover();
  t.ok(await tint(2) !== await tint(3) && await tint(3) === await tint(1), 'the row of the focus is highlighted, not the row under the mouse');
  await page.keyboard.press('Control+s');
  await saved(page);
}

async function absent(page, t) {
  await clear(page);
  await mark(page, 0).focus();
  await page.keyboard.type('y'); // the key of «н»
  t.is(`${await code(page, 0)}|${await mark(page, 0).inputValue()}`, 'н|', 'a letter typed in a mark\'s field enters the pupil\'s absence');
  await page.keyboard.type('4');
  t.ok(/«н 4» — отметка отсутствующему/.test(await status(page)), 'a mark of an absent pupil is questioned', await status(page));
  await answer(page, 'Убрать');
  t.is(`${await code(page, 0)}|${await mark(page, 0).inputValue()}`, 'н|', '«Убрать» takes the mark back');
  await mark(page, 1).focus();
  await page.keyboard.type('5');
  await row(page, 1).locator('input[type=radio][value="н"]').check();
  t.ok(/«н 5» — отметка отсутствующему/.test(await status(page)), 'an absence of a pupil with a mark is questioned', await status(page));
  await answer(page, 'Оставить');
  t.is(`${await code(page, 1)}|${await mark(page, 1).inputValue()}`, 'н|5', '«Оставить» keeps absence and mark');
  await row(page, 2).locator('input[type=radio][value="о"]').check();
  await mark(page, 2).fill('3');
  t.ok(!/отсутствующему/.test(await status(page)), 'a mark of a late pupil is not questioned');

  const done = page.locator('input[type=checkbox][name=attendance_done]');
  await done.uncheck();
  await page.click('[data-ej-all-present]');
  t.is([await code(page, 0), await code(page, 1), await code(page, 2)].join(), 'н,н,о', '«Все присутствуют» removes no absence');
  t.ok(await done.isChecked(), '«Все присутствуют» ticks «absences marked»');
  await page.keyboard.press('Control+s');
  await until('the status shows that everything is saved', async () => /Сохранено$/.test(await status(page)));
  t.ok(/^Остальные присутствуют/.test(await status(page)), 'the status of saving stands beside the question', await status(page));
  await answer(page, 'Вернуть');
  t.ok(!await done.isChecked(), '«Вернуть» unticks «absences marked»');
  await page.keyboard.press('Control+s');
  await saved(page);
  await page.reload();
  t.ok(!await done.isChecked(), '«absences marked» is unticked on the server, too');
  t.is(`${await code(page, 1)}|${await mark(page, 1).inputValue()}`, 'н|5', 'absence and mark of a pupil are saved together');
}

/* A text that a screen keyboard or a paste puts into the field at once. */
async function asText(page, t) {
  await clear(page);
  await mark(page, 0).fill('б 5,0');
  t.is(`${await code(page, 0)}|${await mark(page, 0).inputValue()}`, 'б|5', '«б 5,0» in a mark\'s field becomes an absence and a mark');
  await mark(page, 3).fill('9');
  await mark(page, 2).focus();
  const fault = row(page, 3).locator('.field-error');
  await fault.waitFor();
  t.ok(/Такой отметки нет/.test(await fault.innerText()), 'a value that is not a mark is refused before it is sent');
  await mark(page, 3).fill('');
  await clear(page);
}

export default async function lessonKeys({ browser, t }) {
  const context = await enter(browser, 'teacher');
  const page = await context.newPage();
  const errors = watch(page);
  await page.goto(address('lesson'));
  await page.locator('[data-ej-all-present]').waitFor();
  await clear(page);
  await keys(page, t);
  await absent(page, t);
  await asText(page, t);
  t.none(errors, 'no script failed');
  await context.close();
}
