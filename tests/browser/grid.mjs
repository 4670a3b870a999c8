// grid.mjs: helpers for tests of the journal's grid.

import { address, until } from './lib.mjs';

export class Grid {
  constructor(page) {
    this.page = page;
  }

  async open(name = 'journal') {
    await this.page.goto(address(name));
    await this.page.locator('[data-ej-save]').waitFor({ state: 'visible' });
    return this;
  }

  cell(r, c) {
    return this.page.locator('table[data-ej-grid] tbody tr').nth(r).locator('td').nth(c);
  }

  status() {
    return this.page.locator('[data-ej-status]').innerText();
  }

  /* The numbers of the columns of lessons until today, the last one first. */
  columns() {
    return this.page.evaluate((today) => {
      const inYear = (month, day) => ((Number(month) + 3) % 12) * 100 + Number(day); // from September on
      const last = inYear(...today.split('-').slice(1));
      const days = document.querySelectorAll('table[data-ej-grid] thead tr:nth-child(2) th');
      return [...days].flatMap((th) => Array(th.colSpan).fill(th.querySelector('a')?.title ?? ''))
        .map((title, c) => ({ c, parts: /^(\d\d)\.(\d\d)/.exec(title) }))
        .filter(({ parts }) => parts && inYear(parts[2], parts[1]) <= last).map(({ c }) => c).reverse();
    }, process.env.EJ_TODAY);
  }

  /* The path of a column's lesson. */
  lesson(c) {
    return this.page.evaluate((column) => [...document.querySelectorAll('.marks thead tr:nth-child(2) th')]
      .flatMap((th) => Array(th.colSpan).fill(th.querySelector('a')?.pathname))[column], c);
  }

  /* The numbers of the rows whose cell in a column is open. */
  rows(c) {
    return this.page.evaluate((column) => [...document.querySelectorAll('table[data-ej-grid] tbody tr')]
      .map((row, r) => (row.querySelectorAll('td')[column].matches('.x, [aria-readonly]') ? -1 : r))
      .filter((r) => r >= 0), c);
  }

  async text(r, c) {
    return (await this.cell(r, c).innerText()).trim();
  }

  state(r, c, name) {
    return this.cell(r, c).evaluate((td, state) => td.classList.contains(state), name);
  }

  async type(r, c, text) {
    await this.cell(r, c).focus();
    await this.page.keyboard.type(text);
    await this.page.keyboard.press('Enter');
  }

  async save() {
    await this.page.keyboard.press('Control+s');
  }

  saved() {
    return until('the cells are saved', async () => {
      const left = await this.page.locator('.is-changed, .is-saving').count();
      return left === 0;
    });
  }

  /* All columns of lessons: { c, work, lesson }. For a lesson without a work, work is its own id. */
  places() {
    return this.page.evaluate(() => {
      const lessons = [...document.querySelectorAll('table[data-ej-grid] thead tr:nth-child(2) th')]
        .flatMap((th) => Array(th.colSpan).fill(th.querySelector('a')?.pathname.split('/').at(-1)));
      return [...document.querySelectorAll('table[data-ej-grid] th[data-c]')]
        .map((th, c) => ({ c, work: th.dataset.c, lesson: lessons[c] })).filter(({ lesson }) => lesson);
    });
  }

  /* The means shown on the page, first those of pupils, then those of columns. */
  means() {
    return this.page.evaluate(() => {
      const texts = (selector) => [...document.querySelectorAll(`table[data-ej-grid] ${selector}`)].map((td) => td.textContent.trim()).join(' ');
      return `${texts('tbody td:last-child')} | ${texts('tfoot td:not(:last-child)')}`;
    });
  }

  /* The means on the server, in the same form. */
  async recordedMeans() {
    const response = await this.page.request.get(`${address('journal')}?format=xml`);
    return this.page.evaluate((text) => {
      const page = new DOMParser().parseFromString(text, 'application/xml');
      const texts = (selector) => [...page.querySelectorAll(selector)].map((one) => (one.getAttribute('mean') ?? '').replace('.', ',')).join(' ');
      return `${texts('journal > pupil')} | ${texts('journal > column')}`;
    }, await response.text());
  }

  /* The values of a column on the server, from the first row to the last. */
  async recordedColumn(c) {
    const response = await this.page.request.get(`${address('journal')}?format=xml`);
    return this.page.evaluate(([text, column]) => Array.from(new DOMParser().parseFromString(text, 'application/xml').querySelectorAll('journal > pupil'),
      (pupil) => pupil.querySelectorAll(':scope > c')[column].textContent), [await response.text(), c]);
  }

  /* The value of a cell on the server. */
  async recorded(r, c) {
    const response = await this.page.request.get(`${address('journal')}?format=xml`);
    const xml = await response.text();
    return this.page.evaluate(([text, row, column]) => {
      const page = new DOMParser().parseFromString(text, 'application/xml');
      const pupil = page.querySelectorAll('journal > pupil')[row];
      return pupil.querySelectorAll(':scope > c')[column].textContent;
    }, [xml, r, c]);
  }
}
