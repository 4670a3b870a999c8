/* journal.js: starts the grid of one teaching in one term, edited like a
 * spreadsheet. The parts are in journal_….js.
 *
 * Finds: table[data-ej-grid] (the page's contract with the sheet journal.xsl),
 * and beside it [data-ej-save], [data-ej-undo], [data-ej-status].
 */
import { Cells } from './journal_cells.js';
import { Clip } from './journal_clip.js';
import { Conflicts } from './journal_conflict.js';
import { Editor } from './journal_editor.js';
import { showCell } from './journal_history.js';
import { Keys } from './journal_keys.js';
import { isTouch, Palette } from './journal_palette.js';
import { Pick } from './journal_pick.js';
import { newToken, Refresh } from './journal_refresh.js';
import { Saver } from './journal_save.js';
import { Status } from './journal_status.js';
import { Topics } from './journal_topics.js';
import { Undo } from './journal_undo.js';
import { keep, kept, local, make } from './dom.js';
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
    this.pick = new Pick(this.cells, (cell) => this.#moved(cell));
    this.editor = this.#editor();
    this.enter = (changes, how) => this.#enter(changes, how);
    this.acts = this.#acts();
    this.keys = new Keys(this);
    if (this.cells.canWrite) this.topics = new Topics(this);
    this.clip = new Clip(this);
    this.saver = this.#saver(table.dataset);
    this.saver.topics = this.topics;
    this.conflicts = new Conflicts(this.cells, table.closest('.book') ?? table, {
      onChoice: () => this.saver.flush(), go: (cell) => this.#go(cell),
    });
    this.#bar(find('save'), undo, find('status'));
    find('keys')?.removeAttribute('hidden');
    this.#pointer(table);
    this.#skip();
    if (isTouch() && this.cells.canWrite) this.#palette();
    addEventListener('pageshow', (event) => event.persisted && this.saver.flush());
    // what was entered meanwhile in another window
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.refresh.soon());
    this.#restore();
  }

  async #restore() {
    const restored = await this.saver.restore();
    if (restored) this.say(words.restored(restored));
    if (this.saver.batch || restored) this.saver.flush();
  }

  #editor() {
    return new Editor(this.cells, this.pick, {
      done: (cell, text, isOver) => this.#enter([[cell, text]], { isOver }),
      move: (dr, dc) => this.pick.next(dr, dc),
      save: () => this.saver.flush(),
      advance: () => STEPS[kept(local, ADVANCE) ?? 'down'],
    });
  }

  #saver({ account = '', journal }) {
    const href = location.pathname + location.search; // without a fragment: that would only scroll
    this.refresh = new Refresh(this.cells, () => this.status.remind(words.columns, ' ', make('a', { href }, words.reload)));
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
    this.saveButton.classList.toggle('main', n > 0); // it calls only when there is something to save
  }

  /* Enter texts: what reads as a value is written as the journal writes it;
   * what does not is kept as typed and marked. isOver: typed, filled or pasted
   * over what stands there, which keeps its other facts. */
  #enter(changes, { isOver = false, isPasted = false } = {}) {
    const { grammar } = this.cells;
    const read = changes.map(([cell, text]) => {
      if (cell.isText) return [cell, text.trim()];
      const value = grammar.read(text, cell.isTerm, isPasted);
      if (value === null) return [cell, text.trim().slice(0, 20)];
      return [cell, isOver ? grammar.over(cell.value, value, cell.isTerm) : value];
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
    this.status.ask(words.absentMark(both.length, this.cells.name(both[0][0]), both[0][0].value),
      make('button', { type: 'button', onclick: () => this.status.answered() }, words.absentKeep), ' ',
      make('button', { type: 'button', onclick: () => { this.status.answered(); undo(); } }, words.absentBack));
  }

  /* Empty cells, and say in the status line which values were removed. */
  #empty(block = this.pick.block().flat()) {
    const open = block.filter((cell) => cell.isOpen && cell.value !== '');
    const [first] = open;
    const text = first && words.emptied(open.length, this.cells.name(first), first.value);
    if (this.#enter(open.map((cell) => [cell, ''])) > 0) this.say(text);
  }

  #moved(cell) {
    const { theirs } = cell;
    if (theirs) this.say(words.both(theirs, cell.value));
    else if (this.cells.fault(cell)) this.say(this.cells.fault(cell));
    else if (this.cells.canWrite && !cell.isOpen) this.say(this.#closed());
    else if (this.cells.means(cell.value) && !this.saver?.waiting) this.say(this.cells.means(cell.value));
  }

  #acts() {
    return {
      empty: (block) => this.#empty(block),
      topic: () => this.#topic(),
      undo: () => this.#turned(this.undo.back()),
      redo: () => this.#turned(this.undo.forth()),
      fillDown: () => this.#fillDown(),
      save: () => this.#save(),
      history: () => this.#history(),
      note: () => (this.cells.canNote(this.pick.at) ? this.#history(true) : this.say(this.#closed())),
      leave: () => this.say(words.leaving),
      refuse: () => this.say(this.#closed()),
      stepBack: () => this.#stepBack(),
    };
  }

  #go(cell) {
    (cell.isText && !cell.of ? this.topics : this.pick).go(cell.of ?? cell);
  }

  /* To the topic of the lesson under the cursor. */
  #topic() {
    if (!this.topics?.topic(this.cells.lessons[this.pick.at.c])) this.say(this.pick.at.isOthers ? words.othersLesson : words.noTopic);
  }

  /* Reopen the last cell when the cursor moved on too early: its former value is
   * restored and its text can be continued. */
  #stepBack() {
    const { cell, text, n } = this.last ?? {};
    if (!cell) return false;
    if (n) this.undo.back();
    this.pick.go(cell);
    this.editor.open(cell, true);
    this.editor.input.value = text;
    return true;
  }

  /* The reason why the cell under the cursor cannot be edited. */
  #closed() {
    if (!this.cells.canWrite) return words.readOnly;
    return this.pick.at.isOthers ? words.othersLesson : words.closedCell;
  }

  /* Save. When only refused or conflicting cells are left, the cursor goes to one of
   * them. */
  #save() {
    const held = this.cells.all().find((cell) => cell.theirs || this.cells.fault(cell));
    if (held && !this.saver.batch && this.cells.sendable().length === 0) this.#go(held);
    return this.saver.flush();
  }

  #turned(changed) {
    if (changed.length === 0) return this.say(words.nothingToUndo);
    this.#go(changed[0]);
    this.saver.touch();
    return this.say(words.undone(changed.length));
  }

  /* Fill the block with its first row; a block of one row takes the row above it. */
  #fillDown() {
    const block = this.pick.block();
    const { top, left } = this.pick.bounds();
    const from = block.length > 1 ? block.shift() : this.cells.grid[top - 1]?.slice(left);
    if (!from) return;
    const changes = block.flatMap((row) => row.map((cell, i) => [cell, from[i].value]));
    this.#enter(changes.filter(([cell, text]) => cell.isOpen && text !== ''), { isOver: true });
  }

  #history(isNoting = false) {
    const onNote = (note, text) => this.#enter([[note, text]]);
    showCell(this.cells, this.pick.at, { isNoting, onNote, focus: () => this.pick.refocus() });
  }

  /* Show the buttons of the save bar, which work only with the script. */
  #bar(save, undo, status) {
    const history = make('button', { type: 'button', 'data-ej-history': '', onclick: () => this.#history() }, words.historyShort, make('span', { class: 'rest' }, words.historyRest));
    (save ?? status)?.after(history);
    if (!this.cells.canWrite) return;
    if (!undo.isConnected) history.before(undo);
    history.after(this.#advance());
    undo.hidden = false;
    undo.addEventListener('click', () => this.#turned(this.undo.back()));
    this.saveButton = save;
    if (!save) return;
    save.hidden = false;
    save.classList.remove('main');
    save.addEventListener('click', () => this.#save());
  }

  #advance() {
    const chosen = kept(local, ADVANCE) ?? 'down';
    const options = Object.entries(words.advances).map(([value, text]) => make('option', { value, selected: value === chosen && '' }, text));
    const onchange = (event) => keep(local, ADVANCE, event.target.value);
    return make('label', { class: 'advance' }, `${words.advance} `, make('select', { onchange }, ...options));
  }

  /* The palette takes the place of the screen's keyboard: a tap on a cell only
   * chooses it. */
  #palette() {
    const put = (cell, text) => (cell.isOpen ? this.#enter([[cell, text]], { isOver: true }) : this.say(this.#closed()));
    this.palette = new Palette(this.cells, {
      enter: (text, isMark) => {
        put(this.pick.at, text);
        if (isMark && !this.cells.fault(this.pick.at)) this.pick.next(1, 0);
      },
      empty: () => this.#empty(),
      edit: () => this.editor.open(this.pick.at, false, true),
      next: () => this.pick.next(1, 0),
      topic: () => this.#topic(),
    });
  }

  /* The first Tab of the page leads past all links to the cursor. */
  #skip() {
    const link = document.querySelector('a.skip');
    if (!link) return;
    link.textContent = words.skip;
    link.addEventListener('click', (event) => {
      event.preventDefault();
      this.pick.go(this.pick.at);
    });
  }

  #pointer(table) {
    let down = null; // the cell that had the cursor when the finger came down
    table.addEventListener('pointerdown', () => { down = this.pick.at; }, true);
    table.addEventListener('click', (event) => {
      const cell = this.cells.of(event.target);
      if (cell && event.pointerType === 'touch' && !this.palette && (cell === down || cell.value === '')) this.editor.open(cell, false, true);
    });
    // one tap shows the history: of what is only to be read the plain one
    table.addEventListener('click', (event) => {
      const cell = this.cells.of(event.target);
      if (cell?.isShown && !event.shiftKey) this.#history();
    });
    table.addEventListener('contextmenu', (event) => {
      const cell = this.cells.of(event.target);
      if (!cell || event.shiftKey || event.target.tagName === 'INPUT') return;
      event.preventDefault();
      this.pick.go(cell);
      this.#history();
    });
    table.addEventListener('dblclick', (event) => {
      if (this.cells.of(event.target)?.isShown === false && !this.editor.isOpen) this.#history();
    });
  }
}

const table = document.querySelector('table[data-ej-grid]');
if (table?.tHead) new Journal(table);
