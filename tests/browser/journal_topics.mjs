// journal_topics.mjs: topic and homework are edited in the table beside the
// grid, and saved, stored unsent and shown in conflicts like its cells.

import { address, enter, until, watch } from './lib.mjs';
import { Grid } from './grid.mjs';

const ORIGIN = new URL(address('journal')).origin;

/* The row of one lesson in the table of topics: its fields, and their values on the server. */
class Leaf {
  constructor(page, lesson) {
    Object.assign(this, { page, lesson });
    this.row = page.locator('.topics tbody tr').filter({ has: page.locator(`a[href="${lesson}"]`) });
    this.topic = this.row.locator('td').nth(1);
    this.homework = this.row.locator('td').nth(3);
  }

  /* The topic without the name of a substitute. */
  async shown() {
    return (await this.topic.locator('> span').innerText()).trim();
  }

  async recorded() {
    const response = await this.page.request.get(`${ORIGIN}${this.lesson}?format=xml`);
    return this.page.evaluate((text) => {
      const lesson = new DOMParser().parseFromString(text, 'application/xml').querySelector('page > lesson');
      return [lesson.getAttribute('topic'), lesson.querySelector('homework:not([is_personal])')?.textContent.trim() ?? ''];
    }, await response.text());
  }

  async none() {
    const response = await this.page.request.get(`${ORIGIN}${this.lesson}?format=xml`);
    return /<lesson [^>]*homework="none"/.test(await response.text());
  }

  has(what, topic, homework) {
    return until(what, async () => {
      const [a, b] = await this.recorded();
      return a === topic && (homework === undefined || b === homework);
    });
  }
}

const open = async (context) => {
  const page = await context.newPage();
  const grid = await new Grid(page).open();
  const [c] = await grid.columns();
  const lesson = await grid.lesson(c);
  return { page, grid, leaf: new Leaf(page, lesson) };
};

export default async function topics({ browser, t }) {
  const context = await enter(browser, 'teacher');
  const { page, grid, leaf } = await open(context);
  const errors = watch(page);
  const before = await leaf.recorded();

  await leaf.topic.click({ position: { x: 4, y: 4 } });
  t.is(await page.inputValue('.text-editor'), before[0], 'a click on a topic opens its field with its text');
  await page.fill('.text-editor', 'Первая тема');
  await page.keyboard.press('Enter');
  t.ok(await leaf.homework.locator('.text-editor').count(), 'Enter in the topic opens the homework');
  await page.fill('.text-editor', '§ 1; https://example.org/1');
  await page.keyboard.press('Enter');
  t.ok(await page.evaluate(() => document.activeElement.matches('td[role=gridcell]')), 'Enter in the homework returns to the grid');
  await leaf.has('both are saved by themselves', 'Первая тема', '§ 1; https://example.org/1');
  await page.keyboard.press('Control+z');
  await leaf.has('Ctrl+Z takes the homework back', 'Первая тема', before[1]);

  await leaf.topic.click({ position: { x: 4, y: 4 } });
  await page.fill('.text-editor', 'Лишнее');
  await page.keyboard.press('Escape');
  t.is(await leaf.shown(), 'Первая тема', 'Esc restores the text of a field');
  await page.keyboard.press('F2');
  t.ok(await leaf.topic.locator('.text-editor').count(), 'F2 opens the focused field');
  await page.keyboard.type(' и вторая', { delay: 5 });
  await leaf.has('the text of an open field is saved after a pause', 'Первая тема и вторая');
  await page.keyboard.press('Escape');
  await leaf.has('Esc restores a text that was already saved, too', 'Первая тема');

  await leaf.homework.click({ position: { x: 4, y: 4 } });
  await page.fill('.text-editor', '');
  await page.keyboard.press('Enter');
  await leaf.has('the homework is taken back', 'Первая тема', '');
  await leaf.homework.click({ position: { x: 4, y: 4 } });
  await page.getByRole('button', { name: 'не задано' }).click();
  await until('it is called none', async () => await leaf.none());
  t.is((await leaf.homework.innerText()).trim(), 'не задано', '«не задано» is shown in the field of the homework');

  await conflict({ context, page, leaf, t });
  await offline({ context, page, leaf, t });
  await page.keyboard.press('Control+s');
  await grid.saved();
  t.none(errors, 'no script failed');
  await plain({ browser, t });
  await context.close();
}

/* The same lesson in two tabs. */
async function conflict({ context, page, leaf, t }) {
  const second = await open(context);
  await leaf.topic.click({ position: { x: 4, y: 4 } });
  await page.fill('.text-editor', 'Из первого окна');
  await page.keyboard.press('Control+s');
  await leaf.has('the first tab has saved', 'Из первого окна');
  await second.leaf.topic.click({ position: { x: 4, y: 4 } });
  await second.page.fill('.text-editor', 'Из второго окна');
  await second.page.keyboard.press('Control+s');
  const question = second.leaf.topic.locator('.conflicts');
  await question.waitFor();
  t.ok(/Изменено в другом окне.*Из первого окна.*Из второго окна/s.test(await question.innerText()),
    'a conflict between two windows is shown at the field, with both texts', await question.innerText());
  await second.page.getByRole('button', { name: /^Взять/ }).click();
  await question.waitFor({ state: 'detached' });
  t.is(await second.leaf.shown(), 'Из первого окна', '«Взять» puts the other text into the field');
  await second.leaf.topic.click({ position: { x: 4, y: 4 } });
  await second.page.fill('.text-editor', 'Из второго окна ещё раз');
  await second.page.keyboard.press('Control+s');
  await second.leaf.has('the second tab saves on top of what it has seen', 'Из второго окна ещё раз');
  await second.page.close();
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
  await until('the first tab follows', async () => await leaf.shown() === 'Из второго окна ещё раз');
  t.ok(true, 'a tab that comes to the front shows the topic saved in another tab');
}

/* Without a connection a text is stored, like a cell. */
async function offline({ context, page, leaf, t }) {
  await context.setOffline(true);
  await leaf.topic.click({ position: { x: 4, y: 4 } });
  await page.fill('.text-editor', 'Без связи');
  await page.keyboard.press('Control+s');
  await until('the status tells', async () => /Нет связи/.test(await page.innerText('[data-ej-status]')));
  t.ok(true, 'the status tells that a text could not be sent');
  await context.setOffline(false);
  await leaf.has('it is sent by itself', 'Без связи');
  t.ok(true, 'an unsent text is sent when the connection is back');
}

/* A person who may only read cannot open a field. */
async function plain({ browser, t }) {
  const context = await enter(browser, 'deputy');
  const page = await context.newPage();
  await page.goto(address('journal'));
  await page.locator('[data-ej-history]').waitFor();
  t.is(await page.locator('.topics td[tabindex]').count(), 0, 'no field of the topics can be opened by a deputy');
  await context.close();
}
