// lesson_absent.mjs: pupils who were absent from the previous lesson are marked with one
// tap, and unmarked with the next, unless they already have a letter or a mark.

import { address, enter, watch } from './lib.mjs';

const letter = (page, id) => page.locator(`input[name="code.${id}"]:checked`).inputValue();

export default async function lessonAbsent({ browser, t }) {
  const context = await enter(browser, 'teacher');
  const page = await context.newPage();
  const errors = watch(page);
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(address('roll'));
  const place = page.locator('[data-ej-absent]');
  const ids = (await place.getAttribute('data-pupils')).trim().split(' ');
  t.ok(ids.length > 2, 'several pupils were absent from the previous lesson', ids.join(' '));
  const [ill, asked, ...others] = ids;
  await page.check(`input[name="code.${ill}"][value="б"]`, { force: true });
  const mark = page.locator(`tr[data-p="${asked}"] [name^="mark."]`).first();
  await mark.fill('5');
  t.is(await page.locator('[data-ej-asked]').innerText(), '1', 'the count of pupils with a mark changes at once');
  const done = page.locator('input[name=attendance_done]');
  await done.uncheck();

  const button = place.locator('button');
  await button.click();
  t.is((await Promise.all(others.map((id) => letter(page, id)))).join(''), 'н'.repeat(others.length), 'one tap marks the pupils who have neither letter nor mark');
  t.is(await letter(page, ill) + await letter(page, asked), 'б', 'pupils with a letter or a mark keep it');
  t.ok((await place.innerText()).includes(`Отмечено: ${others.length}. Не тронуто, уже заполнены: 2.`), 'the numbers of marked and unchanged pupils are shown', await place.innerText());
  t.is(await button.innerText(), 'Вернуть', 'the button then offers to take the letters back');
  await page.check(`input[name="code.${others[0]}"][value="у"]`, { force: true });
  await button.click();
  t.is(await letter(page, others[0]), 'у', 'taking back keeps a letter that was corrected since');
  t.is((await Promise.all(others.slice(1).map((id) => letter(page, id)))).join(''), '', 'taking back removes the other letters');
  t.ok(!await done.isChecked(), 'taking back restores «absences marked»');
  t.none(errors, 'no script failed');
  await context.close();
}
