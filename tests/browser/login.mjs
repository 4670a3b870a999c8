// login.mjs: getting in and out.

import { address, BASE, logIn, person } from './lib.mjs';

export default async function login({ browser, t }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const { login: name, password } = person('teacher');

  await page.goto(address('journal'));
  t.ok(new URL(page.url()).pathname.endsWith('/login'), 'a stranger who asks for a journal is sent to log-in');

  await page.fill('input[name=login]', name);
  await page.fill('input[name=password]', 'не тот пароль');
  await page.click('main form button');
  t.ok(await page.locator('[role=alert]').isVisible(), 'a wrong password is told');
  t.is(await page.inputValue('input[name=login]'), name, 'and the log-in name stays in its field');

  await page.fill('input[name=password]', password);
  await page.keyboard.press('Enter');
  await page.waitForURL(address('journal'));
  t.ok(true, 'after log-in the page that was asked for opens');

  await page.click('form[data-ej-logout] button');
  await page.waitForURL(/\/login/);
  await page.goto(address('journal'));
  t.ok(new URL(page.url()).pathname.endsWith('/login'), 'after log-out the journal is closed again');

  await logIn(page, 'parent');
  t.is(new URL(page.url()).pathname.slice(new URL(BASE).pathname.length), '/diary', 'a parent starts in the diary');
  await context.close();
}
