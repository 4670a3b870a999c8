/* journal_topics.js: the right-hand leaf: topic and homework are written in place.
 *
 * Each is a cell beside those of the grid: it is saved, kept, taken back and
 * asked about with them. It belongs to a lesson instead of a pupil, and it is
 * named after the field of the lesson's form (xslt/lesson.xsl).
 */
import { make } from './dom.js';
import * as words from './words.js';

const FIELDS = [[2, 'topic', 1000], [4, 'homework_text', 4000]]; // by the table's columns
const REST_MS = 2000;

export class Topics {
  /* enter(changes): write into cells; back(): to the grid; acts: of journal_keys.js */
  constructor({ cells, enter, pick, acts }) {
    Object.assign(this, { cells, enter, pick, acts });
    const table = document.querySelector('.topics');
    for (const row of table?.tBodies[0].rows ?? []) this.#row(row);
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
      onclick: () => this.#none(),
    }, words.homeworkNone);
    table.addEventListener('keydown', (event) => this.#key(event));
    table.addEventListener('click', (event) => this.#click(event));
  }

  #row(row) {
    const pupil = /\d+$/.exec(row.querySelector('th a').pathname)[0];
    const c = this.cells.lessons.indexOf(pupil);
    // a lesson ahead has no column: a substitute's own are not told from others
    const isOff = row.matches('.is-off') || this.cells.heads.some((head, i) => (c < 0 || c === i) && 'off' in head.dataset);
    if (isOff) return;
    for (const [i, column, most] of FIELDS) if (row.cells[i]) this.#cell(row, row.cells[i], column, most, pupil);
  }

  /* What stands in the field goes into a place of its own; beside it stay a duty
   * (.none: that nothing is written), a substitute's name and further tasks. */
  #cell(row, td, column, most, pupil) {
    const place = make('span', { 'data-word': words.fields[column] });
    const end = [...td.childNodes].findIndex((node) => node.tagName && !node.matches('a:not(.todo)'));
    place.append(...[...td.childNodes].slice(0, end < 0 ? undefined : end));
    td.prepend(place);
    const text = place.textContent.trim();
    const cell = { td, column, pupil, most, base: text, value: text, isOpen: true, isText: true,
      name: `${words.fields[column]}, ${row.cells[0].textContent.trim()}`,
      sending: false, theirs: null, refused: '', isFresh: false };
    let laid = text;
    cell.lay = () => {
      if (laid === cell.value) return;
      laid = cell.value;
      place.replaceChildren(laid);
      for (const duty of td.querySelectorAll('.none')) duty.hidden = laid !== '';
    };
    td.tabIndex = -1;
    td.setAttribute('aria-description', words.editable);
    this.cells.texts.push(cell);
  }

  /* What is not written yet is written here; other links lead where they say. */
  #click(event) {
    const cell = this.#of(event.target);
    if (!cell || event.target.closest('a:not(.none), button, textarea')) return;
    event.preventDefault();
    this.open(cell);
  }

  #of(node) {
    const td = node.closest('td');
    return this.cells.texts.find((cell) => cell.td === td);
  }

  /* The field of a lesson: its topic, or the homework beside it. */
  #beside(pupil, column) {
    return this.cells.texts.find((cell) => cell.pupil === pupil && cell.column === column);
  }

  /* From the grid to the topic of the lesson under the cursor. */
  topic(pupil) {
    const cell = this.#beside(pupil, FIELDS[0][1]);
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
    cell.td.append(area, this.#isAsked(cell) ? this.none : '');
    area.focus();
    area.setSelectionRange(area.value.length, area.value.length);
  }

  /* What stands in the field is entered; with text, that. */
  close(text = this.area?.value) {
    const { cell, area } = this;
    if (!cell) return;
    clearTimeout(this.rest);
    this.cell = null; // first: taking the field away blurs it
    const hadFocus = document.activeElement === area;
    area.remove();
    this.none.remove();
    cell.td.classList.remove('is-editing');
    this.enter([[cell, text]]);
    if (hadFocus) cell.td.focus();
  }

  /* Whether homework is still to be written, or to be called none. */
  #isAsked({ td, column, value }) {
    return column === 'homework_text' && value === '' && !td.querySelector('.soft.none');
  }

  /* «Не задано»: a field of the lesson without a place of its own. */
  #none() {
    const { td, pupil, name } = this.cell;
    const none = this.cells.kept({ column: 'homework_none', pupil, old: '' });
    none.name = name;
    this.area.value = '';
    this.close();
    this.enter([[none, words.homeworkNone]]);
    td.querySelector('.todo.none')?.remove();
    td.append(make('span', { class: 'soft none' }, words.homeworkNone));
    this.pick.go(this.pick.at);
  }

  #typed() {
    const { cell, area } = this;
    clearTimeout(this.rest);
    this.rest = setTimeout(() => this.cell === cell && this.enter([[cell, area.value]]), REST_MS);
  }

  /* From the topic to the homework, from there to the grid, and back. */
  #leave(isBack) {
    const { pupil, column } = this.at;
    this.close();
    const next = this.#beside(pupil, isBack ? 'topic' : 'homework_text');
    if (!next || next.column === column) this.pick.go(this.pick.at);
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

  /* A key while a field is chosen and not open. */
  #key(event) {
    const cell = this.#of(event.target);
    if (!cell || event.target !== cell.td || event.altKey) return;
    const { key } = event;
    const isControl = event.ctrlKey || event.metaKey;
    const step = { ArrowUp: -1, ArrowDown: 1 }[key];
    const side = { ArrowLeft: 'topic', ArrowRight: 'homework_text' }[key];
    if (key === 'Escape' || (isControl && key === 'ArrowLeft')) this.pick.go(this.pick.at);
    else if (isControl && event.code === 'KeyS') this.acts.save();
    else if (isControl && event.code === 'KeyZ') this.acts[event.shiftKey ? 'redo' : 'undo']();
    else if (isControl) return;
    else if (step) this.#step(cell, step);
    else if (side) this.go(this.#beside(cell.pupil, side) ?? cell);
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
