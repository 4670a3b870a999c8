// shared.mjs: somebody else's computer keeps nothing of who was there.

import { address, BASE, person, until, watch } from './lib.mjs';
import { Grid } from './grid.mjs';

const TYPED = 'Набрано на чужом компьютере';

/* Everything a page can leave in a browser. */
const traces = (page) => page.evaluate(async () => [
  ...Object.keys(localStorage), ...Object.keys(sessionStorage),
  ...(await indexedDB.databases()).map(({ name }) => name),
  ...('caches' in window ? await caches.keys() : []),
  ...(await navigator.serviceWorker?.getRegistrations() ?? []).map(({ scope }) => scope),
]);
const lasting = (page) => page.evaluate(() => Object.keys(localStorage));

async function logIn(page, path) {
  const { login, password } = person('teacher');
  await page.goto(`${BASE}/login?back=${encodeURIComponent(path)}`);
  await page.fill('input[name=login]', login);
  await page.fill('input[name=password]', password);
  await page.check('input[name=is_shared]');
  await page.click('main form button');
  await page.waitForURL((url) => !url.pathname.endsWith('/login'));
}

const leave = (page) => page.click('form[data-ej-logout] button');

export default async function shared({ browser, t }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const errors = watch(page);
  await logIn(page, '/journals');
  page.on('dialog', (dialog) => dialog.accept());

  await page.goto(address('lesson'));
  await page.fill('textarea[name=topic]', TYPED);
  await until('it is kept', () => page.evaluate(() => Object.keys(sessionStorage).some((key) => key.startsWith('ej.unsent.'))));
  t.none(await lasting(page), 'on somebody else\'s computer what is typed is kept with the tab only');

  const grid = await new Grid(page).open();
  const [c] = await grid.columns();
  const [r] = await grid.rows(c);
  const before = await grid.text(r, c);
  await context.setOffline(true);
  await grid.type(r, c, before === '5' ? '4' : '5');
  await grid.save();
  await until('the status tells', async () => /Нет связи/.test(await grid.status()));
  t.none(await lasting(page), 'and so are unsent marks');
  await page.reload().catch(() => {});
  await context.setOffline(false);

  await grid.open();
  await grid.saved();
  t.is(await grid.recorded(r, c), before === '5' ? '4' : '5', 'which a reload of the tab does not lose');

  await grid.type(r, c, '9');
  await leave(page);
  const question = page.locator('dialog.dialog');
  t.ok(/они пропадут/.test(await question.innerText()), 'who leaves is told that they would be lost', await question.innerText());
  await question.locator('button', { hasText: 'Всё равно выйти' }).click();
  await page.waitForURL(/\/login/);
  t.none(await traces(page), 'after log-out the browser holds nothing of it');
  t.none((await context.cookies()).map(({ name }) => name).filter((name) => !/-form$/.test(name)),
    'no cookie either, but the one of the log-in page that is shown now');

  await page.goBack();
  const shown = await page.locator('body').innerText();
  t.ok(!shown.includes('Средний балл'), 'and the way back shows no marks', shown.slice(0, 300));
  t.none(errors, 'no script failed');
  await context.close();
}
