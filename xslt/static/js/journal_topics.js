/* journal_topics.js: edits topics and homework in the table beside the grid.
 *
 * Each of them is a cell like those of the grid, and is saved, stored unsent, undone
 * and shown in conflicts with them. It belongs to a lesson instead of a pupil; its
 * column is the name of the field in the lesson's form (xslt/lesson.xsl).
 */
import { make } from './dom.js';
import * as words from './words.js';

const FIELDS = [[2, 'topic', 1000], [4, 'homework_text', 4000]]; // by the table's columns
const PAUSE_MS = 2000;

export class Topics {
  /* enter(changes): set cells; cursor: journal_cursor.js; acts: as in journal_keys.js */
  constructor({ cells, enter, cursor, acts }) {
    Object.assign(this, { cells, enter, cursor, acts });
    const table = document.querySelector('.topics');
    for (const row of table?.tBodies[0].rows ?? []) this.#addRow(row);
    if (cells.texts.length === 0) return;
    [this.at] = cells.texts;
    this.at.td.tabIndex = 0;
    this.area = make('textarea', {
      class: 'text-editor', rows: 1,
      onkeydown: (event) => this.#typing(event),
      oninput: () => this.#typed(),
      onblur: () => this.close(),
    });
    this.none = make('button', {
      type: 'button', class: 'plain',
      onpointerdown: (event) => event.preventDefault(), // the field keeps the focus
      onclick: () => this.#enterNone(),
    }, words.homeworkNone);
    table.addEventListener('keydown', (event) => this.#key(event));
    table.addEventListener('click', (event) => this.#click(event));
  }

  #addRow(row) {
    const pupil = /\d+$/.exec(row.querySelector('th a').pathname)[0];
    const c = this.cells.lessons.indexOf(pupil);
    // a future lesson has no column in the grid, so a substitute's own lessons cannot
    // be recognised: it is open only when all columns are
    const isOff = row.matches('.is-off') || this.cells.heads.some((head, i) => (c < 0 || c === i) && 'off' in head.dataset);
    if (isOff) return;
    for (const [i, column, most] of FIELDS) if (row.cells[i]) this.#addCell(row, row.cells[i], column, most, pupil);
  }

  /* Make a cell of a table field. Its text is moved into a span; beside it stay the
   * note that nothing is written (.none), a substitute's name and further tasks. */
  #addCell(row, td, column, most, pupil) {
    const place = make('span', { 'data-word': words.fields[column] });
    const end = [...td.childNodes].findIndex((node) => node.tagName && !node.matches('a:not(.todo)'));
    place.append(...[...td.childNodes].slice(0, end < 0 ? undefined : end));
    td.prepend(place);
    const text = place.textContent.trim();
    const cell = { td, column, pupil, most, base: text, value: text, isOpen: true, isText: true,
      name: `${words.fields[column]}, ${row.cells[0].textContent.trim()}`,
      sending: false, theirs: null, refused: '', isFresh: false };
    let shownText = text;
    cell.showText = () => {
      if (shownText === cell.value) return;
      shownText = cell.value;
      place.replaceChildren(shownText);
      for (const duty of td.querySelectorAll('.none')) duty.hidden = shownText !== '';
    };
    td.tabIndex = -1;
    td.setAttribute('aria-description', words.editable);
    this.cells.texts.push(cell);
  }

  /* Open the clicked field; links in it keep working, except «не заполнено» (.none). */
  #click(event) {
    const cell = this.#cellAt(event.target);
    if (!cell || event.target.closest('a:not(.none), button, textarea')) return;
    event.preventDefault();
    this.open(cell);
  }

  #cellAt(node) {
    const td = node.closest('td');
    return this.cells.texts.find((cell) => cell.td === td);
  }

  /* The cell of a lesson's topic or homework; undefined where it cannot be edited. */
  #find(pupil, column) {
    return this.cells.texts.find((cell) => cell.pupil === pupil && cell.column === column);
  }

  /* Open the topic of a lesson, when the cursor comes from the grid. */
  topic(pupil) {
    const cell = this.#find(pupil, FIELDS[0][1]);
    this.open(cell);
    return cell;
  }

  go(cell) {
    this.at.td.tabIndex = -1;
    this.at = cell;
    cell.td.tabIndex = 0;
    cell.td.focus();
  }

  open(cell, isOver = false) {
    if (!cell || this.cell === cell) return;
    this.close();
    this.go(cell);
    this.cell = cell;
    this.first = cell.value;
    const { area } = this;
    area.value = isOver ? '' : cell.value;
    area.maxLength = cell.most;
    area.setAttribute('aria-label', cell.name);
    cell.td.classList.add('is-editing');
    cell.td.append(area, this.#isMissing(cell) ? this.none : '');
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }

  /* Close the editor and enter its text, or the given text. */
  close(text = this.area?.value) {
    const { cell, area } = this;
    if (!cell) return;
    clearTimeout(this.pauseTimer);
    this.cell = null; // before area.remove(), whose blur calls close again
    const hadFocus = document.activeElement === area;
    area.remove();
    this.none.remove();
    cell.td.classList.remove('is-editing');
    this.enter([[cell, text]]);
    if (hadFocus) cell.td.focus();
  }

  /* Whether the field is that of a homework still missing, so that «Не задано» is
   * offered. */
  #isMissing({ td, column, value }) {
    return column === 'homework_text' && value === '' && !td.querySelector('.soft.none');
  }

  /* Enter «Не задано»: a field of the lesson's form that has no cell in the table. */
  #enterNone() {
    const { td, pupil, name } = this.cell;
    const none = this.cells.fromStored({ column: 'homework_none', pupil, old: '' });
    none.name = name;
    this.area.value = '';
    this.close();
    this.enter([[none, words.homeworkNone]]);
    td.querySelector('.todo.none')?.remove();
    td.append(make('span', { class: 'soft none' }, words.homeworkNone));
    this.cursor.go(this.cursor.at);
  }

  #typed() {
    const { cell, area } = this;
    clearTimeout(this.pauseTimer);
    this.pauseTimer = setTimeout(() => this.cell === cell && this.enter([[cell, area.value]]), PAUSE_MS);
  }

  /* Move on from the topic to the homework and from there to the grid, or back. */
  #leave(isBack) {
    const { pupil, column } = this.at;
    this.close();
    const next = this.#find(pupil, isBack ? 'topic' : 'homework_text');
    if (!next || next.column === column) this.cursor.go(this.cursor.at);
    else this.open(next);
  }

  #typing(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    const isControl = event.ctrlKey || event.metaKey;
    if (isControl && event.code === 'KeyS') {
      this.close();
      this.acts.save();
    }
    else if (event.key === 'Escape') this.close(this.first);
    else if (event.key === 'Tab' || (event.key === 'Enter' && !event.shiftKey)) this.#leave(event.shiftKey);
    else return;
    event.preventDefault();
  }

  /* Handle a key on a field that has the focus but is not open. */
  #key(event) {
    const cell = this.#cellAt(event.target);
    if (!cell || event.target !== cell.td || event.altKey) return;
    const { key } = event;
    const isControl = event.ctrlKey || event.metaKey;
    const step = { ArrowUp: -1, ArrowDown: 1 }[key];
    const side = { ArrowLeft: 'topic', ArrowRight: 'homework_text' }[key];
    if (key === 'Escape' || (isControl && key === 'ArrowLeft')) this.cursor.go(this.cursor.at);
    else if (isControl && event.code === 'KeyS') this.acts.save();
    else if (isControl && event.code === 'KeyZ') this.acts[event.shiftKey ? 'redo' : 'undo']();
    else if (isControl) return;
    else if (step) this.#step(cell, step);
    else if (side) this.go(this.#find(cell.pupil, side) ?? cell);
    else if (key === 'Enter' || key === 'F2') this.open(cell);
    else if (key === 'Delete') this.acts.empty([cell]);
    else if (key.length === 1) return this.open(cell, true); // the browser puts the sign in
    else return;
    event.preventDefault();
  }

  #step(cell, step) {
    const column = this.cells.texts.filter((one) => one.column === cell.column);
    this.go(column[column.indexOf(cell) + step] ?? cell);
  }
}
