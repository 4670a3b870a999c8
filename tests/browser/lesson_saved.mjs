// lesson_saved.mjs: the lesson's form saves by itself and shows the state of saving;
// values changed elsewhere meanwhile are shown, not overwritten.

import { address, enter, until, watch } from './lib.mjs';
import { Grid } from './grid.mjs';

const status = (page) => page.locator('[data-ej-status]').innerText();
const says = (page, what) => until(`the status says ${what}`, async () => what.test(await status(page)));
const topic = (page) => page.locator('textarea[name=topic]');
const row = (page, r) => page.locator('table.pupils tbody tr').nth(r);
const mark = (page, r) => row(page, r).locator('td.mark input:not([type=hidden])').first();

/* The value of a field on the server. */
async function recorded(context, name) {
  const html = await (await context.request.get(address('lesson'))).text();
  const page = await context.newPage();
  await page.route('**/*', (route) => route.abort());
  await page.setContent(html.replace(/<script.*?<\/script>/gs, ''));
  const value = await page.locator(`[name="${name}"]`).first().inputValue();
  await page.close();
  return value;
}

async function byItself(context, page, t) {
  await page.goto(address('lesson'));
  await until('the script has begun', () => page.locator('[data-ej-all-present]').count());
  t.is(await status(page), '', 'the status of an unchanged lesson is empty');
  const box = await page.locator('.savebar button').boundingBox();
  let posts = [];
  page.on('request', (request) => request.method() === 'POST' && posts.push(request.postData()));
  await topic(page).fill('Сама сохранённая тема');
  t.ok(/^Не сохранено/.test(await status(page)), 'the status changes at the first keystroke', await status(page));
  t.is(JSON.stringify(await page.locator('.savebar button').boundingBox()), JSON.stringify(box), 'the buttons do not move when the status appears');
  await says(page, /^Сохранено/);
  t.is(await recorded(context, 'topic'), 'Сама сохранённая тема', 'a changed field is saved by itself after a pause');
  t.ok(posts.length === 1 && !/mark|code|homework/.test(posts[0]), 'a save sends only the changed field', posts);

  posts = [];
  await topic(page).fill('Клавишами');
  await page.keyboard.press('Control+s');
  await until('it was sent', () => posts.length);
  await says(page, /^Сохранено/);
  t.is(await recorded(context, 'topic'), 'Клавишами', 'Ctrl+S saves at once');
  await topic(page).fill('Оставив поле');
  await page.locator('textarea[name=homework_text]').focus();
  await says(page, /^Сохранено/);
  t.is(await recorded(context, 'topic'), 'Оставив поле', 'leaving a field saves at once');
}

async function none(page, t) {
  const text = page.locator('textarea[name=homework_text]');
  await text.fill('§ 21');
  await page.check('input[name=homework_none]');
  t.is(await text.inputValue(), '', '«Не задано» empties the homework\'s text');
  await page.uncheck('input[name=homework_none]');
  t.is(await text.inputValue(), '§ 21', 'unticking «Не задано» restores the homework\'s text');
  await page.check('input[name=homework_none]');
  await text.fill('§ 22');
  t.ok(!await page.isChecked('input[name=homework_none]'), 'typing a text unticks «Не задано»');
  await page.keyboard.press('Control+s');
  await says(page, /^Сохранено/);
}

/* A lost connection, and a busy server. */
async function lost(context, page, t) {
  await context.setOffline(true);
  await topic(page).fill('Без связи');
  await page.keyboard.press('Control+s');
  await says(page, /Нет связи, отправится само/);
  await context.setOffline(false);
  await says(page, /^Сохранено/);
  t.is(await recorded(context, 'topic'), 'Без связи', 'unsent fields are sent by themselves when the connection is back');

  let isBusy = true;
  await page.route(address('lesson'), (route) => (isBusy && route.request().method() === 'POST'
    ? route.fulfill({ status: 503, contentType: 'text/html', body: '<title>503</title>' }) : route.continue()));
  await topic(page).fill('Занято');
  await page.keyboard.press('Control+s');
  await says(page, /Сервер занят/);
  isBusy = false;
  await says(page, /^Сохранено/);
  t.is(await recorded(context, 'topic'), 'Занято', 'unsent fields are sent by themselves when the server is no longer busy');
  await page.unroute(address('lesson'));
}

/* Two tabs change the same field. */
async function conflict(context, page, t) {
  const other = await context.newPage();
  await other.goto(address('lesson'));
  await topic(other).fill('Тема другого окна');
  await mark(other, 3).fill('4');
  await other.keyboard.press('Control+s');
  await says(other, /^Сохранено/);
  await topic(page).fill('Тема этого окна');
  await mark(page, 4).fill('5');
  await page.keyboard.press('Control+s');
  const fault = page.locator('.what .field-error');
  await fault.waitFor();
  t.ok(/Изменено в другом окне \d\d\.\d\d\.\d{4} \d\d:\d\d: там «Тема другого окна»/.test(await fault.innerText()), 'the value saved in another window is shown at the field, with the time', await fault.innerText());
  t.is(await topic(page).inputValue(), 'Тема этого окна', 'the typed value stays in its field during the conflict');
  t.is(await recorded(context, 'topic'), 'Тема другого окна', 'a conflict overwrites nothing');
  await fault.locator('button', { hasText: 'Взять новое' }).click();
  t.is(await topic(page).inputValue(), 'Тема другого окна', '«Взять новое» puts the other value into the field');
  await says(page, /^Сохранено/);
  await topic(other).fill('Опять другое');
  await other.keyboard.press('Control+s');
  await says(other, /^Сохранено/);
  await topic(page).fill('Моё');
  await page.keyboard.press('Control+s');
  await fault.locator('button', { hasText: 'Оставить моё' }).click();
  await says(page, /^Сохранено/);
  t.is(await recorded(context, 'topic'), 'Моё', '«Оставить моё» saves the own value');
  await page.bringToFront();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await until('the other window\'s mark is here', async () => await mark(page, 3).inputValue() === '4');
  t.ok(true, 'fields without changes show the values saved in another window');
  await other.close();
}

/* Another tab removes the homework, and this one changes the day on which it is due. */
async function gone(context, page, t) {
  const text = (of) => of.locator('textarea[name=homework_text]');
  const due = page.locator('select[name=due_lesson_id]');
  await text(page).fill('§ 23');
  await page.keyboard.press('Control+s');
  await says(page, /^Сохранено/);
  const other = await context.newPage();
  await other.goto(address('lesson'));
  await text(other).fill('');
  await other.keyboard.press('Control+s');
  await says(other, /^Сохранено/);
  const day = await due.locator('option').nth(2).getAttribute('value');
  await due.selectOption(day);
  await page.keyboard.press('Control+s');
  const mine = page.locator('.what .field-error button', { hasText: 'Оставить моё' });
  await until('both fields are asked about', async () => await mine.count() === 2);
  t.is(await recorded(context, 'homework_text'), '', 'changing the day of a removed homework does not set a homework');
  while (await mine.count()) await mine.first().click();
  await says(page, /^Сохранено/);
  t.is(`${await recorded(context, 'homework_text')} ${await recorded(context, 'due_lesson_id')}`, `§ 23 ${day}`, '«Оставить моё» sets the removed homework again');
  await other.close();
}

async function refused(page, t) {
  const minutes = row(page, 2).locator('input[name^="minutes."]');
  await row(page, 2).locator('input[type=radio][value="о"]').check({ force: true });
  await minutes.fill('999');
  await page.keyboard.press('Control+s');
  const fault = row(page, 2).locator('.field-error');
  await fault.waitFor();
  t.ok(/Здесь нужно число/.test(await fault.innerText()), 'a refusal is shown at its field', await fault.innerText());
  t.is(await minutes.inputValue(), '999', 'a refused value stays in its field');
  t.ok(/С ошибкой: 1/.test(await status(page)), 'the status counts refused fields', await status(page));
  await minutes.fill('7');
  await says(page, /^Сохранено/);
  t.is(await fault.count(), 0, 'a corrected field is saved');
}

/* Fields that change the page's structure are sent with the whole form. */
async function whole(page, t) {
  const head = page.locator('table.pupils thead th');
  const n = await head.count();
  const kind = page.locator('select[name=new_kind_id]');
  if (!await kind.isVisible()) await page.locator('details', { has: kind }).locator('summary').click();
  await kind.selectOption({ index: 2 });
  t.ok(/^Не сохранено/.test(await status(page)), 'a new work waits for the button');
  await page.setViewportSize({ width: 1024, height: 500 });
  await page.evaluate(() => scrollTo(0, 200));
  await page.evaluate(() => addEventListener('submit', () => sessionStorage.setItem('test.y', scrollY)));
  await Promise.all([page.waitForEvent('load'), page.click('.savebar button.main')]);
  t.ok(/^Сохранено в \d\d:\d\d: .*новая работа/.test(await status(page)), 'the page that it leads to says what was saved', await status(page));
  t.is(await head.count(), n + 1, 'and has its column');
  await until('the script has begun', () => page.locator('[data-ej-all-present]').count());
  // the page may have become shorter: what was folded out is folded away
  t.ok(await page.evaluate(() => scrollY > 0 && scrollY === Math.min(Number(sessionStorage.getItem('test.y')),
    document.documentElement.scrollHeight - innerHeight)), 'after the whole form was sent the page is at the same place');
  await topic(page).fill('Ещё');
  t.ok(/^Не сохранено/.test(await status(page)), 'the message of the last save goes away with the next change', await status(page));
  await page.keyboard.press('Control+s');
  await says(page, /^Сохранено/);
}

/* The first mark of a lesson without works makes a work; the form stays usable. */
async function bare(page, t) {
  const grid = await new Grid(page).open();
  const held = await grid.columns();
  const { lesson } = (await grid.places()).findLast(({ c, work, lesson: of }) => work === of && held.includes(c));
  const path = new URL(page.url()).pathname.replace(/journals\/\d+$/, `lessons/${lesson}`);
  await page.goto(new URL(path, page.url()).href);
  await until('the script has begun', () => page.locator('[data-ej-all-present]').count());
  t.ok((await mark(page, 0).getAttribute('name')).startsWith(`mark.${lesson}.`), 'the fields of a lesson without works have the lesson\'s id');
  await mark(page, 0).fill('4');
  await page.keyboard.press('Control+s');
  await until('its fields are those of the work', async () => !(await mark(page, 0).getAttribute('name')).startsWith(`mark.${lesson}.`));
  t.ok(/^Сохранено/.test(await status(page)) && !/Столбцы/.test(await status(page)), 'the first mark makes a work, and the form stays usable', await status(page));
  await row(page, 0).locator('summary').click();
  await page.keyboard.type('К первой отметке');
  await mark(page, 1).fill('5');
  await page.keyboard.press('Control+s');
  await says(page, /^Сохранено/);
  await page.reload();
  t.is(`${await mark(page, 0).inputValue()} ${await row(page, 0).locator('summary').innerText()} ${await mark(page, 1).inputValue()}`, '4 К первой отметке 5', 'comments on the first mark of a new work are saved');
}

export default async function lessonSaved({ browser, t }) {
  const context = await enter(browser, 'teacher');
  const page = await context.newPage();
  const errors = watch(page);
  await byItself(context, page, t);
  await none(page, t);
  await lost(context, page, t);
  await conflict(context, page, t);
  await gone(context, page, t);
  await refused(page, t);
  await whole(page, t);
  await bare(page, t);
  t.none(errors, 'no script failed');
  await context.close();
}
