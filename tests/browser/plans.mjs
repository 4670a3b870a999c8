// plans.mjs: the grid of a calendar-thematic plan: cells pasted from a spreadsheet, keys from row to
// row, errors at the cells; without scripts the same form.

import { address, enter, until, watch } from './lib.mjs';

const SHEET = [
  'Раздел\tЧетверть\tТема\tВид\tЧасов\tДомашнее задание',
  'Дроби\tI\tОсновное свойство\tурок\t1\t§ 1, № 5',
  '\t\tСложение\tпрактическая работа\t1,5\t"§ 2,',
  '№ 7"',
  '\tII четверть\tКонтрольная\tк/р\t2\t',
].join('\n');

/* Paste a text into a cell, as Ctrl+V does. */
const paste = (page, text) => page.evaluate((plain) => {
  const clipboardData = new DataTransfer();
  clipboardData.setData('text/plain', plain);
  document.activeElement.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }));
}, text);
const cell = (page, n, name) => page.locator(`.plan-rows tbody tr:nth-child(${n}) [name="${name}"]`);
/* The values of some fields in the first rows. */
const shown = (page, names, rows) => page.evaluate(([fields, n]) => [...document.querySelectorAll('.plan-rows tbody tr')].slice(0, n)
  .map((row) => fields.map((name) => row.querySelector(`[name="${name}"]`).value).join('|')).join('; '), [names, rows]);
const count = (page) => page.locator('.plan-rows tbody tr').count();
const save = async (page) => { await page.click('form[data-ej-plan] button.main'); await page.waitForLoadState('load'); };

/* Make a plan by its form; returns its address. */
async function make(page, name) {
  await page.goto(address('/plans'));
  await page.locator('main details.more summary').first().click();
  await page.selectOption('select[name=subject_id]', { label: 'Алгебра' });
  await page.fill('input[name=grade]', '8');
  await page.fill('input[name=hours_week]', '3');
  await page.fill('input[name=name]', name);
  await page.click('form.card button.main');
  await page.waitForURL(/saved=\d+/);
  return address(`/plans/${/saved=(\d+)/.exec(page.url())[1]}`);
}

async function byPaste(page, plan, t) {
  await page.goto(plan);
  await page.locator('.plan-rows + *, form[data-ej-plan] .hint').first().waitFor();
  const rows = await count(page);
  t.ok(rows >= 10, 'a new plan has empty rows');
  await cell(page, 1, 'section').focus();
  await paste(page, SHEET);
  t.is(await shown(page, ['section', 'term_no', 'topic', 'kind', 'hours', 'homework'], 3),
    'Дроби|1|Основное свойство|lesson|1|§ 1, № 5; ||Сложение|practical|1,5|§ 2, № 7; |2|Контрольная|control|2|',
    'a block goes over columns and rows, without its headings, with kinds and terms in words');
  t.is(await page.locator('[data-ej-status]').textContent(), 'Вставлено: 3 строки. Проверьте и сохраните. Отменить вставку', 'the page says so');
  t.ok(await page.locator('.plan-rows td.is-changed').count() >= 11, 'cells that are not saved look different');
  await page.click('[data-ej-status] button');
  t.is(await shown(page, ['section', 'topic'], 3), '|; |; |', 'a button takes the paste back');
  await cell(page, 1, 'section').focus();
  await paste(page, SHEET);
  await page.reload();
  t.is(await shown(page, ['section', 'topic'], 3), '|; |; |', 'so does loading the page again');
  await cell(page, rows, 'topic').focus();
  await paste(page, 'Одна\nДве\nТри\n');
  t.is(await count(page), rows + 2, 'rows are added at the end');
  t.is(await cell(page, rows + 2, 'topic').inputValue(), 'Три', 'for what was pasted');
  t.is(await cell(page, rows + 2, 'topic').getAttribute('aria-label'), `строка ${rows + 2}: Тема`, 'and are named by their numbers');
  return rows;
}

async function errorsAtCells(page, rows, t) {
  await cell(page, rows + 1, 'hours').focus();
  await paste(page, '99\n1\n');
  await save(page);
  t.is((await page.locator(`#e-hours-${rows + 1}`).textContent()).trim(), 'Часов — от 0,5 до 40.', 'an error stands at its cell, in a row that was added, too');
  t.is(await shown(page, ['topic'], rows + 2).then((text) => text.split('; ').slice(rows - 1).join(' ')), 'Одна Две Три', 'no row is lost');
  await page.fill(`#f-hours-${rows + 1}`, '2');
  await save(page);
  t.is(await page.locator('main > .alert').count(), 0, 'mended, it is saved');
  t.is(await shown(page, ['place', 'topic', 'hours'], 3), '1|Одна|1; 2|Две|2; 3|Три|1', 'numbered in their order');
}

async function byKeys(page, t) {
  await cell(page, 1, 'topic').focus();
  await page.keyboard.press('Enter');
  t.is(await page.evaluate(() => document.activeElement.value), 'Две', 'Enter goes down in the column');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Shift+Enter');
  await page.keyboard.press('ArrowUp');
  t.is(await page.evaluate(() => document.activeElement.value), 'Одна', 'arrows and Shift+Enter go from row to row');
  await cell(page, 2, 'topic').focus();
  await paste(page, 'x');
  t.is(await cell(page, 2, 'topic').inputValue(), 'Две', 'a single value is left to the browser, which puts it at the caret');
  const rows = await count(page);
  await cell(page, rows, 'topic').focus();
  await page.keyboard.press('Enter');
  t.is(await count(page), rows + 1, 'Enter after the last row adds one');
}

export default async function plans({ browser, t }) {
  const context = await enter(browser, 'teacher', { viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  const faults = watch(page);
  const plan = await make(page, 'Вставка');
  const rows = await byPaste(page, plan, t);
  await errorsAtCells(page, rows, t);
  await byKeys(page, t);
  t.none(faults, 'the grid of a plan has no errors of scripts');
  const plain = await enter(browser, 'teacher', { javaScriptEnabled: false });
  const bare = await plain.newPage();
  await bare.goto(plan);
  await bare.fill('.plan-rows tbody tr:nth-child(2) [name=topic]', 'Без скрипта');
  await bare.click('form[data-ej-plan] button.main');
  t.is(await bare.inputValue('.plan-rows tbody tr:nth-child(2) [name=topic]'), 'Без скрипта', 'without scripts the same form saves a topic');
  await until('the plain page to be saved', async () => /done=changed/.test(bare.url()));
}
