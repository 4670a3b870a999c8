// shared.mjs: a shared computer keeps nothing after the log-out.

import { address, BASE, person, until, watch } from './lib.mjs';
import { Grid } from './grid.mjs';

const TYPED = 'Набрано на чужом компьютере';

/* The names of everything that pages can store in a browser. */
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
  t.none(await lasting(page), 'on a shared computer unsent text is stored with the tab only');

  const grid = await new Grid(page).open();
  const [c] = await grid.columns();
  const [r] = await grid.rows(c);
  const before = await grid.text(r, c);
  await context.setOffline(true);
  await grid.type(r, c, before === '5' ? '4' : '5');
  await grid.save();
  await until('the status tells', async () => /Нет связи/.test(await grid.status()));
  t.none(await lasting(page), 'on a shared computer unsent marks are stored with the tab only');
  await page.reload().catch(() => {});
  await context.setOffline(false);

  await grid.open();
  await grid.saved();
  t.is(await grid.recorded(r, c), before === '5' ? '4' : '5', 'on a shared computer a reload of the tab keeps unsent marks');

  await grid.type(r, c, '9');
  await leave(page);
  const question = page.locator('dialog.dialog');
  t.ok(/они пропадут/.test(await question.innerText()), 'the log-out asks, since unsent values would be lost', await question.innerText());
  await question.locator('button', { hasText: 'Всё равно выйти' }).click();
  await page.waitForURL(/\/login/);
  t.none(await traces(page), 'after the log-out the browser stores nothing');
  t.none((await context.cookies()).map(({ name }) => name).filter((name) => !/-form$/.test(name)),
    'after the log-out there is no cookie but that of the log-in page');

  await page.goBack();
  const shown = await page.locator('body').innerText();
  t.ok(!shown.includes('Средний балл'), 'after the log-out Back shows no marks', shown.slice(0, 300));
  t.none(errors, 'no script failed');
  await context.close();
}
