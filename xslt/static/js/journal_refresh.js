/* journal_refresh.js: loads the page's data anew after a save.
 *
 * The page's document has the new means and other people's entries; cells with unsent
 * changes are left alone. At most once in ten seconds.
 */
const EVERY_MS = 10000;

function address(type) {
  const url = new URL(location.href);
  if (type.endsWith('xml')) url.searchParams.set('format', 'xml');
  url.hash = '';
  return url;
}

/* Whether a column of the page is the same in the document. The first mark in a lesson
 * without works makes a work: the column then has its id instead of the lesson's. */
const isSame = (id, column) => id === column.getAttribute('column_id') || id === column.getAttribute('lesson_id');

const number = (text) => (text ?? '').replace('.', ',');

export class Refresh {
  constructor(cells, onColumns) {
    this.cells = cells;
    this.onColumns = onColumns;
    this.last = 0;
  }

  /* Load now, or as soon as ten seconds have passed since the last time. */
  soon() {
    if (this.timer) return;
    const wait = Math.max(0, this.last + EVERY_MS - Date.now());
    this.timer = setTimeout(() => {
      this.timer = null;
      this.last = Date.now();
      this.run();
    }, wait);
  }

  /* Fetch the present page as XML or HTML; null if it could not be had, until the next
   * save asks again. A page fetched while a save was being sent is discarded and fetched
   * again, since it may be older than the save. */
  async page(type) {
    const { saveCount } = this.cells;
    try {
      const response = await fetch(address(type), { headers: { Accept: type } });
      if (!response.ok || response.redirected) return null;
      const page = new DOMParser().parseFromString(await response.text(), type);
      if (saveCount === this.cells.saveCount) return page;
      this.soon();
      return null;
    } catch {
      return null;
    }
  }

  async run() {
    const page = await this.page('application/xml');
    const journal = page?.querySelector('page > journal');
    if (journal) this.#apply(journal);
  }

  #apply(journal) {
    const columns = [...journal.querySelectorAll(':scope > column')];
    const { heads } = this.cells;
    if (columns.length !== heads.length || !columns.every((column, c) => isSame(heads[c].dataset.c, column))) {
      this.onColumns();
      return;
    }
    columns.forEach((column, c) => {
      heads[c].dataset.c = column.getAttribute('column_id');
    });
    this.#means(columns);
    for (const lesson of journal.querySelectorAll(':scope > lesson')) this.#texts(lesson);
    for (const pupil of journal.querySelectorAll(':scope > pupil')) this.#row(pupil);
  }

  #texts(lesson) {
    const id = lesson.getAttribute('lesson_id');
    if (lesson.hasAttribute('attendance_at')) this.cells.find('topic', id)?.td.querySelector('.todo:not(.none)')?.remove();
    const texts = { topic: lesson.getAttribute('topic'), homework_text: lesson.querySelector('homework')?.textContent };
    for (const [column, text] of Object.entries(texts)) {
      const cell = this.cells.find(column, id);
      if (cell && !cell.td.matches('.is-editing')) this.#text(cell, (text ?? '').trim());
    }
  }

  #note(cell, text) {
    const note = cell.notes?.get(1);
    if (note && this.cells.attempts(cell) === 1) this.#text(note, text);
    else if (text !== cell.td.title) Object.assign(cell.td, { title: text }).classList.toggle('m', text !== '');
  }

  /* Set the server's values in all cells that have no unsent change. */
  #text(cell, text) {
    if (this.cells.changed.has(cell)) return;
    cell.base = text;
    cell.value = text;
    this.cells.settle(cell);
  }

  #means(columns) {
    const places = this.cells.table.tFoot?.querySelectorAll('td') ?? [];
    columns.forEach((column, c) => {
      if (places[c]) places[c].textContent = number(column.getAttribute('mean'));
    });
  }

  #row(pupil) {
    const id = pupil.getAttribute('pupil_id');
    const row = this.cells.rows.find((one) => one.dataset.p === id);
    if (!row) return;
    const mean = row.querySelectorAll(':scope > td')[this.cells.width];
    if (mean) mean.textContent = number(pupil.getAttribute('mean'));
    const texts = [...pupil.querySelectorAll(':scope > c')];
    this.cells.grid[this.cells.rows.indexOf(row)].forEach((cell, c) => {
      if (this.cells.changed.has(cell) || !texts[c]) return;
      this.#note(cell, texts[c].getAttribute('m') ?? '');
      for (const name of ['a', 't']) cell.td.classList.toggle(name, texts[c].hasAttribute(name));
      this.#text(cell, texts[c].textContent.trim());
    });
  }
}

/* The form token of the present session; '' when it belongs to another account. */
export async function newToken(account) {
  try {
    const response = await fetch(location.href, { headers: { Accept: 'text/html' } });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    const place = page.querySelector('[data-account]'); // the grid, or a lesson's form
    if (place?.dataset.account !== account) return '';
    return place.dataset.token ?? place.elements.form_token.value;
  } catch {
    return '';
  }
}
