// left.mjs: after a log-out no page can be seen: not by Back, not by
// Forward, not in another tab; in Chromium and in Debian's Firefox, with scripts
// and without. Before the log-out, Back needs no request.

import { address, BASE, launch, person, until } from './lib.mjs';
import { Firefox } from './firefox.mjs';

/* Chromium with the back-forward cache, which Playwright switches off. */
class Chromium {
  static async launch(isScripted) {
    const self = new Chromium();
    self.browser = await launch(process.env, { ignoreDefaultArgs: ['--disable-back-forward-cache'] });
    self.context = await self.browser.newContext({ javaScriptEnabled: isScripted });
    return self;
  }

  async tab() {
    return new ChromiumTab(this.context, await this.context.newPage());
  }

  close() {
    return this.browser.close();
  }
}

/* A tab driven by the protocol, since Playwright loses a page that comes back from the cache. */
class ChromiumTab {
  constructor(context, page) {
    this.page = page;
    this.session = context.newCDPSession(page);
  }

  async send(method, parameters) {
    return (await this.session).send(method, parameters);
  }

  goto(url) {
    return this.page.goto(url);
  }

  async evaluate(expression) {
    const { frameTree: { frame } } = await this.send('Page.getFrameTree');
    const { executionContextId: contextId } = await this.send('Page.createIsolatedWorld', { frameId: frame.id });
    const { result } = await this.send('Runtime.evaluate', { expression, contextId, returnByValue: true, awaitPromise: true });
    return result.value;
  }

  async go(delta) {
    const { entries, currentIndex } = await this.send('Page.getNavigationHistory');
    await this.send('Page.navigateToHistoryEntry', { entryId: entries[currentIndex + delta].id });
  }
}

const click = (tab, selector) => tab.evaluate(`document.querySelector(${JSON.stringify(selector)}).click()`);
const mark = (tab) => tab.evaluate('document.documentElement.dataset.was = "here"');
const shows = (tab) => tab.evaluate(`document.readyState === 'complete' ? location.pathname + ' ' + document.body?.innerText : ''`).catch(() => '');

/* Wait for the log-in page; returns '', or the text of the page if another one
 * stays. */
async function door(tab) {
  let text = '';
  const isDoor = async () => { text = await shows(tab); return text.includes('Пароль') && !text.includes('Выйти'); };
  return until('the log-in page', isDoor, 5000).then(() => '', () => text.slice(0, 200) || 'nothing');
}

async function logIn(tab, who) {
  const { login, password } = person(who);
  await tab.goto(`${BASE}/login`);
  await tab.evaluate(`document.querySelector('[name=login]').value = ${JSON.stringify(login)};
    document.querySelector('[name=password]').value = ${JSON.stringify(password)}`);
  await click(tab, 'main form button.main');
  await until('the log-in succeeds', async () => (await shows(tab)).includes('Выйти'));
}

/* Visit pages and go back once; returns whether the page came from the cache. */
async function walk(tab, paths) {
  for (const path of paths) {
    await tab.goto(address(path));
    await mark(tab);
  }
  await tab.go(-1);
  await until('Back', async () => (await shows(tab)).includes('Выйти') && await tab.evaluate('document.documentElement.dataset.was') !== undefined, 5000).catch(() => {});
  const was = await tab.evaluate('document.documentElement.dataset.was');
  await tab.goto(address(paths.at(-1)));
  return was;
}

/* Log out in one tab, and check that neither of two tabs shows a page. */
async function leave(browser, t, where, isScripted) {
  const tab = await browser.tab();
  const other = await browser.tab();
  await logIn(tab, 'teacher');
  t.is(await walk(tab, ['/journals', 'journal']), 'here', `${where}: before the log-out Back needs no request`);
  await walk(other, ['/account', 'lesson']);
  await click(tab, 'form[data-ej-logout] button');
  t.is(await door(tab), '', `${where}: the log-out shows the log-in page`);
  await until('its picture', () => tab.evaluate('[...document.images].every((one) => one.complete)'));
  if (isScripted) t.is(await door(other), '', `${where}: another tab shows the log-in page, too`);
  else await other.goto(address('lesson'));
  for (const [way, delta] of [['Back', -1], ['Back twice', -1], ['Forward', 1]]) {
    await tab.go(delta);
    t.is(await door(tab), '', `${where}: ${way} shows the log-in page`);
  }
  await other.go(-1);
  t.is(await door(other), '', `${where}: Back in another tab shows the log-in page`);
}

/* The session is ended by another browser. */
async function ended(t) {
  const browser = await Chromium.launch(true);
  const tab = await browser.tab();
  await logIn(tab, 'teacher');
  for (const path of ['/journals', 'journal']) await tab.goto(address(path));
  const cookie = (await browser.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
  const body = new URLSearchParams({ form_token: await tab.evaluate('document.querySelector("[name=form_token]").value') });
  const answer = await fetch(`${BASE}/logout`, { method: 'POST', headers: { cookie }, body, redirect: 'manual' });
  t.is(answer.status, 303, 'a session is ended from elsewhere');
  await tab.go(-1);
  t.is(await door(tab), '', 'Back shows the log-in page after the session was ended elsewhere');
  await browser.close();
}

export default async function left({ t }) {
  for (const [name, kind] of [['Chromium', Chromium], ['Firefox', Firefox]]) {
    for (const isScripted of [true, false]) {
      const browser = await kind.launch(isScripted);
      await leave(browser, t, `${name} ${isScripted ? 'with' : 'without'} scripts`, isScripted)
        .finally(() => browser.close());
    }
  }
  await ended(t);
}
