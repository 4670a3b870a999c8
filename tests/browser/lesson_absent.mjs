// lesson_absent.mjs: who was absent from the lesson before is marked with one
// tap, and taken back with the next; only where nothing stands.

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
  t.ok(ids.length > 2, 'several were absent from the lesson before', ids.join(' '));
  const [ill, asked, ...others] = ids;
  await page.check(`input[name="code.${ill}"][value="б"]`, { force: true });
  const mark = page.locator(`tr[data-p="${asked}"] [name^="mark."]`).first();
  await mark.fill('5');
  t.is(await page.locator('[data-ej-asked]').innerText(), '1', 'who got a mark is counted at once');
  const done = page.locator('input[name=attendance_done]');
  await done.uncheck();

  const button = place.locator('button');
  await button.click();
  t.is((await Promise.all(others.map((id) => letter(page, id)))).join(''), 'н'.repeat(others.length), 'one tap marks those who have nothing');
  t.is(await letter(page, ill) + await letter(page, asked), 'б', 'who has a letter or a mark keeps it');
  t.ok((await place.innerText()).includes(`Отмечено: ${others.length}. Не тронуто, уже заполнены: 2.`), 'and that is told', await place.innerText());
  t.is(await button.innerText(), 'Вернуть', 'the same button takes it back');
  await page.check(`input[name="code.${others[0]}"][value="у"]`, { force: true });
  await button.click();
  t.is(await letter(page, others[0]), 'у', 'but not what was corrected since');
  t.is((await Promise.all(others.slice(1).map((id) => letter(page, id)))).join(''), '', 'all others are as before');
  t.ok(!await done.isChecked(), 'and the roll is as it was called');
  t.none(errors, 'no script failed');
  await context.close();
}
