/* journal.js: starts the grid of one teaching in one term, which is edited like a
 * spreadsheet. The parts are in journal_….js.
 *
 * Finds: table[data-ej-grid] (from journal.xsl) and the elements [data-ej-save],
 * [data-ej-undo], [data-ej-status].
 */
import { Cells } from './journal_cells.js';
import { Clipboard } from './journal_clipboard.js';
import { Conflicts } from './journal_conflict.js';
import { Editor } from './journal_editor.js';
import { showCell } from './journal_history.js';
import { keyList, Keys } from './journal_keys.js';
import { isTouch, Palette } from './journal_palette.js';
import { Cursor } from './journal_cursor.js';
import { newToken, Refresh } from './journal_refresh.js';
import { Saver } from './journal_save.js';
import { Status } from './journal_status.js';
import { Topics } from './journal_topics.js';
import { Undo } from './journal_undo.js';
import { store, stored, deviceStorage, make } from './dom.js';
import { Outbox } from './outbox.js';
import * as words from './words.js';

const ADVANCE = 'ej.advance';
const STEPS = { down: [1, 0], right: [0, 1] };

class Journal {
  constructor(table) {
    const find = (name) => document.querySelector(`[data-ej-${name}]`);
    this.cells = new Cells(table);
    if (this.cells.height === 0 || this.cells.width === 0) return;
    this.status = new Status(find('status'), this.cells);
    this.say = (...parts) => this.status.say(...parts);
    const undo = find('undo') ?? make('button', { type: 'button', 'data-ej-undo': '', hidden: '' }, words.undo);
    this.undo = new Undo(this.cells, undo);
    this.cursor = new Cursor(this.cells, (cell) => this.#moved(cell));
    this.editor = this.#editor();
    this.enter = (changes, how) => this.#enter(changes, how);
    this.acts = this.#acts();
    this.keys = new Keys(this);
    if (this.cells.canWrite) this.topics = new Topics(this);
    this.clipboard = new Clipboard(this);
    this.saver = this.#saver(table.dataset);
    this.saver.topics = this.topics;
    this.conflicts = new Conflicts(this.cells, table.closest('.book') ?? table, {
      onChoice: () => this.saver.flush(), go: (cell) => this.#go(cell),
    });
    this.#bar(find('save'), undo, find('status'));
    if (this.cells.canWrite && this.cells.hasMarks) document.querySelector('details.legend .columns')?.append(keyList());
    this.#pointer(table);
    this.#skip();
    if (isTouch() && this.cells.canWrite && this.cells.hasMarks) this.#palette();
    addEventListener('pageshow', (event) => event.persisted && this.saver.flush());
    // show entries made meanwhile in another window
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.refresh.soon());
    this.#restore();
  }

  async #restore() {
    const restored = await this.saver.restore();
    if (restored) this.say(words.restored(restored));
    if (this.saver.batch || restored) this.saver.flush();
  }

  #editor() {
    return new Editor(this.cells, this.cursor, {
      done: (cell, text, isOver) => this.#enter([[cell, text]], { isOver }),
      move: (dr, dc) => this.cursor.next(dr, dc),
      save: () => this.saver.flush(),
      advance: () => STEPS[stored(deviceStorage, ADVANCE) ?? 'down'],
    });
  }

  #saver({ account = '', journal }) {
    const href = location.pathname + location.search; // with a fragment the link would only scroll
    this.refresh = new Refresh(this.cells, () => this.status.remind(words.columnsChanged, ' ', make('a', { href }, words.reload)));
    return new Saver({
      cells: this.cells,
      outbox: new Outbox(account, journal),
      editor: this.editor,
      onChange: (state) => this.#show(state),
      onSaved: () => this.refresh.soon(),
      newToken: () => newToken(account),
    });
  }

  #show(state) {
    this.status.show(this.saver, state);
    this.conflicts?.show();
    const n = this.saver.waiting;
    if (!this.saveButton) return;
    this.saveButton.textContent = n ? `${words.save} (${n})` : words.save;
    this.saveButton.classList.toggle('main', n > 0); // prominent only when there is something to save
  }

  /* Enter texts into cells; returns how many changed. A valid text gets the journal's
   * spelling; an invalid one stays as typed and is marked as wrong. isOver: the text is
   * combined with the cell's present value (journal_value.js) instead of replacing it. */
  #enter(changes, { isOver = false, isPasted = false } = {}) {
    const read = changes.map(([cell, text]) => {
      if (cell.isText) return [cell, text.trim()];
      const { grammar } = cell;
      const value = grammar.read(text, cell.isTerm, isPasted);
      if (value === null) return [cell, text.trim().slice(0, 20)];
      return [cell, isOver ? grammar.combine(cell.value, value, cell.isTerm) : value];
    });
    const before = new Map(read.map(([cell]) => [cell, cell.value]));
    const n = this.undo.change(read);
    if (n) this.saver.touch();
    const bad = read.find(([cell]) => this.cells.fault(cell));
    if (bad) this.say(this.cells.fault(bad[0]));
    else this.#warn(before);
    if (changes.length === 1 && !changes[0][0].isText) this.last = { cell: changes[0][0], text: changes[0][1], n };
    return n;
  }

  /* Question a mark for an absent pupil, which school inspectors object to: it is
   * entered, and one tap keeps it or takes it back. */
  #warn(before) {
    const both = [...before].filter(([cell, was]) => cell.value !== was && this.cells.isAbsentMarked(cell) && !this.cells.isAbsentMarked(cell, was));
    if (both.length === 0) return;
    const undo = () => this.#enter(both.filter(([cell]) => this.cells.isAbsentMarked(cell)));
    this.status.ask(words.markOfAbsent(both.length, this.cells.name(both[0][0]), both[0][0].value),
      make('button', { type: 'button', onclick: () => this.status.answered() }, words.absentKeep), ' ',
      make('button', { type: 'button', onclick: () => { this.status.answered(); undo(); } }, words.absentRemove));
  }

  /* Empty cells, and show in the status line which values were removed. */
  #empty(block = this.cursor.block().flat()) {
    const open = block.filter((cell) => cell.isOpen && cell.value !== '');
    const [first] = open;
    const text = first && words.cellsEmptied(open.length, this.cells.name(first), first.value);
    if (this.#enter(open.map((cell) => [cell, ''])) > 0) this.say(text);
  }

  /* Show what there is to say about the cell to which the cursor moved. */
  #moved(cell) {
    const { theirs } = cell;
    if (theirs) this.say(words.conflict(theirs, cell.value));
    else if (this.cells.fault(cell)) this.say(this.cells.fault(cell));
    else if (this.cells.canWrite && !cell.isOpen) this.say(this.#closedReason());
    else if (this.cells.means(cell.value) && !this.saver?.waiting) this.say(this.cells.means(cell.value));
  }

  #acts() {
    return {
      empty: (block) => this.#empty(block),
      topic: () => this.#topic(),
      undo: () => this.#afterUndo(this.undo.undo()),
      redo: () => this.#afterUndo(this.undo.redo()),
      fillDown: () => this.#fillDown(),
      save: () => this.#save(),
      history: () => this.#history(),
      note: () => (this.cells.canNote(this.cursor.at) ? this.#history(true) : this.say(this.#closedReason())),
      leave: () => this.say(words.leaveByTab),
      refuse: () => this.say(this.#closedReason()),
      stepBack: () => this.#stepBack(),
    };
  }

  #go(cell) {
    (cell.isText && !cell.markCell ? this.topics : this.cursor).go(cell.markCell ?? cell);
  }

  /* Open the topic of the lesson under the cursor. */
  #topic() {
    if (!this.topics?.topic(this.cells.lessons[this.cursor.at.c])) this.say(this.cursor.at.isOthers ? words.othersLesson : words.noTopic);
  }

  /* Reopen the last cell when the cursor moved on too early: its former value is
   * restored and its text can be continued. */
  #stepBack() {
    const { cell, text, n } = this.last ?? {};
    if (!cell) return false;
    if (n) this.undo.undo();
    this.cursor.go(cell);
    this.editor.open(cell, true);
    this.editor.input.value = text;
    return true;
  }

  /* The reason why the cell under the cursor cannot be edited. */
  #closedReason() {
    if (!this.cells.canWrite) return words.readOnly;
    return this.cursor.at.isOthers ? words.othersLesson : words.closedCell;
  }

  /* Save. When only refused or conflicting cells are left, the cursor goes to one of
   * them. */
  #save() {
    const held = this.cells.all().find((cell) => cell.theirs || this.cells.fault(cell));
    if (held && !this.saver.batch && this.cells.sendable().length === 0) this.#go(held);
    return this.saver.flush();
  }

  #afterUndo(changed) {
    if (changed.length === 0) return this.say(words.nothingToUndo);
    this.#go(changed[0]);
    this.saver.touch();
    return this.say(words.undone(changed.length));
  }

  /* Fill the block with its first row; a block of one row takes the row above it. */
  #fillDown() {
    const block = this.cursor.block();
    const { top, left } = this.cursor.bounds();
    const from = block.length > 1 ? block.shift() : this.cells.grid[top - 1]?.slice(left);
    if (!from) return;
    const changes = block.flatMap((row) => row.map((cell, i) => [cell, from[i].value]));
    this.#enter(changes.filter(([cell, text]) => cell.isOpen && text !== ''), { isOver: true });
  }

  #history(isNoting = false) {
    if (!this.cells.hasMarks) return;
    const onNote = (note, text) => this.#enter([[note, text]]);
    showCell(this.cells, this.cursor.at, { isNoting, onNote, focus: () => this.cursor.refocus() });
  }

  /* Show the buttons of the save bar, which work only with the script. */
  #bar(save, undo, status) {
    const history = make('button', { type: 'button', 'data-ej-history': '', onclick: () => this.#history() }, words.historyShort, make('span', { class: 'rest' }, words.historyWide));
    if (this.cells.hasMarks) (save ?? status)?.after(history);
    if (!this.cells.canWrite) return;
    if (!undo.isConnected) (this.cells.hasMarks ? history : status).before(undo);
    if (this.cells.hasMarks) history.after(this.#advance());
    undo.hidden = false;
    undo.addEventListener('click', () => this.#afterUndo(this.undo.undo()));
    this.saveButton = save;
    if (!save) return;
    save.hidden = false;
    save.classList.remove('main');
    save.addEventListener('click', () => this.#save());
  }

  #advance() {
    const chosen = stored(deviceStorage, ADVANCE) ?? 'down';
    const options = Object.entries(words.advanceOptions).map(([value, text]) => make('option', { value, selected: value === chosen && '' }, text));
    const onchange = (event) => store(deviceStorage, ADVANCE, event.target.value);
    return make('label', { class: 'advance' }, `${words.advance} `, make('select', { onchange }, ...options));
  }

  /* Use the palette instead of the screen keyboard: a tap on a cell then only moves the
   * cursor. */
  #palette() {
    const put = (cell, text) => (cell.isOpen ? this.#enter([[cell, text]], { isOver: true }) : this.say(this.#closedReason()));
    this.palette = new Palette(this.cells, {
      enter: (text, isMark) => {
        put(this.cursor.at, text);
        if (isMark && !this.cells.fault(this.cursor.at)) this.cursor.next(1, 0);
      },
      empty: () => this.#empty(),
      edit: () => this.editor.open(this.cursor.at, false, true),
      next: () => this.cursor.next(1, 0),
      topic: () => this.#topic(),
    });
  }

  /* Let the page's skip link (the first Tab) lead to the cursor. */
  #skip() {
    const link = document.querySelector('a.skip');
    if (!link) return;
    link.textContent = words.skipToMarks;
    link.addEventListener('click', (event) => {
      event.preventDefault();
      this.cursor.go(this.cursor.at);
    });
  }

  #pointer(table) {
    let before = null; // the cell under the cursor before the tap
    table.addEventListener('pointerdown', () => { before = this.cursor.at; }, true);
    table.addEventListener('click', (event) => {
      const cell = this.cells.byNode(event.target);
      if (cell && event.pointerType === 'touch' && !this.palette && (cell === before || cell.value === '')) this.editor.open(cell, false, true);
    });
    // in a grid that is only read one tap shows a cell's history
    table.addEventListener('click', (event) => {
      const cell = this.cells.byNode(event.target);
      if (cell?.isShown && !event.shiftKey) this.#history();
    });
    table.addEventListener('contextmenu', (event) => {
      const cell = this.cells.byNode(event.target);
      if (!cell || event.shiftKey || event.target.tagName === 'INPUT') return;
      event.preventDefault();
      this.cursor.go(cell);
      this.#history();
    });
    table.addEventListener('dblclick', (event) => {
      if (this.cells.byNode(event.target)?.isShown === false && !this.editor.isOpen) this.#history();
    });
  }
}

const table = document.querySelector('table[data-ej-grid]');
if (table?.tHead) new Journal(table);
