/* journal_conflict.js: lists the cells that another person changed meanwhile.
 *
 * Both values are shown, with the other person and the time, and the teacher chooses
 * one. The list stands before the table, where a keyboard or a screen reader comes to it
 * first; the cells are also marked in the table.
 */
import { make } from './dom.js';
import * as words from './words.js';

/* The beginning of a long text, for the label of a button. */
const short = (text) => (text.length > 24 ? `«${text.slice(0, 20)}…»` : text);

export class Conflicts {
  constructor(cells, place, { onChoice, go }) {
    Object.assign(this, { cells, onChoice, go });
    this.list = make('ul', { class: 'conflicts', 'data-ej-conflicts': '', hidden: '' });
    place.before(this.list);
  }

  show() {
    const open = [...this.cells.changed].filter((cell) => cell.theirs || ((!cell.td || cell.isText) && cell.refused));
    const signature = open.map((cell) => [cell.pupil, this.cells.column(cell), cell.value, cell.theirs?.value, cell.refused].join()).join(';');
    if (signature === this.signature) return; // replacing the list would lose the focus
    this.signature = signature;
    const [texts, rest] = [open.filter((cell) => cell.isText && !cell.markCell && cell.td), open.filter((cell) => !cell.isText || cell.markCell || !cell.td)];
    this.list.replaceChildren(...rest.map((cell) => (cell.theirs ? this.#item(cell) : this.#lost(cell))));
    this.list.hidden = rest.length === 0;
    this.#atTexts(texts);
  }

  /* Show the question, or the refusal, of a text in its own table field. */
  #atTexts(texts) {
    for (const one of this.asked ?? []) one.remove();
    this.asked = texts.map((cell) => make('ul', { class: 'conflicts' }, cell.theirs ? this.#item(cell) : make('li', {}, this.cells.fault(cell))));
    texts.forEach((cell, i) => cell.td.append(this.asked[i]));
  }

  #item(cell) {
    const { theirs } = cell;
    const name = this.cells.name(cell);
    return make('li', {},
      cell.isText && !cell.markCell ? null : cell.td ? make('button', { type: 'button', class: 'link', onclick: () => this.go(cell) }, name) : name,
      ` ${words.conflict(theirs, cell.value)} `,
      this.#button(words.keepValue(short(cell.value)), name, () => this.#choose(cell, false)),
      ' ',
      this.#button(words.takeValue(short(theirs.value)), name, () => this.#choose(cell, true)));
  }

  /* Show a refused value whose cell is not on the page: it can only be discarded. */
  #lost(cell) {
    const drop = () => {
      Object.assign(cell, { value: cell.base, refused: '' });
      this.cells.settle(cell);
      this.onChoice();
    };
    const name = this.cells.name(cell);
    return make('li', {}, `${words.lostValue(name, cell.value)} ${this.cells.fault(cell)} `, this.#button(words.discard, name, drop));
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
