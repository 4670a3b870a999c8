/* journal_clipboard.js: copies cells to a spreadsheet and pastes them from one (TSV).
 *
 * A pasted block is entered at once if every value has an open cell and no mark is
 * erased. Any other block (over a closed row, with more lines than pupils, with blanks
 * over marks, with a column of names) is first shown in a dialog, pupil by pupil,
 * because its marks could go to the wrong pupils.
 */
import { dialog, make } from './dom.js';
import { parseTable } from './table_text.js';
import * as words from './words.js';

const MAX_LINES = 60; // shown in the dialog

/* A pupil's name without its number in the list, case and «ё», for comparing. */
const comparable = (name) => name.toLowerCase().replaceAll('ё', 'е').replace(/^[\d.\s]+/, '').replace(/\s+/g, ' ').trim();

export class Clipboard {
  constructor({ cells, cursor, editor, enter, undo, say }) {
    Object.assign(this, { cells, cursor, editor, enter, undo, say });
    for (const name of ['copy', 'cut', 'paste']) {
      document.addEventListener(name, (event) => {
        if (this.#isOnCell()) this[name](event);
      });
    }
  }

  #isOnCell() {
    return !this.editor.isOpen && this.cells.byNode(document.activeElement) !== undefined;
  }

  copy(event) {
    const text = this.cursor.block()
      .map((row) => row.map((cell) => cell.value).join('\t')).join('\n');
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
  }

  cut(event) {
    this.copy(event);
    this.enter(this.cursor.block().flat().map((cell) => [cell, '']));
  }

  paste(event) {
    event.preventDefault();
    if (!this.cells.canWrite) return this.say(words.readOnly);
    const rows = parseTable(event.clipboardData.getData('text/plain'));
    const isOne = rows.length === 1 && rows[0].length === 1;
    const plan = isOne ? this.#planOneValue(rows[0][0]) : this.#planByName(rows) ?? this.#planByPosition(rows);
    return plan.isAsked || plan.blanks.length ? this.#ask(plan) : this.#put(plan);
  }

  #put({ changes: texts, lost }, erased = []) {
    const changes = [...texts, ...erased];
    const before = changes.map(([cell]) => cell.value);
    const changed = this.enter(changes, { isOver: true, isPasted: true });
    const wrong = changes.filter(([cell], i) => cell.value !== before[i] && this.cells.fault(cell)).length;
    this.say(words.pasted({ changed: changed - wrong, wrong, lost, same: changes.length - changed }));
  }

  /* Plan to paste one value into all cells of the selected block. */
  #planOneValue(text) {
    const block = this.cursor.block().flat();
    const open = block.filter((cell) => cell.isOpen);
    return this.#plan(open.map((cell) => [cell, text]), block.length - open.length);
  }

  /* Make a plan from [cell, text] pairs. blanks: the pairs that would erase a value;
   * lost: the number of values without an open cell; unknown: names that no pupil has;
   * isAsked: whether to show the dialog first. */
  #plan(pairs, lost, { isAsked = lost > 0, unknown = [] } = {}) {
    const changes = pairs.filter(([, text]) => text.trim() !== '');
    const blanks = pairs.filter(([cell, text]) => text.trim() === '' && cell.value !== '');
    return { changes, blanks, lost, isAsked, unknown };
  }

  /* Plan to paste rows from the upper left corner of the selected block on. A single
   * column with one line for each open cell below skips the closed cells. */
  #planByPosition(rows) {
    const { top, left } = this.cursor.bounds();
    const below = this.cells.grid.slice(top);
    const open = below.filter((row) => row[left]?.isOpen);
    const isOpenOnly = rows.every((row) => row.length === 1) && rows.length === open.length && open.length < below.length;
    const lines = isOpenOnly ? open : below;
    const pairs = [];
    let lost = 0;
    let last = null;
    rows.forEach((row, i) => row.forEach((text, k) => {
      const cell = lines[i]?.[left + k];
      if (cell?.isOpen) pairs.push([cell, text]);
      else if (text.trim()) lost += 1;
      last = cell ?? last;
    }));
    this.cursor.go(this.cells.at(top, left));
    if (last) this.cursor.go(last, true);
    return this.#plan(pairs, lost, { isAsked: isOpenOnly || lost > 0 });
  }

  /* Plan to paste each line into the row of the pupil whose name it begins with.
   * Returns undefined when most lines do not begin with a name. */
  #planByName(rows) {
    const { left } = this.cursor.bounds();
    const pupils = new Map();
    for (const row of this.cells.grid) {
      const name = comparable(this.cells.pupil(row[0]));
      pupils.set(name, pupils.has(name) ? null : row); // null: two pupils have this name
    }
    const find = (text) => pupils.get(comparable(text)) ?? pupils.get(comparable(text).split(' ').slice(0, 2).join(' '));
    const found = rows.map((row) => (row.length > 1 ? find(row[0]) : undefined));
    if (found.filter(Boolean).length * 2 < rows.length) return undefined;
    const pairs = [];
    const unknown = [];
    let lost = 0;
    rows.forEach((row, i) => {
      if (!found[i]) unknown.push(row[0].trim());
      else row.slice(1).forEach((text, k) => {
        const cell = found[i][left + k];
        if (cell?.isOpen) pairs.push([cell, text]);
        else if (text.trim()) lost += 1;
      });
    });
    return this.#plan(pairs, lost, { isAsked: true, unknown: unknown.filter(Boolean) });
  }

  /* Show the planned changes in a dialog whose button pastes them. */
  #ask(plan) {
    const erase = plan.blanks.length > 0 ? make('input', { type: 'checkbox' }) : null;
    const pairs = [...plan.changes, ...plan.blanks];
    const body = make('tbody');
    const fill = () => body.replaceChildren(...pairs.slice(0, MAX_LINES).map(([cell, text]) => this.#line(cell, text, erase?.checked)));
    fill();
    const box = dialog(words.pasteTitle,
      plan.lost > 0 ? make('p', {}, words.pasteLost(plan.lost)) : null,
      plan.unknown.length > 0 ? make('p', {}, words.pasteUnknown(plan.unknown)) : null,
      make('div', { class: 'scroll' }, make('table', { class: 'data' },
        make('thead', {}, make('tr', {}, ...words.pasteHead.map((text) => make('th', { scope: 'col' }, text)))), body)),
      erase ? make('label', { class: 'check' }, erase, make('span', {}, words.pasteErase)) : null,
      make('p', { class: 'bar' },
        make('button', { type: 'button', class: 'main', 'data-ej-paste': '', onclick: () => {
          box.close();
          this.#put(plan, erase?.checked ? plan.blanks : []);
        } }, words.pasteConfirm),
        make('button', { type: 'button', onclick: () => box.close() }, words.pasteCancel)));
    erase?.addEventListener('change', fill);
    box.addEventListener('close', () => this.cursor.refocus());
  }

  #line(cell, text, isErasing) {
    const { grammar } = cell;
    const value = grammar.read(text, cell.isTerm, true);
    const isBlank = text.trim() === '';
    const next = isBlank ? (isErasing ? '' : cell.value) : value === null ? text : grammar.combine(cell.value, value, cell.isTerm);
    return make('tr', { class: next === cell.value && 'is-off' },
      make('th', { scope: 'row' }, this.cells.pupil(cell)), make('td', {}, cell.value || words.emptyCell),
      make('td', { class: value === null && !isBlank && 'is-wrong' }, next || words.emptyCell));
  }
}
