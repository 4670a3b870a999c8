// lesson_keys.mjs: the lesson's table is filled in by the keys of the grid; no mass
// action takes an absence away, and a mark for who is absent is asked about.

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

/* No letters and marks for the first four pupils. */
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
  t.is(await mark(page, 0).inputValue(), '5', 'a digit is a mark');
  await page.keyboard.press('Enter');
  t.is(await at(page), '1/2', 'Enter goes to the mark of the next pupil');
  await page.keyboard.type('4');
  await page.keyboard.type('3');
  t.is(await mark(page, 1).inputValue(), '3', 'another digit is another mark');
  await page.keyboard.press('ArrowUp');
  t.is(await at(page), '0/2', 'an arrow goes back');
  await page.keyboard.type('2/4');
  t.is(await mark(page, 0).inputValue(), '2/4', 'a retake is typed in one go');
  await page.keyboard.press('ArrowLeft');
  t.is(await at(page), '0/1', 'another goes to the letters');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  t.is(`${await at(page)} ${await code(page, 1)}`, '2/1 ', 'arrows change no letter on their way');
  await page.keyboard.type('j'); // the key of «о»
  t.is(await code(page, 2), 'о', 'a letter is an absence');
  await page.keyboard.type('5');
  t.is(`${await code(page, 2)} ${await mark(page, 2).inputValue()}`, 'о 5', 'a digit there is the mark of the pupil');
  await page.keyboard.press('Delete');
  t.is(`${await code(page, 2)}|${await mark(page, 2).inputValue()}`, '|5', 'Delete takes away what the cursor stands on');
  t.ok(/^Стёрто: .*«о»/.test(await status(page)), 'and says what went', await status(page));
  await page.keyboard.press('Control+z');
  t.is(await code(page, 2), 'о', 'Ctrl+Z brings it back');
  const tint = (r) => row(page, r).evaluate((tr) => getComputedStyle(tr).backgroundColor);
  await row(page, 3).hover();
  t.ok(await tint(2) !== await tint(3) && await tint(3) === await tint(1), 'the tinted row is that of the cursor, not of the mouse');
  await page.keyboard.press('Control+s');
  await saved(page);
}

async function absent(page, t) {
  await clear(page);
  await mark(page, 0).focus();
  await page.keyboard.type('y'); // the key of «н»
  t.is(`${await code(page, 0)}|${await mark(page, 0).inputValue()}`, 'н|', 'a letter typed at a mark is the absence of the pupil');
  await page.keyboard.type('4');
  t.ok(/«н 4» — отметка отсутствующему/.test(await status(page)), 'a mark for who is absent is asked about', await status(page));
  await answer(page, 'Убрать');
  t.is(`${await code(page, 0)}|${await mark(page, 0).inputValue()}`, 'н|', 'one tap takes it back');
  await mark(page, 1).focus();
  await page.keyboard.type('5');
  await row(page, 1).locator('input[type=radio][value="н"]').check();
  t.ok(/«н 5» — отметка отсутствующему/.test(await status(page)), 'and so is an absence over a mark', await status(page));
  await answer(page, 'Оставить');
  t.is(`${await code(page, 1)}|${await mark(page, 1).inputValue()}`, 'н|5', 'one tap keeps both');
  await row(page, 2).locator('input[type=radio][value="о"]').check();
  await mark(page, 2).fill('3');
  t.ok(!/отсутствующему/.test(await status(page)), 'who is late may have a mark');

  const done = page.locator('input[type=checkbox][name=attendance_done]');
  await done.uncheck();
  await page.click('[data-ej-all-present]');
  t.is([await code(page, 0), await code(page, 1), await code(page, 2)].join(), 'н,н,о', '«Все присутствуют» takes no absence away');
  t.ok(await done.isChecked(), 'and calls the roll');
  await page.keyboard.press('Control+s');
  await until('it is told how the saving stands', async () => /Сохранено$/.test(await status(page)));
  t.ok(/^Остальные присутствуют/.test(await status(page)), 'beside the question, not instead of it', await status(page));
  await answer(page, 'Вернуть');
  t.ok(!await done.isChecked(), 'which one tap takes back');
  await page.keyboard.press('Control+s');
  await saved(page);
  await page.reload();
  t.ok(!await done.isChecked(), 'at the school, too');
  t.is(`${await code(page, 1)}|${await mark(page, 1).inputValue()}`, 'н|5', 'beside the absence and the mark');
}

/* What the keyboard of a screen, or a paste, puts into the field as one text. */
async function asText(page, t) {
  await clear(page);
  await mark(page, 0).fill('б 5,0');
  t.is(`${await code(page, 0)}|${await mark(page, 0).inputValue()}`, 'б|5', '«б 5,0» goes to its two places');
  await mark(page, 3).fill('9');
  await mark(page, 2).focus();
  const fault = row(page, 3).locator('.field-error');
  await fault.waitFor();
  t.ok(/Такой отметки нет/.test(await fault.innerText()), 'what is no mark is told before it is sent');
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
