// school.mjs: helpers of the suites in which people build a school from nothing (school.t).

import { BASE, until, watch } from './lib.mjs';

/* The files that the school brings along, by the kind of their import. */
export const FILES = JSON.parse(process.env.EJ_FILES ?? '{}');
const PASSWORD = 'long enough 92';
const PC = { width: 1366, height: 768 };
export const PHONE = { width: 360, height: 740 };

/* A person at a screen, who finds every page by the menu and by links. */
export class Desk {
  static async open(browser, viewport = PC) {
    const desk = new Desk();
    desk.context = await browser.newContext({ viewport, hasTouch: viewport === PHONE });
    desk.page = await desk.context.newPage();
    desk.page.setDefaultTimeout(15000);
    desk.errors = watch(desk.page);
    desk.main = desk.page.locator('main');
    return desk;
  }

  close() { return this.context.close(); }

  /* The field with this label. The text of a label around a select has the words of its list, too. */
  field(label, place = this.main) {
    return place.getByLabel(label, { exact: true })
      .or(place.locator('label', { has: this.page.getByText(label, { exact: true }) }).locator('input, select, textarea')).first();
  }

  async says(pattern) { return pattern.test(await this.main.innerText()); }

  /* Tell what the page says, for a failed test. */
  async told() { return `${this.page.url()}\n${await this.main.innerText()}`.split('\n').slice(0, 39); }

  /* Do what leads to another page, and wait until it has come. */
  async leads(action) {
    await Promise.all([this.page.waitForEvent('domcontentloaded'), action]);
    await this.page.waitForLoadState();
  }

  follow(name, place = this.main) { return this.leads(place.getByRole('link', { name }).first().click()); }

  press(name, place = this.main) { return this.leads(place.getByRole('button', { name }).first().click()); }

  /* Fill the fields with these labels in: a select by a word of its list, a box by true. */
  async fill(values, place = this.main) {
    for (const [label, value] of Object.entries(values)) {
      const field = this.field(label, place);
      const tag = await field.evaluate((one) => one.tagName);
      if (tag === 'SELECT') await field.selectOption({ label: value });
      else if (value === true) await field.check();
      else await field.fill(value);
    }
  }

  /* Unfold the form under this word, fill it in and send it. */
  async add(word, values, button = 'Добавить') {
    const form = this.main.locator('details', { has: this.page.locator('summary', { hasText: word }) });
    await form.locator('summary').first().click();
    await this.fill(values, form);
    await this.press(button, form);
  }

  /* Open a page by its entry of the menu. */
  async open(word) {
    const menu = this.page.locator('nav.menu');
    const entry = menu.getByRole('link', { name: word, exact: true }).last();
    if (!await entry.isVisible()) await menu.locator('summary').click();
    await this.leads(entry.click());
  }

  /* The entries of the menu that do not open. */
  async closed() {
    const links = await this.page.locator('nav.menu a').evaluateAll((all) => [...new Set(all.map((link) => link.href))]);
    const closed = [];
    for (const url of links) {
      const status = (await this.context.request.get(url, { headers: { Accept: 'text/html' } })).status();
      if (status !== 200) closed.push(`${url}: ${status}`);
    }
    return closed;
  }

  /* Log in with a code for the first time. */
  async activate(code, login) {
    await this.page.goto(`${BASE}/`);
    await this.follow('У меня есть код для первого входа');
    await this.fill({ 'Код': code });
    await this.press('Дальше');
    await this.fill({ 'Логин': login, 'Новый пароль': PASSWORD, 'Новый пароль ещё раз': PASSWORD });
    await this.main.getByLabel(/Логин и пароль — только мои/).check();
    await this.press('Готово');
    return this.logIn(login);
  }

  /* The codes of the slips on the page, by name. */
  async slips() {
    const all = await this.main.locator('.slip').evaluateAll((slips) => slips.map((slip) => [slip.querySelector('h2').textContent, slip.querySelector('.code').textContent]));
    return Object.fromEntries(all);
  }

  leave() { return this.leads(this.page.locator('form[data-ej-logout] button').click()); }

  async logIn(login) {
    if (!/\/login/.test(this.page.url())) await this.page.goto(`${BASE}/`);
    await this.fill({ 'Логин': login, 'Пароль': PASSWORD });
    await this.press('Войти');
    return this;
  }

  /* Load a file by the import of this name; returns what the page says of it before the file is
   * saved, or why it cannot be. */
  async load(word, kind) {
    await this.open('Загрузка из файлов');
    await this.follow(word);
    await this.main.locator('input[type=file]').setInputFiles({ name: `${kind}.csv`, mimeType: 'text/csv', buffer: Buffer.from(FILES[kind]) });
    await this.press('Проверить файл');
    const said = await this.main.innerText();
    const save = this.main.getByRole('button', { name: 'Записать' });
    if (!await save.count()) return `${await this.told()}`;
    await this.leads(save.click());
    await until('the file is saved', () => this.says(/Записано из файла/));
    return /Будет (.*)\./.exec(said)[1];
  }
}
