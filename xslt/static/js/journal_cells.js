/* journal_cells.js: the table as rows and columns of cells.
 *
 * A cell has the server's last known value (base) and the page's present one
 * (value). Its state follows from these and is shown by paint(), with classes and
 * attributes, so that it never depends on colour alone.
 */
import { Measure } from './journal_measure.js';
import { Grammar } from './journal_value.js';
import * as words from './words.js';

const STATES = ['is-changed', 'is-saving', 'is-saved', 'is-conflict', 'is-wrong'];
const SIGNS = { 'is-changed': '•', 'is-saving': '…', 'is-saved': '✓', 'is-conflict': '≠', 'is-wrong': '!' };

/* Whether a cell is a text of a lesson: its column is a field's name, not a number. */
const isText = ({ column }) => !/^\d/.test(column);

/* The value of a field as it is sent: «Не задано» is a checkbox of the lesson's form. */
const sentValue = (column, value) => (column === 'homework_none' && value ? '1' : value);

export class Cells {
  constructor(table) {
    this.table = table;
    this.grammar = new Grammar(table.dataset);
    this.canWrite = table.dataset.canWrite === '1';
    this.heads = [...table.tHead.querySelectorAll('th[data-c]')];
    // a column with a unit holds results, any other marks
    this.grammars = this.heads.map(({ dataset }) => (dataset.unit ? new Measure(dataset.unit) : this.grammar));
    this.rows = [...table.querySelectorAll('tbody tr[data-p]')];
    for (const link of table.querySelectorAll('tbody th a')) link.tabIndex = -1; // Tab goes to the cells
    this.days = this.#days((day) => day.querySelector('a')?.title || day.textContent);
    this.lessons = this.#days((day) => /\/lessons\/(\d+)$/.exec(day.querySelector('a')?.pathname)?.[1]);
    this.texts = []; // topics and homework (journal_topics.js), comments
    this.absent = new Map();
    this.changed = new Set();
    this.grid = this.rows.map((row, r) => this.#row(row, r));
    this.height = this.grid.length;
    this.width = this.heads.length;
  }

  /* For each column read(day), where day is the head of its day, which spans all
   * columns of the lesson. */
  #days(read) {
    const days = this.heads[0]?.parentElement.previousElementSibling?.cells ?? [];
    return [...days].flatMap((day) => Array(day.colSpan).fill(read(day)));
  }

  /* The cells of a row; its last column, the mean, is not one of them. */
  #row(row, r) {
    const tds = [...row.children].filter((one) => one.tagName === 'TD');
    return this.heads.map((head, c) => this.#cell(tds[c], row, r, c));
  }

  #cell(td, row, r, c) {
    const text = td.textContent.trim();
    const cell = {
      td, r, c, base: text, value: text, pupil: row.dataset.p,
      grammar: this.grammars[c],
      isTerm: 'term' in this.heads[c].dataset,
      isShown: !this.canWrite && !td.matches('.x'),
      isOthers: 'off' in this.heads[c].dataset,
      isOpen: this.canWrite && !('off' in this.heads[c].dataset) && !td.matches('.x'),
      sending: false, theirs: null, refused: '', isFresh: false,
    };
    td.setAttribute('role', 'gridcell');
    if (!cell.isOpen) td.setAttribute('aria-readonly', 'true');
    td.tabIndex = -1;
    return cell;
  }

  /* Whether the cells are marks, which have history, comments and keys of their own. */
  get hasMarks() {
    return this.grammars.every((one) => one === this.grammar);
  }

  /* The address of the journal's mount. */
  get base() {
    return this.table.dataset.action.replace(/\/journals\/\d+$/, '');
  }

  get token() {
    return this.table.dataset.token;
  }

  set token(token) {
    this.table.dataset.token = token;
  }

  /* A cell's data as they are sent and stored. */
  wire(cell) {
    return { column: this.column(cell), pupil: cell.pupil, old: cell.base, value: cell.value };
  }

  /* The address to which a batch is sent: cells of the grid go to the journal, texts of
   * a lesson to the lesson. */
  address([one]) {
    return isText(one) ? `${this.base}/lessons/${one.pupil}` : this.table.dataset.action;
  }

  fields(cells) {
    return cells.flatMap((cell) => {
      const { column, pupil, old, value } = cell;
      if (isText(cell)) return [[column, sentValue(column, value)], [`old_${column}`, sentValue(column, old)]];
      return [['column_id', column], ['pupil_id', pupil], ['old', old], ['value', value]];
    });
  }

  /* The number, from 1, of the cell in a batch that an outcome belongs to. */
  number({ n, field }, cells) {
    return isText(cells[0]) ? cells.findIndex(({ column }) => column === field) + 1 : n;
  }

  column(cell) {
    return this.heads[cell.c]?.dataset.c ?? cell.column;
  }

  at(r, c) {
    return this.grid[r]?.[c];
  }

  /* The cell where the cursor starts: in the last lesson that was held, the first pupil
   * that can be marked; without a lesson held, in the first column. */
  start() {
    const held = this.#days((day) => day.querySelector('a:not(.ahead)') !== null);
    const c = Math.max(held.lastIndexOf(true), 0);
    return this.grid.find((row) => row[c]?.isOpen)?.[c] ?? this.at(0, c);
  }

  /* The cell that contains an element. */
  byNode(node) {
    const td = node?.closest?.('td');
    const r = this.rows.indexOf(td?.parentElement);
    return r < 0 ? undefined : this.grid[r].find((cell) => cell.td === td);
  }

  /* The number of the column with an id. An entry stored when its lesson had no work has
   * the lesson's id; its column is now that of the lesson's first work. */
  #columnNumber(column) {
    const c = this.heads.findIndex((head) => head.dataset.c === column);
    return c < 0 ? this.lessons.indexOf(column) : c;
  }

  /* The cell of a stored entry on this page; undefined if there is none. */
  find(column, pupil, old) {
    const [, work, child, attempt = 1] = /^comment\.(\d+)\.(\d+)(?:\.(\d+))?$/.exec(column) ?? [];
    const markCell = work && this.find(work, child);
    if (markCell) return this.note(markCell, Number(attempt), this.attempts(markCell) > 1 ? old : undefined);
    return this.texts.find((cell) => cell.column === column && cell.pupil === pupil) ?? this.grid.find((row) => row[0]?.pupil === pupil)?.[this.#columnNumber(column)];
  }

  /* The number of marks in a cell's present value. */
  attempts(cell) {
    return cell.value.split('/').length;
  }

  canNote(cell) {
    return cell.isOpen && Boolean(this.lessons[cell.c]);
  }

  /* The cell of an attempt's comment, which is a text of the lesson; undefined where
   * none may be written. It is shown only as a corner of the mark's cell. base: the
   * server's comment, where the mark's title joins the comments of several attempts. */
  note(cell, attempt = 1, base = cell.td.title) {
    if (!this.canNote(cell)) return undefined;
    cell.notes ??= new Map();
    if (!cell.notes.has(attempt)) {
      const note = {
        td: cell.td, markCell: cell, column: `comment.${this.column(cell)}.${cell.pupil}${attempt > 1 ? `.${attempt}` : ''}`,
        pupil: this.lessons[cell.c], base, value: base,
        name: `${words.note}: ${this.name(cell)}`, isOpen: true, isText: true,
        sending: false, theirs: null, refused: '', isFresh: false,
      };
      cell.notes.set(attempt, note);
      this.texts.push(note);
    }
    return cell.notes.get(attempt);
  }

  /* The cell of an entry stored by an earlier page, even if this page does not have it;
   * always the same object for one place. */
  fromStored({ column, pupil, old }) {
    const found = this.find(column, pupil, old);
    if (found) return found;
    const key = `${column}/${pupil}`;
    if (!this.absent.has(key)) {
      this.absent.set(key, { td: null, column, pupil, base: old, value: old, isOpen: true, isText: !/^\d/.test(column), sending: false, theirs: null, refused: '' });
    }
    return this.absent.get(key);
  }

  all() {
    return [...this.grid.flat(), ...this.texts];
  }

  /* The name of the cell's pupil, without the day on which they came or left. */
  pupil(cell) {
    const head = this.rows.find((row) => row.dataset.p === cell?.pupil)?.querySelector('th');
    return (head?.querySelector('a, s')?.textContent ?? head?.firstChild?.textContent ?? '').trim().replace(/\s+/g, ' ');
  }

  /* The meaning of an absence's letter, from the legend. */
  means(value) {
    const { code } = this.grammar.parts(value);
    const [term] = code ? [...document.querySelectorAll('.codes dt')].filter((one) => one.textContent === code) : [];
    return term ? `${code} — ${term.nextElementSibling.textContent}` : '';
  }

  name(cell) {
    if (cell.name) return cell.name;
    const row = this.rows.find((one) => one.dataset.p === cell.pupil);
    const pupil = row?.querySelector('th').textContent;
    if (!cell.td) return pupil?.trim().replace(/\s+/g, ' ') ?? '';
    const head = this.heads[cell.c];
    const parts = [pupil, this.days[cell.c], head.title || head.textContent];
    return parts.map((part) => part?.trim().replace(/\s+/g, ' ')).filter((part) => part && part !== '·').join(', ');
  }

  /* Set the value of a cell, on the page only. */
  put(cell, value) {
    if (cell.value === value && !cell.refused) return;
    cell.value = value;
    cell.refused = '';
    this.settle(cell);
  }

  /* Compute a cell's state anew, after its base, value or outcome changed. */
  settle(cell) {
    const isDirty = cell.value !== cell.base || cell.theirs || cell.sending;
    this.changed[isDirty ? 'add' : 'delete'](cell);
    if (cell.td) this.paint(cell);
  }

  isValid(cell) {
    // a cell that is not on the page is for the server to judge
    return !cell.td || cell.isText || cell.value === '' || cell.grammar.read(cell.value, cell.isTerm) === cell.value;
  }

  /* Whether a value says both that the pupil missed the lesson and a mark. */
  isAbsentMarked(cell, value = cell.value) {
    if (cell.isTerm || cell.isText) return false;
    const { code, marks } = cell.grammar.parts(value);
    return marks.length > 0 && cell.grammar.missed.includes(code);
  }

  /* The message about a wrong value; '' when it is right. */
  fault(cell) {
    if (cell.refused) return words.refusal(cell.refused);
    if (cell.value === cell.base || this.isValid(cell)) return '';
    return cell.grammar.fault?.() ?? words.notOnScale(cell.grammar.allowed(cell.isTerm));
  }

  /* Cells that may be sent now. */
  sendable() {
    return [...this.changed].filter((cell) => cell.value !== cell.base && !cell.theirs
      && !cell.sending && !cell.refused && this.isValid(cell));
  }

  count(test) {
    return [...this.changed].filter(test).length;
  }

  #state(cell) {
    if (cell.theirs) return 'is-conflict';
    if (this.fault(cell)) return 'is-wrong';
    if (cell.sending) return 'is-saving';
    if (cell.value !== cell.base) return 'is-changed';
    return cell.isFresh ? 'is-saved' : '';
  }

  paint(cell) {
    const { td } = cell;
    if (cell.markCell) {
      if (this.attempts(cell.markCell) === 1) td.title = cell.value;
      td.classList.toggle('m', cell.value !== '' || td.title !== '');
      return;
    }
    const state = this.#state(cell);
    if (cell.showText) cell.showText();
    else if (!td.querySelector('input') && td.textContent !== cell.value) td.textContent = cell.value;
    td.classList.remove(...STATES);
    if (state) td.classList.add(state);
    if (state) td.dataset.mark = SIGNS[state];
    else delete td.dataset.mark;
    const isBad = state === 'is-wrong' || state === 'is-conflict';
    if (isBad) td.setAttribute('aria-invalid', 'true');
    else td.removeAttribute('aria-invalid');
  }
}
