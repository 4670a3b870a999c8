/* journal_editor.js: the one editor that moves from cell to cell.
 *
 * Opened by typing it behaves as in a spreadsheet: an arrow enters the value
 * and moves. Opened by F2 or a tap the arrows move inside the text.
 */
import { make } from './dom.js';

export class Editor {
  /* done(cell, text): the text was entered; move(dr, dc): go on from there. */
  constructor(cells, pick, { done, move, save, advance }) {
    Object.assign(this, { cells, pick, done, move, save, advance });
    this.cell = null;
    this.input = make('input', {
      class: 'cell-editor', type: 'text', autocomplete: 'off', autocapitalize: 'off',
      spellcheck: 'false', size: '1', maxlength: '20', enterkeyhint: 'go', // «next» leaves the field without a key
      onkeydown: (event) => this.#key(event),
      oninput: (event) => this.#typed(event),
      onblur: () => this.close(true),
    });
  }

  get isOpen() {
    return this.cell !== null;
  }

  /* Open on a cell: empty to be typed over, or on its text to be changed. */
  open(cell, isOver, isTouched = false) {
    if (!cell.isOpen || this.cell === cell) return;
    this.close(true);
    this.cell = cell;
    this.isOver = isOver;
    this.isTouched = isTouched;
    this.input.value = isOver ? '' : cell.value;
    this.input.setAttribute('aria-label', this.cells.name(cell));
    cell.td.textContent = '';
    cell.td.classList.add('is-editing');
    cell.td.append(this.input);
    this.input.focus({ preventScroll: true });
    this.input.setSelectionRange(this.input.value.length, this.input.value.length);
  }

  /* Close; with keepText what stands there is entered. */
  close(keepText) {
    const { cell } = this;
    if (!cell) return;
    this.cell = null; // first: taking the input away blurs it
    const hadFocus = document.activeElement === this.input;
    this.input.remove();
    cell.td.classList.remove('is-editing');
    this.cells.paint(cell);
    if (keepText && !(this.isOver && this.input.value === '')) this.done(cell, this.input.value, this.isOver);
    if (hadFocus) this.pick.focus();
  }

  #typed(event) {
    const { input } = this;
    const meant = this.cells.grammar.letters(input.value);
    if (meant !== input.value) {
      const caret = input.selectionStart;
      input.value = meant;
      input.setSelectionRange(caret, caret);
    }
    const step = this.isOver && !event.isComposing && this.advance();
    if (!step || !this.cells.grammar.isWhole(input.value, this.cell.isTerm)) return;
    this.#leave(...step);
    this.wentOn = step[0] ? 'down' : 'right';
  }

  /* Go on from here; a finger goes on typing in the next cell. */
  #leave(dr, dc) {
    const { isTouched } = this;
    this.close(true);
    const hasMoved = this.move(dr, dc);
    if (hasMoved && isTouched) this.open(this.pick.at, false, true);
    return hasMoved;
  }

  #key(event) {
    event.stopPropagation();
    if (event.isComposing) return;
    const back = event.shiftKey ? -1 : 1;
    const isControl = event.ctrlKey || event.metaKey;
    if (isControl && event.code === 'KeyS') {
      this.close(true);
      this.save();
    }
    else if (event.key === 'Enter') this.#leave(back, 0);
    else if (event.key === 'Tab') {
      if (!this.#leave(0, back)) return; // the end of the row: leave the grid
    }
    else if (event.key === 'Escape') this.close(false);
    else if (event.key === 'F2') this.isOver = false;
    else if (event.key === 'ArrowUp') this.#leave(-1, 0);
    else if (event.key === 'ArrowDown') this.#leave(1, 0);
    else if (this.isOver && event.key === 'ArrowLeft') this.#leave(0, -1);
    else if (this.isOver && event.key === 'ArrowRight') this.#leave(0, 1);
    else return;
    event.preventDefault();
  }
}
