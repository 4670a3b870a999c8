/* journal_keys.js: handles keys while the cursor is on a cell.
 *
 * Commands are recognised by the key's position (event.code), so that they work with a
 * Russian layout too.
 */
import { make } from './dom.js';
import * as words from './words.js';

const PAGE = 10;

const MOVES = {
  ArrowUp: () => [-1, 0],
  ArrowDown: () => [1, 0],
  ArrowLeft: () => [0, -1],
  ArrowRight: () => [0, 1],
  Home: (isControl) => [isControl ? -Infinity : 0, -Infinity],
  End: (isControl) => [isControl ? Infinity : 0, Infinity],
  PageUp: () => [-PAGE, 0],
  PageDown: () => [PAGE, 0],
};

/* The list of the keys, for the legend of the grid. */
export function keyList() {
  const rows = words.gridKeys.flatMap(([key, act]) => [make('dt', {}, key), make('dd', {}, act)]);
  return make('section', { 'data-ej-keys': '' }, make('h2', {}, words.gridKeysTitle), make('dl', {}, ...rows));
}

export class Keys {
  /* acts: the commands, functions made by journal.js */
  constructor({ cells, cursor, editor, acts }) {
    Object.assign(this, { cells, cursor, editor, acts });
    cells.table.addEventListener('keydown', (event) => this.#key(event));
  }

  #key(event) {
    if (!this.cells.byNode(event.target) || event.altKey || event.isComposing) return;
    const isLeaving = this.isLeaving;
    this.isLeaving = false;
    const advanced = this.editor.advanced;
    if (event.key !== 'Shift') this.editor.advanced = false;
    const isControl = event.ctrlKey || event.metaKey;
    const move = MOVES[event.key];
    if (this.#isHabit(event, advanced)) event.preventDefault();
    if (event.defaultPrevented) return;
    if (isControl && event.key === 'ArrowRight') this.acts.topic();
    else if (move) this.cursor.step(...move(isControl), event.shiftKey);
    else if (isControl) {
      if (!this.#command(event)) return;
    }
    else if (event.key === 'Tab') {
      if (isLeaving || !this.cursor.next(0, event.shiftKey ? -1 : 1)) return;
    }
    else if (event.key === 'Enter') this.cursor.next(event.shiftKey ? -1 : 1, 0);
    else if (!this.#entry(event, advanced)) return;
    event.preventDefault();
  }

  /* Whether to ignore a key that moves the cursor, right after a complete value moved it
   * already: people press the key out of habit. Once a person has typed a next value
   * without that key, later presses count: they skip a pupil. */
  #isHabit({ key, shiftKey }, advanced) {
    if (advanced && /^[^/. ]$/.test(key)) this.isSkipping = true;
    if (!advanced || shiftKey || this.isSkipping) return false;
    return key === 'Enter' || key === (advanced === 'down' ? 'ArrowDown' : 'ArrowRight');
  }

  #command(event) {
    const { acts } = this;
    if (event.code === 'KeyZ' && event.shiftKey) acts.redo();
    else if (event.code === 'KeyZ') acts.undo();
    else if (event.code === 'KeyY') acts.redo();
    else if (event.code === 'KeyD') acts.fillDown();
    else if (event.code === 'KeyS') acts.save();
    else return false;
    return true;
  }

  /* Returns whether the key was handled. */
  #entry(event, advanced) {
    const { key } = event;
    const { at } = this.cursor;
    if (key === 'F2' && event.shiftKey) this.acts.note();
    else if (key === 'F2') this.editor.open(at, false);
    else if (key === 'Delete' || key === 'Backspace') this.acts.empty();
    else if (key === 'Escape') {
      this.isLeaving = true;
      this.acts.leave();
    }
    else if (key.length !== 1 && key !== 'Process' && key !== 'Unidentified') return false;
    else if (event.code === 'KeyI' && !this.#beginsValue(key)) this.acts.history();
    else if (key === ' ' && !advanced) return true;
    else if (!at.isOpen) this.acts.refuse();
    else return this.#type(key, advanced);
    return true;
  }

  /* Open the editor and let the browser put the typed character into it. A "/" or a blank
   * right after a value that moved the cursor continues that value; a "/" on a cell with
   * a mark adds a retake to it, since no value begins with "/". */
  #type(key, advanced) {
    const isContinued = advanced && ['/', '.', ' '].includes(key);
    if (isContinued && this.acts.stepBack()) return false;
    const { at } = this.cursor;
    const hasMark = !at.isTerm && at.grammar.parts(at.value).marks.length > 0;
    this.editor.open(at, true);
    if (hasMark && ['/', '.'].includes(key)) this.editor.input.value = at.value;
    return false;
  }

  /* Whether any value of this school's scale begins with the character. */
  #beginsValue(key) {
    const { at } = this.cursor;
    const sign = at.grammar.toCyrillic(key);
    return at.grammar.allowed(at.isTerm).split(' ')
      .some((value) => value.startsWith(sign));
  }
}
