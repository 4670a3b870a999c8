/* journal_keys.js: handles keys while the cursor is on a cell.
 *
 * Commands go by the place of the key (event.code), so that they work under
 * a Russian layout too.
 */
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

export class Keys {
  /* acts: empty, undo, redo, fillDown, save, history, leave */
  constructor({ cells, pick, editor, acts }) {
    Object.assign(this, { cells, pick, editor, acts });
    cells.table.addEventListener('keydown', (event) => this.#key(event));
  }

  #key(event) {
    if (!this.cells.of(event.target) || event.altKey || event.isComposing) return;
    const isLeaving = this.isLeaving;
    this.isLeaving = false;
    const wentOn = this.editor.wentOn;
    if (event.key !== 'Shift') this.editor.wentOn = false;
    const isControl = event.ctrlKey || event.metaKey;
    const move = MOVES[event.key];
    if (this.#isHabit(event, wentOn)) event.preventDefault();
    if (event.defaultPrevented) return;
    if (isControl && event.key === 'ArrowRight') this.acts.topic();
    else if (move) this.pick.step(...move(isControl), event.shiftKey);
    else if (isControl) {
      if (!this.#command(event)) return;
    }
    else if (event.key === 'Tab') {
      if (isLeaving || !this.pick.next(0, event.shiftKey ? -1 : 1)) return;
    }
    else if (event.key === 'Enter') this.pick.next(event.shiftKey ? -1 : 1, 0);
    else if (!this.#entry(event, wentOn)) return;
    event.preventDefault();
  }

  /* Whether to ignore a step by hand right after a value moved the cursor on by itself:
   * people press the key out of habit. Once a person has typed the next value without such
   * a step, later steps are meant: they skip a pupil. */
  #isHabit({ key, shiftKey }, wentOn) {
    if (wentOn && /^[^/. ]$/.test(key)) this.isTrusting = true;
    if (!wentOn || shiftKey || this.isTrusting) return false;
    return key === 'Enter' || key === (wentOn === 'down' ? 'ArrowDown' : 'ArrowRight');
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
  #entry(event, wentOn) {
    const { key } = event;
    const { at } = this.pick;
    if (key === 'F2' && event.shiftKey) this.acts.note();
    else if (key === 'F2') this.editor.open(at, false);
    else if (key === 'Delete' || key === 'Backspace') this.acts.empty();
    else if (key === 'Escape') {
      this.isLeaving = true;
      this.acts.leave();
    }
    else if (key.length !== 1 && key !== 'Process' && key !== 'Unidentified') return false;
    else if (event.code === 'KeyI' && !this.#means(key)) this.acts.history();
    else if (key === ' ' && !wentOn) return true;
    else if (!at.isOpen) this.acts.refuse();
    else return this.#type(key, wentOn);
    return true;
  }

  /* Open the editor and let the browser put the sign into it. A "/" or a
   * blank right after a value that moved on belongs to that value; a "/" on a
   * cell with a mark begins the retake of that mark, for no value begins so. */
  #type(key, wentOn) {
    const isMore = wentOn && ['/', '.', ' '].includes(key);
    if (isMore && this.acts.stepBack()) return false;
    const { at } = this.pick;
    const hasMark = !at.isTerm && this.cells.grammar.parts(at.value).marks.length > 0;
    this.editor.open(at, true);
    if (hasMark && ['/', '.'].includes(key)) this.editor.input.value = at.value;
    return false;
  }

  /* Whether any value of this school's scale begins with the character. */
  #means(key) {
    const sign = this.cells.grammar.letters(key);
    return this.cells.grammar.allowed(this.pick.at.isTerm).split(' ')
      .some((value) => value.startsWith(sign));
  }
}
