/* lesson.js: starts the form of one lesson, which saves itself during typing, like the
 * grid. The parts are in lesson_….js.
 *
 * Finds: form[data-ej-lesson] (from lesson.xsl), in it table.pupils with radio buttons
 * code.PUPIL and the checkbox attendance_done, and [data-ej-status].
 */
import { store, stored, make, tabStorage, uuid } from './dom.js';
import { Faults } from './lesson_fault.js';
import { Fields } from './lesson_fields.js';
import { LessonKeys, startChips } from './lesson_keys.js';
import { LessonRefresh } from './lesson_refresh.js';
import { Roll } from './lesson_roll.js';
import { isTouch } from './journal_palette.js';
import { newToken } from './journal_refresh.js';
import { Saver } from './journal_save.js';
import { Status } from './journal_status.js';
import { Grammar } from './journal_value.js';
import { Outbox } from './outbox.js';
import * as words from './words.js';

const SCROLL = 'ej.scroll';

/* Fit a text field's height to its text, where the browser has no field-sizing. */
function grow(area) {
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight}px`;
}

function startTexts(form) {
  if (CSS.supports('field-sizing', 'content')) return;
  for (const area of form.querySelectorAll('textarea')) {
    grow(area);
    for (const event of ['input', 'ej:put']) area.addEventListener(event, () => grow(area));
  }
}

/* Set up the foldable comment fields: when folded, the summary shows the comment; when
 * unfolded, the field gets the focus. */
function startNotes(form) {
  form.addEventListener('click', (event) => {
    const details = event.target.closest?.('.notes summary')?.parentElement;
    if (!details || details.open) return;
    event.preventDefault();
    details.open = true;
    details.querySelector('input:not([type="hidden"])')?.focus();
  });
  form.addEventListener('toggle', ({ target }) => {
    const summary = target.matches('.notes details:not([open])') && target.querySelector('summary');
    if (!summary) return;
    const fields = [...target.querySelectorAll('input:not([type="hidden"])')];
    const comments = fields.filter(({ value }) => value.trim())
      .map((field) => (fields.length > 1 ? `${field.previousSibling.textContent.trim()}: ` : '') + field.value.trim());
    summary.classList.toggle('said', comments.length > 0);
    summary.textContent = comments.join('; ') || words.explain;
  }, true);
}

class Lesson {
  constructor(form) {
    this.form = form;
    this.fields = new Fields(form);
    const place = document.querySelector('[data-ej-status]') ?? form.appendChild(make('p', { role: 'status' }));
    this.status = new Status(place, this.fields, words.lessonStates(form.elements.attendance_done));
    const href = location.pathname;
    this.refresh = new LessonRefresh(this.fields, () => this.status.remind(words.columnsChanged, ' ', make('a', { href }, words.reload)));
    this.saver = this.#saver();
    this.faults = new Faults(this.fields, () => this.saver.flush());
    this.enter = (changes, isBack) => this.#enter(changes, isBack);
    this.steps = [];
    this.#table();
    form.querySelector('[data-ej-plain]')?.remove();
    form.addEventListener('input', ({ target }) => this.#typed(target));
    form.addEventListener('change', ({ target }) => this.#typed(target));
    form.addEventListener('focusout', ({ target }) => target.matches('textarea, .notes input') && this.#saveNow());
    form.addEventListener('submit', (event) => this.#send(event));
    document.addEventListener('keydown', (event) => this.#key(event));
    document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && this.refresh.soon());
    addEventListener('pageshow', (event) => event.persisted && this.saver.resumeAfterForm());
    addEventListener('beforeunload', (event) => !this.saver.isStored && this.saver.waiting > 0 && event.preventDefault());
    this.#linkNone();
    startTexts(form);
    startNotes(form);
    this.#begin();
  }

  #saver() {
    const { account } = this.form.dataset;
    return new Saver({
      cells: this.fields,
      outbox: new Outbox(account, this.fields.address().replace(/.*\/lessons\//, 'lesson-')),
      onChange: (state) => this.status.show(this.saver, state),
      onSaved: () => this.refresh.soon(),
      newToken: () => newToken(account),
    });
  }

  /* Restore unsent fields of an earlier page and send them. A refused form shows
   * the record's present values, so it is sent only when the person presses Save. */
  async #begin() {
    const isRefused = document.querySelector('main > [role=alert]') !== null;
    this.saver.isHeld = isRefused;
    this.#scroll(isRefused);
    const restored = await this.saver.restore(this.form.dataset.saved);
    if (restored) this.status.say(words.lessonRestored);
    if (!isRefused && (this.saver.batch || restored)) this.saver.flush();
  }

  #scroll(isRefused) {
    const place = stored(tabStorage, SCROLL);
    store(tabStorage, SCROLL, null);
    if (place?.path === location.pathname && !isRefused) scrollTo({ top: place.y, behavior: 'instant' });
  }

  #typed(target) {
    const cell = this.fields.byControl(target);
    if (!cell) return;
    const before = cell.value;
    if (!this.fields.read(cell)) return;
    this.#splitMark(cell);
    this.roll.changed(cell, before);
    if (cell.td.closest('tbody')) this.steps.push([[cell, before]]);
    this.saver.touch();
  }

  /* Split «н 5», pasted or typed on a touch keyboard into a mark's field: the mark
   * stays there, the letter goes to the pupil's absence. */
  #splitMark(cell) {
    if (!cell.name.startsWith('mark.')) return;
    const value = this.grammar.read(cell.value, false, true);
    if (value === null) return;
    const { code, marks } = this.grammar.parts(value);
    if (value !== cell.value || code) this.fields.put(cell, marks.join('/'));
    if (code) this.enter([[this.roll.code(this.roll.row(cell)), code]]);
  }

  /* Set fields as if the person had typed the values; isBack: an undo. */
  #enter(changes, isBack = false) {
    const before = changes.map(([cell]) => [cell, cell.value]);
    for (const [cell, value] of changes) this.fields.put(cell, value);
    for (const [cell, value] of before) this.roll.changed(cell, value);
    if (before.length && !isBack) this.steps.push(before);
    if (before.length) this.saver.touch();
  }

  #table() {
    const table = this.form.querySelector('[data-ej-pupils]');
    this.grammar = new Grammar(table?.dataset ?? {});
    this.fields.grammar = this.grammar;
    this.roll = new Roll(this);
    if (!table) return;
    const undo = () => this.enter(this.steps.pop() ?? [], true);
    const keys = new LessonKeys({ ...this, table, undo });
    if (isTouch()) startChips({ ...this, keys, make });
  }

  /* Save without waiting for the pause in typing. */
  #saveNow() {
    if (this.saver.waiting && this.saver.state === 'idle') this.saver.flush();
  }

  /* Allow either «Не задано» or a homework's text: ticking «Не задано» empties the text,
   * unticking restores it, typing a text unticks «Не задано». */
  #linkNone() {
    const text = this.fields.find('homework_text');
    const none = this.fields.find('homework_none');
    if (!text || !none) return;
    let removed = '';
    none.td.addEventListener('change', () => {
      if (none.td.checked) removed = text.value;
      if (none.td.checked || text.value === '') this.enter([[text, none.td.checked ? '' : removed]]);
    });
    text.td.addEventListener('input', () => {
      if (none.td.checked && text.td.value.trim() !== '') this.enter([[none, '']]);
    });
  }

  #key(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey || event.code !== 'KeyS') return;
    event.preventDefault();
    this.form.requestSubmit();
  }

  /* Save the form. When only refused or conflicting fields are left, the focus goes
   * to one of them. */
  #send(event) {
    // a button with a name takes the next topic of the plan, or makes its work
    const isWhole = Boolean(event.submitter?.name) || this.fields.count((cell) => cell.needsWholeForm) > 0;
    if (isWhole && (navigator.onLine || !this.saver.isStored)) return this.#submitWhole();
    event.preventDefault();
    this.saver.isHeld = false;
    const held = [...this.fields.changed].find((cell) => cell.td && (cell.theirs || cell.refused));
    if (held && this.fields.sendable().length === 0) this.fields.controls(held.name).at(-1).focus();
    if (isWhole) this.status.say(words.lessonOffline);
    return this.saver.flush();
  }

  /* Let the browser submit the whole form; the new page scrolls to the same place. */
  #submitWhole() {
    const id = uuid();
    const { operation_id: field } = this.form.elements;
    if (field) field.value = id;
    else this.form.append(make('input', { type: 'hidden', name: 'operation_id', value: id }));
    store(tabStorage, SCROLL, { path: location.pathname, y: scrollY });
    this.saver.handToBrowser(id);
  }
}

const form = document.querySelector('form[data-ej-lesson]');
if (form) new Lesson(form);
