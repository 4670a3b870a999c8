/* journal_clip.js: copying to and pasting from a spreadsheet (TSV).
 *
 * A block that fits the open cells exactly and empties none goes in at once.
 * Any other one (a pupil's row that is closed, more lines than pupils, blanks
 * over marks, a column of names) is shown first, pupil by pupil: by position
 * alone a mark would come to the neighbour.
 */
import { dialog, make } from './dom.js';
import * as words from './words.js';

/* Rows of a spreadsheet's text; quoted fields may hold tabs and line ends. */
export function parseTable(text) {
  const rows = [[]];
  const field = /("(?:[^"]|"")*"|[^\t\r\n]*)(\t|\r\n|\n|\r|$)/y;
  const source = text.replace(/(\r\n|\n|\r)$/, '');
  while (field.lastIndex <= source.length) {
    const [, value, end] = field.exec(source) ?? [];
    if (end === undefined) return source.split(/\r?\n/).map((line) => line.split('\t'));
    const isQuoted = value.length > 1 && value.startsWith('"');
    rows.at(-1).push(isQuoted ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === '') break;
    if (end !== '\t') rows.push([]);
  }
  return rows;
}

const SHOWN = 60; // lines of the question

const folded = (name) => name.toLowerCase().replaceAll('ё', 'е').replace(/^[\d.\s]+/, '').replace(/\s+/g, ' ').trim();

export class Clip {
  constructor({ cells, pick, editor, enter, undo, say }) {
    Object.assign(this, { cells, pick, editor, enter, undo, say });
    for (const name of ['copy', 'cut', 'paste']) {
      document.addEventListener(name, (event) => {
        if (this.#isMine()) this[name](event);
      });
    }
  }

  #isMine() {
    return !this.editor.isOpen && this.cells.of(document.activeElement) !== undefined;
  }

  copy(event) {
    const text = this.pick.block()
      .map((row) => row.map((cell) => cell.value).join('\t')).join('\n');
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
  }

  cut(event) {
    this.copy(event);
    this.enter(this.pick.block().flat().map((cell) => [cell, '']));
  }

  paste(event) {
    event.preventDefault();
    if (!this.cells.canWrite) return this.say(words.readOnly);
    const rows = parseTable(event.clipboardData.getData('text/plain'));
    const isOne = rows.length === 1 && rows[0].length === 1;
    const plan = isOne ? this.#fill(rows[0][0]) : this.#named(rows) ?? this.#place(rows);
    return plan.isAsked || plan.blanks.length ? this.#ask(plan) : this.#put(plan);
  }

  #put({ changes: texts, lost }, erased = []) {
    const changes = [...texts, ...erased];
    const before = changes.map(([cell]) => cell.value);
    const changed = this.enter(changes, { isOver: true, isPasted: true });
    const wrong = changes.filter(([cell], i) => cell.value !== before[i] && this.cells.fault(cell)).length;
    this.say(words.pasted({ changed: changed - wrong, wrong, lost, same: changes.length - changed }));
  }

  /* One value over the whole block. */
  #fill(text) {
    const block = this.pick.block().flat();
    const open = block.filter((cell) => cell.isOpen);
    return this.#plan(open.map((cell) => [cell, text]), block.length - open.length);
  }

  /* Texts of cells as a plan: blanks over something are apart. */
  #plan(pairs, lost, { isAsked = lost > 0, unknown = [] } = {}) {
    const changes = pairs.filter(([, text]) => text.trim() !== '');
    const blanks = pairs.filter(([cell, text]) => text.trim() === '' && cell.value !== '');
    return { changes, blanks, lost, isAsked, unknown };
  }

  /* A block from the block's upper left corner on. One column with as many
   * lines as pupils who can be marked leaves the others out. */
  #place(rows) {
    const { top, left } = this.pick.bounds();
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
    this.pick.go(this.cells.at(top, left));
    if (last) this.pick.go(last, true);
    return this.#plan(pairs, lost, { isAsked: isOpenOnly || lost > 0 });
  }

  /* Lines that begin with a pupil's name go to that pupil; undefined when most
   * do not. */
  #named(rows) {
    const { left } = this.pick.bounds();
    const pupils = new Map();
    for (const row of this.cells.grid) {
      const name = folded(this.cells.pupil(row[0]));
      pupils.set(name, pupils.has(name) ? null : row); // of namesakes none
    }
    const find = (text) => pupils.get(folded(text)) ?? pupils.get(folded(text).split(' ').slice(0, 2).join(' '));
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

  /* Show what would change, and paste it when told to. */
  #ask(plan) {
    const erase = plan.blanks.length > 0 ? make('input', { type: 'checkbox' }) : null;
    const pairs = [...plan.changes, ...plan.blanks];
    const body = make('tbody');
    const fill = () => body.replaceChildren(...pairs.slice(0, SHOWN).map(([cell, text]) => this.#line(cell, text, erase?.checked)));
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
        } }, words.pasteGo),
        make('button', { type: 'button', onclick: () => box.close() }, words.pasteStop)));
    erase?.addEventListener('change', fill);
    box.addEventListener('close', () => this.pick.refocus());
  }

  #line(cell, text, isErasing) {
    const { grammar } = this.cells;
    const value = grammar.read(text, cell.isTerm, true);
    const isBlank = text.trim() === '';
    const next = isBlank ? (isErasing ? '' : cell.value) : value === null ? text : grammar.over(cell.value, value, cell.isTerm);
    return make('tr', { class: next === cell.value && 'is-off' },
      make('th', { scope: 'row' }, this.cells.pupil(cell)), make('td', {}, cell.value || words.erased),
      make('td', { class: value === null && !isBlank && 'is-wrong' }, next || words.erased));
  }
}
