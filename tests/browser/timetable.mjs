// timetable.mjs: the editor of the timetable by keyboard, by mouse and by touch; the address for a
// calendar.

import { execFileSync } from 'node:child_process';
import { address, enter, until, watch } from './lib.mjs';

const PC = { width: 1366, height: 1400 }; // the whole grid, for drags
const PHONE = { width: 360, height: 740 };

/* The subjects in the cell weekday.slot. */
const inCell = (page, at) => page.evaluate((place) => {
  const [day, slot] = place.split('.');
  return [...document.querySelectorAll(`.week-grid td.d${day}[data-slot="${slot}"] .item b`)].map((one) => one.textContent).join();
}, at);
const hours = (page) => page.locator('.load li:has-text("Алгебра") b').textContent();
/* The cell with the focus, as weekday.slot. */
const focused = (page) => page.evaluate(() => {
  const cell = document.activeElement.closest('.week-grid td');
  return cell ? `${cell.cellIndex}.${cell.dataset.slot}` : document.activeElement.id || document.activeElement.tagName;
});
const cell = (page, at) => page.locator(`.week-grid td.d${at[0]}[data-slot="${at.slice(2)}"]`);
const settled = (page, at, subject) => until(`${subject || 'nothing'} at ${at}`, async () => await inCell(page, at) === subject
  && await page.locator('.is-saving, [aria-busy]').count() === 0);
const press = async (page, ...keys) => { for (const key of keys) await page.keyboard.press(key); };
const isPicked = (page) => until('a picked lesson', () => page.locator('#picked').count());
const goTo = async (page, at, keys) => {
  await press(page, ...keys);
  return focused(page);
};

async function byKeyboard(page, t) {
  await cell(page, '1.2').locator('[data-ej-pick]').focus();
  t.is(await goTo(page, '', ['ArrowRight', 'ArrowDown', 'ArrowLeft', 'ArrowUp']), '1.2', 'the arrows go from cell to cell');
  await press(page, 'Control+x');
  await isPicked(page);
  t.is(await focused(page), '1.2', 'a lesson that was cut keeps the focus');
  t.ok(await page.locator('td.is-busy').count() > 3, 'the cells in which somebody is busy are marked');
  await press(page, 'Escape');
  await until('nothing picked', async () => await page.locator('#picked').count() === 0);
  t.is(await inCell(page, '1.2'), 'Алгебра', 'Escape lets it be');
  await press(page, 'Control+x');
  await isPicked(page);
  await press(page, ...Array(6).fill('ArrowDown'), 'Control+v');
  await settled(page, '1.8', 'Алгебра');
  t.is(`${await inCell(page, '1.2')} ${await focused(page)}`, ' 1.8', 'pasted into another cell it has moved, and so has the focus');
  await press(page, 'Delete');
  await page.waitForSelector('dialog');
  await press(page, 'Enter');
  await settled(page, '1.8', '');
  t.is(await hours(page), '2 из 3 ч', 'Delete removes it, and an hour lacks');
  await press(page, 'Enter');
  t.is(await page.evaluate(() => document.activeElement.closest('.load') !== null), true, 'Enter in a free cell leads to the load');
  await page.locator('.load a:has-text("Алгебра")').focus();
  await press(page, 'Enter');
  await isPicked(page);
  t.is(await focused(page), '1.8', 'a subject that is chosen there returns to the cell');
  await press(page, 'Enter');
  await settled(page, '1.8', 'Алгебра');
  t.is(await hours(page), '3 из 3 ч', 'Enter places it, and the hours are complete');
}

async function details(page, t) {
  await cell(page, '1.8').locator('[data-ej-pick]').focus();
  await press(page, 'Enter');
  await isPicked(page);
  t.is(await focused(page), 'f-place_id', 'Enter on a lesson leads to its room');
  await page.selectOption('#f-place_id', '');
  await page.selectOption('#f-cycle', '2');
  await page.click('#picked button[name=at]');
  await until('the second week', async () => (await cell(page, '1.8').textContent()).includes('2-я неделя'));
  t.is(await hours(page), '2,5 из 3 ч', 'a lesson of every other week is half an hour');
  t.ok((await page.locator('[data-ej-said]').textContent()).includes('30 ноября'), 'the message names the day from which this holds');
}

async function byMouse(page, t) {
  await cell(page, '1.8').locator('.item').dragTo(cell(page, '2.8'));
  await settled(page, '2.8', 'Алгебра');
  t.is(await inCell(page, '1.8'), '', 'a lesson is dragged to another cell');
  const russian = await inCell(page, '1.1');
  await cell(page, '2.8').locator('.item').dragTo(cell(page, '1.1'));
  await until('the refusal', async () => (await page.locator('[data-ej-said]').textContent()).includes('уже'));
  t.ok(/У класса в это время уже есть урок: 7Б, Русский язык/.test(await page.locator('[data-ej-said]').textContent()), 'a conflict is told by names');
  t.is(`${await inCell(page, '2.8')} ${await inCell(page, '1.1')}`, `Алгебра ${russian}`, 'and the lesson is back in its cell');
  t.is(await page.locator('.is-saving, td.is-busy').count(), 0, 'without any mark left');
  await page.locator('.load li:has-text("Алгебра")').dragTo(cell(page, '4.8'));
  await settled(page, '4.8', 'Алгебра');
  t.is(await hours(page), '3,5 из 3 ч', 'a subject is dragged from the load');
}

async function byTouch(browser, t) {
  const context = await enter(browser, 'deputy', { viewport: PHONE, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  await page.goto(address('timetable'));
  await cell(page, '4.8').locator('[data-ej-pick]').tap();
  await isPicked(page);
  await cell(page, '5.8').locator('button.here').tap();
  await settled(page, '5.8', 'Алгебра');
  t.is(await inCell(page, '4.8'), '', 'on a phone a tap picks a lesson and a tap puts it down');
  t.is(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'and nothing is wider than the phone');
  await context.close();
}

const pagesOf = (pdf) => Number(/Pages:\s+(\d+)/.exec(execFileSync('pdfinfo', ['-'], { input: pdf, encoding: 'utf8' }))[1]);

/* A sheet has all hours of the week, however many: rows are added as to a school with more lessons. */
async function printing(page, t) {
  for (const paper of ['a4', 'a3']) {
    for (const [density, hours] of [['', 36], ['dense', 42], ['denser', 54]]) {
      await page.goto(address(`/timetable?kind=school&format=print&paper=${paper}`));
      const cut = await page.evaluate(([word, n]) => {
        const body = document.querySelector('.school-sheet tbody');
        body.closest('section').className = `sheet school-sheet ${new URLSearchParams(location.search).get('paper')} ${word}`;
        while (body.rows.length < n) {
          const row = body.rows[1].cloneNode(true);
          row.prepend(row.cells[0].cloneNode(true));
          body.append(row);
        }
        for (const row of body.closest('table').rows) { // as many classes as a sheet has
          for (let i = 3; i < (location.search.includes('a3') ? 12 : 8); i++) row.append(row.lastElementChild.cloneNode(true));
        }
        const cell = body.rows[n - 1].cells[2];
        cell.className = 'long';
        cell.textContent = 'Англ. яз. 211 / Информ. 312 / Нем. яз. (1) Малый спортзал';
        return cell.scrollHeight > cell.clientHeight + 1;
      }, [density, hours]);
      t.is(`${pagesOf(await page.pdf({ preferCSSPageSize: true }))} ${cut}`, '1 false', `${hours} hours of the week are a sheet of ${paper}, and long cells are whole`);
    }
  }
}

/* The secret address for a calendar is copied by a button. */
async function copying(browser, t) {
  const context = await enter(browser, 'parent', { viewport: PHONE, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await context.newPage();
  await page.goto(address('/feeds'));
  await page.locator('main .feeds button').first().click();
  await page.click('button:has-text("Скопировать")');
  await until('the copy', () => page.locator('button:has-text("Скопировано")').count());
  t.is(await page.evaluate(() => navigator.clipboard.readText()), await page.inputValue('[data-ej-copy]'), 'a button copies the address for a calendar');
  t.is(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'which fits on a phone');
  await context.close();
}

export default async function timetable({ browser, t }) {
  const context = await enter(browser, 'deputy', { viewport: PC });
  const page = await context.newPage();
  const errors = watch(page);
  await page.goto(address('timetable'));
  await byKeyboard(page, t);
  await details(page, t);
  await byMouse(page, t);
  await byTouch(browser, t);
  await copying(browser, t);
  await page.reload();
  t.is(`${await inCell(page, '2.8')} ${await inCell(page, '5.8')}`, 'Алгебра Алгебра', 'all of it is in the database');
  await printing(page, t);
  await page.goto(address('timetable'));
  await page.route('**/timetable/edit**', (route) => route.abort());
  await cell(page, '2.8').locator('.item').dragTo(cell(page, '3.8'));
  await until('the lost connection', async () => (await page.locator('[data-ej-said]').textContent()).includes('Нет связи'));
  t.is(await inCell(page, '2.8'), 'Алгебра', 'without a connection nothing moves');
  t.none(errors, 'no script failed');
  await context.close();
}
