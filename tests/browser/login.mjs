// login.mjs: log-in and log-out.

import { address, BASE, enter, logIn, person } from './lib.mjs';

const TOPIC = 'Тема, набранная в прошлом сеансе';
const focused = (page) => page.evaluate(() => document.activeElement.name);

/* Without scripts a form that is sent after the session has ended is shown
 * again after the log-in. */
async function endedSession(browser, t) {
  const context = await enter(browser, 'teacher', { javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address('lesson'));
  const was = await page.inputValue('[name=topic]');
  const cookies = await context.cookies();
  await context.addCookies(cookies.filter(({ name }) => /^(__Host-)?ej-[0-9a-f]+$/.test(name))
    .map((cookie) => ({ ...cookie, value: 'f'.repeat(64) })));
  await page.fill('[name=topic]', TOPIC);
  await page.click('main form button.main');
  t.ok(await page.locator('input[name=password]').isVisible(), 'a save after the session has ended is answered with a log-in form');
  const { login, password } = person('teacher');
  await page.fill('input[name=login]', login);
  await page.fill('input[name=password]', password);
  await page.click('main form button.main');
  t.is(await page.inputValue('[name=topic]'), TOPIC, 'after the log-in the lesson has the typed topic');
  await page.fill('[name=topic]', was);
  await page.click('main form button.main');
  t.is(page.url().replace(/[?#].*/, ''), address('lesson'), 'the restored topic can be saved');
  await context.close();
}

export default async function login({ browser, t }) {
  const context = await browser.newContext();
  const page = await context.newPage();
  const { login: name, password } = person('teacher');

  await page.goto(address('journal'));
  t.ok(new URL(page.url()).pathname.endsWith('/login'), 'without a session a journal leads to the log-in');

  t.is(await focused(page), 'login', 'the focus is in the log-in name at first');

  await page.keyboard.type(name);
  await page.fill('input[name=password]', 'не тот пароль');
  await page.click('text=Показать пароль');
  t.is(await page.getAttribute('input[name=password]', 'type'), 'text', '«Показать пароль» shows the password');
  await page.click('main form button');
  t.ok(await page.locator('[role=alert]').isVisible(), 'a wrong password is reported');
  t.is(await page.inputValue('input[name=login]'), name, 'after a wrong password the log-in name stays in its field');

  t.is(`${await focused(page)} ${await page.getAttribute('input[name=password]', 'type')}`, 'password password',
    'after a wrong password the focus is in the password, which is hidden again');

  await page.keyboard.type(password);
  await page.keyboard.press('Enter');
  await page.waitForURL(address('journal'));
  t.ok(true, 'after the log-in the requested page opens');

  await page.click('form[data-ej-logout] button');
  await page.waitForURL(/\/login/);
  await page.goto(address('journal'));
  t.ok(new URL(page.url()).pathname.endsWith('/login'), 'after the log-out a journal leads to the log-in');

  await logIn(page, 'parent');
  t.is(new URL(page.url()).pathname.slice(new URL(BASE).pathname.length), '/diary', 'a parent starts in the diary');
  await context.close();
  await endedSession(browser, t);
}
