// lesson_saved.mjs: the page that a save leads to says so; one that a failure
// led to does not; «Не задано» and a homework exclude each other.

import { address, enter, watch } from './lib.mjs';

const said = (page) => page.locator('[data-ej-status]').innerText();
const save = (page) => Promise.all([page.waitForEvent('load'), page.click('main form button.main')]);

async function none(page, t) {
  await page.fill('textarea[name=homework_text]', '§ 21');
  await page.check('input[name=homework_none]');
  t.is(await page.inputValue('textarea[name=homework_text]'), '', '«Не задано» puts the text aside');
  await page.uncheck('input[name=homework_none]');
  t.is(await page.inputValue('textarea[name=homework_text]'), '§ 21', 'and without the tick it is back');
  await page.check('input[name=homework_none]');
  await page.fill('textarea[name=homework_text]', '§ 22');
  t.ok(!await page.isChecked('input[name=homework_none]'), 'a text takes the tick away');
}

export default async function lessonSaved({ browser, t }) {
  const context = await enter(browser, 'teacher');
  const page = await context.newPage();
  const errors = watch(page);
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(address('lesson'));
  t.is(await said(page), '', 'a lesson that was only opened says nothing');
  await page.fill('textarea[name=topic]', 'Сохранённая тема');
  await none(page, t);
  await save(page);
  t.ok((await said(page)).startsWith('Сохранено'), 'after a save the page says so', await said(page));
  t.is(await page.locator('[data-ej-status] button').count(), 0, 'and offers no draft');
  await page.reload();
  t.is(await said(page), '', 'once');

  await page.fill('textarea[name=topic]', 'Не дошло');
  await page.route(address('lesson'), (route) => (route.request().method() === 'POST'
    ? route.fulfill({ status: 503, contentType: 'text/html', body: '<title>503</title>' }) : route.continue()));
  await save(page);
  await page.goto(address('lesson'));
  t.ok(!(await said(page)).startsWith('Сохранено'), 'what the server did not take is not called saved', await said(page));
  t.none(errors, 'no script failed');
  await context.close();
}
