/* journal_cursor.js: the cursor of the grid and the selected block, which runs from the
 * anchor to the cursor.
 *
 * Only the cell under the cursor is in the tab order (roving tabindex).
 */
export class Cursor {
  constructor(cells, onMove) {
    this.cells = cells;
    this.onMove = onMove;
    this.painted = [];
    this.at = cells.start();
    this.#scrollIntoView();
    this.anchor = this.at;
    if (this.at) this.at.td.tabIndex = 0;
    this.#mouse(cells.table);
  }

  /* Scroll the table, but not the page, to the cursor: a long term is shown at its last
   * lesson, not at September. */
  #scrollIntoView() {
    if (!this.at) return;
    // the style sheet decides which of the two elements scrolls
    const boxes = ['.scroll', '.book'].map((one) => this.at.td.closest(one));
    const box = boxes.find((one) => one && getComputedStyle(one).overflowX !== 'visible');
    if (!box) return;
    const beyond = this.at.td.getBoundingClientRect().right - box.getBoundingClientRect().right;
    if (beyond > 0) box.scrollLeft += beyond + this.at.td.offsetWidth / 2;
  }

  #mouse(table) {
    table.addEventListener('mousedown', (event) => {
      const cell = this.cells.byNode(event.target);
      if (!cell || event.button !== 0 || event.target.tagName === 'INPUT') return;
      event.preventDefault(); // do not select text or move the focus
      this.go(cell, event.shiftKey);
    });
    table.addEventListener('mouseover', (event) => {
      const cell = event.buttons === 1 && this.cells.byNode(event.target);
      if (cell && table.contains(document.activeElement)) this.go(cell, true);
    });
    table.addEventListener('focusin', (event) => {
      const cell = this.cells.byNode(event.target);
      if (cell && cell !== this.at) this.go(cell, false);
    });
  }

  /* Move the cursor to a cell; extend keeps the anchor, so that the block grows. */
  go(cell, extend = false) {
    if (!cell) return;
    if (this.at) this.at.td.tabIndex = -1;
    this.at = cell;
    if (!extend) this.anchor = cell;
    cell.td.tabIndex = 0;
    this.#paint();
    if (!cell.td.contains(document.activeElement)) cell.td.focus({ preventScroll: true });
    cell.td.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    this.onMove(cell);
  }

  /* Focus the cursor after a dialog, unless another element already has the focus. */
  refocus() {
    if (document.activeElement === document.body) this.focus();
  }

  focus() {
    this.at?.td.focus({ preventScroll: true });
  }

  /* Move the cursor by rows and columns, at most to the edge of the grid. */
  step(dr, dc, extend = false) {
    const r = Math.min(Math.max(this.at.r + dr, 0), this.cells.height - 1);
    const c = Math.min(Math.max(this.at.c + dc, 0), this.cells.width - 1);
    this.go(this.cells.at(r, c), extend);
  }

  /* Move the cursor to the next open cell in a direction; returns false when there is
   * none. In a grid that is only read, every cell counts. */
  next(dr, dc) {
    let { r, c } = this.at;
    for (;;) {
      r += dr;
      c += dc;
      const cell = this.cells.at(r, c);
      if (!cell) return false;
      if (cell.isOpen || !this.cells.canWrite) {
        this.go(cell);
        return true;
      }
    }
  }

  bounds() {
    const { at, anchor } = this;
    return {
      top: Math.min(at.r, anchor.r), bottom: Math.max(at.r, anchor.r),
      left: Math.min(at.c, anchor.c), right: Math.max(at.c, anchor.c),
    };
  }

  /* The selected block as rows of cells. */
  block() {
    const { top, bottom, left, right } = this.bounds();
    return this.cells.grid.slice(top, bottom + 1).map((row) => row.slice(left, right + 1));
  }

  #paint() {
    for (const cell of this.painted) cell.td.removeAttribute('aria-selected');
    const block = this.block().flat();
    this.painted = block.length > 1 ? block : [];
    for (const cell of this.painted) cell.td.setAttribute('aria-selected', 'true');
  }
}
