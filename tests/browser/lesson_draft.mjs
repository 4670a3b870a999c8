// lesson_draft.mjs: unsent values of a lesson's form are restored
// with the old values that they replace, so that a newer value on the server makes
// a conflict. Only the account that typed them gets them.

import { address, BASE, enter, logIn, until, watch } from './lib.mjs';
import { Grid } from './grid.mjs';

const TYPED = 'Набрано и не отправлено';

const kept = (page) => page.evaluate(() => Object.entries(localStorage).filter(([key]) => key.startsWith('ej.unsent.')));
const text = (page) => page.locator('textarea[name=homework_text]');
const status = (page) => page.locator('[data-ej-status]').innerText();
const begun = (page) => page.locator('[data-ej-all-present]').waitFor();

/* The lesson's page as another teacher of the same name would get it. */
async function namesake(page) {
  await page.route(address('lesson'), async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/data-account="\d+"/, 'data-account="987654321"');
    await route.fulfill({ response, body });
  });
}

/* Lose only saves. This is done inside the page, since requests that a page sends while
 * it is closed do not pass through Playwright. */
function loseSaves() {
  const send = window.fetch;
  window.fetch = (to, options) => (options?.method === 'POST' && localStorage.getItem('test.lost')
    ? Promise.reject(new TypeError('lost')) : send(to, options));
}

/* Enter «5» and «н» in the grid for two pupils of a lesson; returns the pupils. */
async function byGrid(context, id) {
  const grid = await new Grid(await context.newPage()).open();
  const { c } = (await grid.places()).find(({ lesson }) => lesson === id);
  const [a, b] = await grid.rows(c);
  for (const r of [a, b]) {
    await grid.cell(r, c).focus();
    await grid.page.keyboard.press('Delete');
  }
  await grid.type(a, c, '5');
  await grid.type(b, c, 'y'); // the key of «н»
  await grid.save();
  await grid.saved();
  const pupils = await grid.page.evaluate((rows) => rows.map((r) => document.querySelectorAll('table[data-ej-grid] tbody tr')[r].dataset.p), [a, b]);
  await grid.page.close();
  return pupils;
}

async function ended(browser, t) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors = watch(page);
  await logIn(page, 'teacher');
  await page.goto(address('lesson'));
  await begun(page);
  const id = address('lesson').split('/').at(-1);
  await context.clearCookies();
  await text(page).fill(TYPED);
  await page.keyboard.press('Control+s');
  await until('the ended session is told', async () => /Вход закончился/.test(await status(page)));
  const link = page.locator('[data-ej-status] a');
  t.is(new URL(await link.getAttribute('href'), BASE).searchParams.get('back'), `/lessons/${id}`, 'the status links to the log-in, and from there back to the lesson');
  const [[key, entry]] = await kept(page);
  t.ok(/\.lesson-\d+\./.test(key) && !/mark|code|topic/.test(entry), 'only the changed field is stored', entry);

  const other = await enter(browser, 'teacher');
  const [first, second] = await byGrid(other, id);
  await other.close();
  await link.click();
  await logIn(page, 'teacher', `/lessons/${id}`);
  await begun(page);
  t.is(await text(page).inputValue(), TYPED, 'after the log-in the form has the typed text');
  await until('it is saved', async () => /^Сохранено/.test(await status(page)));
  const row = (pupil) => page.locator(`table.pupils tr[data-p="${pupil}"]`);
  await page.reload();
  t.is(await row(first).locator('td.mark input:not([type=hidden])').first().inputValue(), '5', 'the restored form does not overwrite a mark entered in the grid');
  t.ok(await row(second).locator('input[type=radio][value="н"]').isChecked(), 'the restored form does not overwrite an absence entered in the grid');
  t.is(await text(page).inputValue(), TYPED, 'the restored homework is saved');
  t.none(await kept(page), 'nothing is stored after the save');
  t.none(errors, 'no script failed');
  await context.close();
}

/* A value is typed without a connection, and then a colleague changes the field. */
async function newer(browser, t) {
  const context = await enter(browser, 'teacher');
  await context.addInitScript(loseSaves);
  const page = await context.newPage();
  await page.goto(address('lesson'));
  await begun(page);
  await page.evaluate(() => localStorage.setItem('test.lost', '1'));
  await text(page).fill('Набрано без связи');
  await page.keyboard.press('Control+s');
  await until('the loss is told', async () => /Нет связи/.test(await status(page)));
  const account = await page.getAttribute('form[data-ej-lesson]', 'data-account');
  t.ok((await kept(page))[0][0].startsWith(`ej.unsent.${account}.`), 'unsent values are stored for the account');
  await page.goto(`${BASE}/account`);
  await page.evaluate(() => localStorage.removeItem('test.lost'));
  await page.close();

  const other = await context.newPage();
  await namesake(other);
  await other.goto(address('lesson'));
  await begun(other);
  t.is(await text(other).inputValue(), TYPED, 'another account of the same name does not get the unsent text');
  await other.close();

  const colleague = await enter(browser, 'teacher');
  const theirs = await colleague.newPage();
  await theirs.goto(address('lesson'));
  await begun(theirs);
  await text(theirs).fill('Задание поновее');
  await theirs.keyboard.press('Control+s');
  await until('that is saved', async () => /^Сохранено/.test(await status(theirs)));
  const back = await context.newPage();
  await back.goto(address('lesson'));
  const fault = back.locator('.what .field-error');
  await fault.waitFor();
  t.ok(/«Задание поновее»/.test(await fault.innerText()), 'a restored text that replaces an older value is shown as a conflict', await fault.innerText());
  t.is(await text(back).inputValue(), 'Набрано без связи', 'a restored text stays in its field during the conflict');
  await fault.locator('button', { hasText: 'Взять новое' }).click();
  t.none(await kept(back), 'nothing is stored after the conflict was settled');
  await colleague.close();

  // the browser itself would restore a field's former text
  await back.goto(address('lesson'));
  await begun(back);
  await back.evaluate(() => window.stop());
  await back.route(address('lesson'), (route) => (route.request().method() === 'POST' ? route.abort() : route.continue()));
  await back.evaluate(() => { document.querySelector('textarea[name=topic]').value = 'Мимо сценария'; });
  await back.reload();
  await begun(back);
  t.ok(await back.locator('textarea[name=topic]').inputValue() !== 'Мимо сценария', 'a reload shows the topic on the server');
  await context.close();
}

export default async function draft({ browser, t }) {
  await ended(browser, t);
  await newer(browser, t);
}
