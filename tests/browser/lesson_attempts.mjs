// lesson_attempts.mjs: each attempt has a comment of its own: after a retake the
// lesson and the grid have a field for each.

import { address, enter, until, watch } from './lib.mjs';
import { Grid } from './grid.mjs';

const saved = (page) => until('all is saved', async () => /^Сохранено/.test(await page.locator('[data-ej-status]').innerText()));

export default async function lessonAttempts({ browser, t }) {
  const context = await enter(browser, 'teacher');
  const page = await context.newPage();
  const errors = watch(page);
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(address('lesson'));
  await until('the script has begun', () => page.locator('[data-ej-all-present]').count());
  const row = page.locator('table.pupils tbody tr').last();
  const id = await row.getAttribute('data-p');
  const mark = row.locator('[name^="mark."]').first();
  const [, work] = (await mark.getAttribute('name')).split('.');
  const field = (attempt) => page.locator(`input[name="comment.${work}.${id}${attempt > 1 ? `.${attempt}` : ''}"]`);

  await mark.fill('2');
  await row.locator('.notes summary').click();
  await field(1).fill('Не решена задача');
  await page.keyboard.press('Control+s');
  await saved(page);
  await page.reload(); // a retake can be added to a saved mark only
  await until('the script has begun', () => page.locator('[data-ej-all-present]').count());
  await row.locator('.notes summary').click();
  await mark.fill('2/4');
  await page.keyboard.press('Control+s');
  await until('the retake has a field of its own', () => field(2).count());
  t.is(await field(1).inputValue(), 'Не решена задача', 'the comment on the first attempt stays');
  t.ok(/пересдача 4/.test(await row.locator('.notes p').nth(1).innerText()), 'the label of the new field names the attempt');
  await field(2).fill('Разобралась');
  await field(1).fill('Не решена задача 3');
  await page.keyboard.press('Control+s');
  await saved(page);
  await page.reload();
  t.is([await field(1).inputValue(), await field(2).inputValue()].join('; '), 'Не решена задача 3; Разобралась', 'the comments on both attempts are saved');
  await row.locator('.notes summary').first().waitFor();

  const grid = new Grid(page);
  await grid.open();
  const cell = page.locator(`tr[data-p="${id}"] td.t`, { hasText: '2/4' }).first();
  t.is(await cell.getAttribute('title'), '2: Не решена задача 3; 4: Разобралась', 'the cell\'s title has both comments with their marks');
  await cell.click();
  await page.keyboard.press('Shift+F2');
  const inputs = page.locator('dialog input');
  await until('the dialog has two fields', async () => await inputs.count() === 2);
  t.is((await Promise.all([0, 1].map((i) => inputs.nth(i).inputValue()))).join('; '), 'Не решена задача 3; Разобралась', 'the cell\'s dialog has a field for each comment');
  await inputs.first().fill('Не решены задачи 3 и 4');
  await inputs.first().press('Enter');
  await page.keyboard.press('Control+s');
  await until('the grid has saved', async () => await page.locator('.is-changed, .is-saving').count() === 0 && /сохранены/.test(await grid.status()));
  await page.goto(address('lesson'));
  t.is([await field(1).inputValue(), await field(2).inputValue()].join('; '), 'Не решены задачи 3 и 4; Разобралась', 'a comment edited in the grid\'s dialog is saved');
  t.none(errors, 'no script failed');
  await context.close();
}
