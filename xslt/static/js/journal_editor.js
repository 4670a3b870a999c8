/* journal_editor.js: the text field in which a cell of the grid is edited; one field
 * serves all cells.
 *
 * After it was opened by typing, an arrow key enters the value and moves to the next
 * cell, as in a spreadsheet. After F2 or a tap, arrow keys move inside the text.
 */
import { make } from './dom.js';

export class Editor {
  /* done(cell, text, isOver): enter the text; move(dr, dc): move the cursor by rows and
   * columns, returns whether it moved; advance(): the step [dr, dc] to take by itself
   * after a complete value, or undefined. */
  constructor(cells, cursor, { done, move, save, advance }) {
    Object.assign(this, { cells, cursor, done, move, save, advance });
    this.cell = null;
    this.input = make('input', {
      class: 'cell-editor', type: 'text', autocomplete: 'off', autocapitalize: 'off',
      spellcheck: 'false', size: '1', maxlength: '20', enterkeyhint: 'go', // with 'next' phones leave the field without sending a key
      onkeydown: (event) => this.#key(event),
      oninput: (event) => this.#typed(event),
      onblur: () => this.close(true),
    });
  }

  get isOpen() {
    return this.cell !== null;
  }

  /* Open the editor in a cell: empty if isOver (the typed value replaces the cell's),
   * otherwise with the cell's text. */
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

  /* Close the editor; if keepText, enter its text. */
  close(keepText) {
    const { cell } = this;
    if (!cell) return;
    this.cell = null; // before input.remove(), whose blur calls close again
    const hadFocus = document.activeElement === this.input;
    this.input.remove();
    cell.td.classList.remove('is-editing');
    this.cells.paint(cell);
    if (keepText && !(this.isOver && this.input.value === '')) this.done(cell, this.input.value, this.isOver);
    if (hadFocus) this.cursor.focus();
  }

  #typed(event) {
    const { input } = this;
    const corrected = this.cell.grammar.toCyrillic(input.value);
    if (corrected !== input.value) {
      const caret = input.selectionStart;
      input.value = corrected;
      input.setSelectionRange(caret, caret);
    }
    const step = this.isOver && !event.isComposing && this.advance();
    if (!step || !this.cell.grammar.isComplete(input.value, this.cell.isTerm)) return;
    this.#leave(...step);
    this.advanced = step[0] ? 'down' : 'right';
  }

  /* Enter the text and move the cursor. After a tap the editor opens in the next cell,
   * so that the screen keyboard stays. */
  #leave(dr, dc) {
    const { isTouched } = this;
    this.close(true);
    const hasMoved = this.move(dr, dc);
    if (hasMoved && isTouched) this.open(this.cursor.at, false, true);
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
