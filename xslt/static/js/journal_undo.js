/* journal_undo.js: undoes changes, saved ones too.
 *
 * A step has all changes of one action, such as a paste. Undoing a saved change is a new
 * change: the journal's history has both.
 */
const DEPTH = 200;

export class Undo {
  constructor(cells, button) {
    this.cells = cells;
    this.button = button;
    this.steps = [];
    this.undone = [];
    this.#show();
  }

  /* Put values into cells as one step; returns how many changed. changes:
   * [[cell, value], …] */
  change(changes) {
    const step = changes.filter(([cell, value]) => cell.isOpen && (cell.value !== value || cell.refused))
      .map(([cell, value]) => ({ cell, from: cell.value, to: value }));
    if (step.length === 0) return 0;
    for (const { cell, to } of step) this.cells.put(cell, to);
    this.steps.push(step);
    if (this.steps.length > DEPTH) this.steps.shift();
    this.undone = [];
    this.#show();
    return step.length;
  }

  undo() {
    return this.#move(this.steps, this.undone, 'from');
  }

  redo() {
    return this.#move(this.undone, this.steps, 'to');
  }

  /* Returns the cells that were changed. */
  #move(source, target, side) {
    const step = source.pop();
    if (!step) return [];
    for (const one of step) this.cells.put(one.cell, one[side]);
    target.push(step);
    this.#show();
    return step.map((one) => one.cell);
  }

  #show() {
    if (this.button) this.button.disabled = this.steps.length === 0;
  }
}
