/* journal_conflict.js: cells that someone else changed meanwhile.
 *
 * Nothing is overwritten: both values are shown, with who and when, and the
 * teacher chooses. The list stands before the table, so that it is met by
 * keyboard and by a screen reader; the cell itself is marked in the table.
 */
import { make } from './dom.js';
import { words } from './words.js';

export class Conflicts {
  constructor(cells, place, { onChoice, go }) {
    Object.assign(this, { cells, onChoice, go });
    this.list = make('ul', { class: 'conflicts', 'data-ej-conflicts': '', hidden: '' });
    place.before(this.list);
  }

  show() {
    const open = [...this.cells.changed].filter((cell) => cell.theirs);
    const signature = open.map((cell) => [cell.pupil, this.cells.column(cell), cell.value, cell.theirs.value].join()).join(';');
    if (signature === this.signature) return; // the focus stays where it is
    this.signature = signature;
    this.list.replaceChildren(...open.map((cell) => this.#item(cell)));
    this.list.hidden = open.length === 0;
  }

  #item(cell) {
    const { theirs } = cell;
    const name = cell.td ? this.cells.name(cell) : '';
    return make('li', {},
      make('button', { type: 'button', class: 'link', onclick: () => cell.td && this.go(cell) }, name),
      ` ${words.both(theirs, cell.value)} `,
      this.#button(words.mine, name, () => this.#choose(cell, false)),
      ' ',
      this.#button(words.theirs, name, () => this.#choose(cell, true)));
  }

  #button(text, name, onclick) {
    return make('button', { type: 'button', 'aria-label': `${text}: ${name}`, onclick }, text);
  }

  #choose(cell, isTheirs) {
    cell.base = cell.theirs.value;
    if (isTheirs) cell.value = cell.base;
    cell.theirs = null;
    this.cells.settle(cell);
    if (cell.td) this.go(cell);
    this.onChoice();
  }
}
