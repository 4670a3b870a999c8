// journal_answers.mjs: replies that are not plain success: a lock, a refusal of
// the whole batch, cells stored under an older id, columns that changed.

import { address, enter, until, watch } from './lib.mjs';
import { Grid } from './grid.mjs';

const refusal = (code, status, more = '') => ({
  status,
  contentType: 'application/xml; charset=utf-8',
  body: `<page feature="error"><error code="${code}" status="${status}"${more}/></page>`,
});

/* Record every save. The first ones get the given replies, later ones the server's. */
async function listen(page, ...answers) {
  const sent = [];
  await page.route(address('journal'), (route) => {
    if (route.request().method() !== 'POST') return route.continue();
    const form = new URLSearchParams(route.request().postData());
    const columns = form.getAll('column_id');
    sent.push({
      id: form.get('operation_id'),
      cells: form.getAll('pupil_id').map((pupil, i) => ({ pupil, column: columns[i], value: form.getAll('value')[i] })),
    });
    const answer = answers.shift();
    return answer ? route.fulfill(answer) : route.continue();
  });
  return sent;
}

const other = async (grid, r, c) => (await grid.text(r, c) === '5' ? '4' : '5');

async function lock(context, t) {
  const grid = await new Grid(await context.newPage()).open();
  const sent = await listen(grid.page, refusal('JE507', 409));
  const [c] = await grid.columns();
  const [r] = await grid.rows(c);
  const mark = await other(grid, r, c);
  await grid.type(r, c, mark);
  await grid.save();
  await until('the status tells', async () => /повтор/.test(await grid.status()));
  t.ok(!await grid.state(r, c, 'is-wrong'), 'a lock (JE507) is not shown as a refusal');
  await grid.saved();
  t.is(await grid.recorded(r, c), mark, 'the cell is saved when the lock is gone');
  t.is(sent.map((one) => one.id).join(), [sent[0].id, sent[0].id].join(), 'the cell is sent again as the same operation');
  await grid.page.close();
}

async function refused(context, t) {
  const grid = await new Grid(await context.newPage()).open();
  const sent = await listen(grid.page, refusal('JE107', 422));
  const [c] = await grid.columns();
  const [a, b] = await grid.rows(c);
  const [one, two] = [await other(grid, a, c), await other(grid, b, c)];
  await grid.type(a, c, one);
  await grid.save();
  await until('the cell is marked', () => grid.state(a, c, 'is-wrong'));
  t.ok(/С ошибкой/.test(await grid.status()) || /не целиком/.test(await grid.status()), 'the status tells that a batch was refused', await grid.status());
  await grid.type(b, c, two);
  await grid.save();
  await until('the other is saved', async () => await grid.recorded(b, c) === two);
  t.is(sent.length, 2, 'a refused batch is not sent again');
  t.is(sent[1].cells.length, 1, 'a refused cell is not sent with the next one');
  await grid.type(a, c, one);
  await grid.save();
  await grid.saved();
  t.is(await grid.recorded(a, c), one, 'a refused cell is saved after it was typed once more');
  await grid.page.close();
}

/* An error that names a cell by its number in the batch. */
async function place(context, t) {
  const grid = await new Grid(await context.newPage()).open();
  const sent = await listen(grid.page, refusal('JE105', 422, ' n="2"'));
  const [c] = await grid.columns();
  const [a, b] = await grid.rows(c);
  const [one, two] = [await other(grid, a, c), await other(grid, b, c)];
  await grid.type(a, c, one);
  await grid.type(b, c, two);
  await grid.save();
  await until('the good cell is saved', async () => await grid.recorded(a, c) === one);
  t.ok(await grid.state(b, c, 'is-wrong') && !await grid.state(a, c, 'is-wrong'), 'of two cells only the refused one is marked');
  t.is(sent.length, 2, 'the other cell is sent again without the refused one');
  await grid.type(b, c, two);
  await grid.save();
  await grid.saved();
  await grid.page.close();
}

/* One cell stored under two ids: that of its lesson, stored when this had no work, and that of the work. */
async function twice(context, t) {
  const grid = await new Grid(await context.newPage()).open();
  const held = await grid.columns();
  const { c, work, lesson } = (await grid.places()).findLast((one) => one.work !== one.lesson && held.includes(one.c));
  const [r] = await grid.rows(c);
  const old = await grid.text(r, c);
  const value = await other(grid, r, c);
  await grid.page.evaluate(([column, first, row, was, now]) => {
    const { account, journal } = document.querySelector('table[data-ej-grid]').dataset;
    const { p: pupil } = document.querySelectorAll('table[data-ej-grid] tbody tr')[row].dataset;
    const keep = (n, at, cells) => localStorage.setItem(`ej.unsent.${account}.${journal}.test${n}`, JSON.stringify({ at, batch: null, cells }));
    keep(1, Date.now(), [{ column, pupil, old: was, value: now }]);
    keep(2, Date.now() - 1000, [{ column: first, pupil, old: was, value: '2' }, { column: '1', pupil, old: '', value: '3' }]);
  }, [work, lesson, r, old, value]);
  const sent = await listen(grid.page);
  await grid.open();
  await until('it is saved', async () => await grid.recorded(r, c) === value);
  t.is(sent[0].cells.length, 1, 'a cell stored under two ids is sent once');
  t.is(sent[0].cells[0].column, work, 'it is sent under its present id');

  const lost = grid.page.locator('[data-ej-conflicts] li');
  await lost.waitFor();
  t.ok(/«3» не записано/.test(await lost.innerText()), 'a stored cell that no longer exists is listed', await lost.innerText());
  await lost.locator('button', { hasText: 'Забыть' }).click();
  await grid.saved();
  t.none(await grid.page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('ej.unsent'))), 'a stored cell that no longer exists can be discarded');
  await grid.page.close();
}

/* After a save the document has two of its columns swapped. */
async function columns(context, t) {
  const grid = await new Grid(await context.newPage()).open();
  const before = JSON.stringify(await grid.places());
  await grid.page.route(/format=xml/, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/(<column [^>]*>(?:<\/column>)?)\s*(<column [^>]*>(?:<\/column>)?)/, '$2$1');
    await route.fulfill({ response, body });
  });
  const [c] = await grid.columns();
  const [r] = await grid.rows(c);
  await grid.type(r, c, await other(grid, r, c));
  await grid.save();
  const reload = grid.page.locator('[data-ej-status] a', { hasText: 'Обновить' });
  await reload.waitFor();
  t.ok(true, 'the status tells that the columns have changed');
  t.is(JSON.stringify(await grid.places()), before, 'no column of the page is replaced by another');
  await grid.page.unroute(/format=xml/);
  await Promise.all([grid.page.waitForEvent('load'), reload.click()]);
  t.ok(true, 'one click reloads the page');
  await grid.page.close();
}

/* A substitute can type only in the columns of the lessons that they taught. */
async function substitute(browser, t) {
  const context = await enter(browser, 'substitute');
  const grid = await new Grid(await context.newPage()).open();
  const [own, others] = await grid.page.evaluate(() => {
    const heads = [...document.querySelectorAll('table[data-ej-grid] th[data-c]')];
    return [heads.findIndex((th) => !('off' in th.dataset)), heads.findIndex((th) => 'off' in th.dataset)];
  });
  const before = await grid.text(0, others);
  await grid.type(0, others, before === '5' ? '4' : '5');
  t.ok(/другой учитель/.test(await grid.status()), 'typing in a colleague\'s column is refused, with the reason', await grid.status());
  t.is(await grid.text(0, others), before, 'a cell of a colleague stays unchanged');
  t.is((await grid.rows(others)).length, 0, 'no cell of a colleague\'s column is open');
  t.ok((await grid.rows(own)).length > 0, 'cells of the substitute\'s own column are open');
  await context.close();
}

export default async function answers({ browser, t }) {
  const context = await enter(browser, 'teacher');
  const errors = [];
  context.on('page', (page) => errors.push(watch(page)));
  await lock(context, t);
  await refused(context, t);
  await place(context, t);
  await twice(context, t);
  await columns(context, t);
  await substitute(browser, t);
  t.none(errors.flat(), 'no script failed');
  await context.close();
}
