/* lesson_fields.js: the fields of a lesson's form, as cells for journal_save.js.
 *
 * A cell has the server's last known value (base, in the form's old_… field) and
 * the field's present value. Fields that change the page's structure (a new work,
 * a task for some pupils) are sent only by submitting the whole form (needsWholeForm).
 */
import { make } from './dom.js';
import { notOnScale, refusal } from './words.js';

const SINGLE = /^(topic|attendance_done|homework_text|due_lesson_id|homework_none|(code|minutes|mark|comment)\..+)$/;
const WHOLE_FORM = /^(new_kind_id|new_title|personal_(text|for\.\d+|gone\.\d+)|plan_((row|not_given)\.\d+|goes_on))$/;
const HOMEWORK = ['homework_text', 'due_lesson_id', 'homework_none']; // the server checks them together

const isTick = (control) => control.type === 'checkbox';

/* A text without blanks, for comparing: the server changes only blanks. */
const tidy = (text) => text.replace(/\s+/g, '');

export class Fields {
  constructor(form) {
    this.form = form;
    this.changed = new Set();
    this.all = new Map();
    this.absent = new Map();
    this.watchers = [];
    for (const { name } of form.elements) {
      if (!this.all.has(name) && (SINGLE.test(name) || WHOLE_FORM.test(name))) this.all.set(name, this.#field(name));
    }
    for (const cell of this.all.values()) if (cell.value !== cell.base) this.changed.add(cell);
  }

  #field(name) {
    const [td] = this.controls(name);
    const value = this.#shown(name);
    const old = this.form.elements[`old_${name}`]?.getAttribute('value') ?? '';
    // without a homework the page only proposes the lesson at which one would be due
    const isSame = tidy(old) === tidy(value) || (name === 'due_lesson_id' && old === '');
    return { name, td, base: isSame ? value : old, value, needsWholeForm: WHOLE_FORM.test(name), isOpen: true, sending: false, theirs: null, refused: '' };
  }

  /* Add a field that was added to the form. */
  add(name) {
    this.all.set(name, this.#field(name));
  }

  remove(name) {
    this.all.delete(name);
  }

  /* The address of the journal's mount. */
  get base() {
    return this.address().replace(/\/lessons\/\d+$/, '');
  }

  address() {
    return this.form.getAttribute('action');
  }

  get token() {
    return this.form.elements.form_token.value;
  }

  set token(token) {
    this.form.elements.form_token.value = token;
  }

  /* The controls of a name: one, or several radio buttons. */
  controls(name) {
    const found = this.form.elements[name];
    return found instanceof RadioNodeList ? [...found] : [found];
  }

  #shown(name) {
    const found = this.form.elements[name];
    if (isTick(found)) return found.checked ? '1' : '';
    return found.value;
  }

  byControl(control) {
    return this.all.get(control?.name);
  }

  find(name) {
    return this.all.get(name);
  }

  /* The name of a field after its lesson got a first work: before, the marks of a
   * lesson without works have the lesson's id in their names. */
  #renamed(name, work = this.work) {
    return name.replace(`.${/\d+$/.exec(this.address())[0]}.`, `.${work}.`);
  }

  /* The id in the names of the first marks: of a work, or of the lesson. */
  get work() {
    return [...this.all.keys()].find((one) => one.startsWith('mark.'))?.split('.')[1];
  }

  /* Rename all fields after the first mark has made this work. */
  rename(work) {
    for (const control of this.form.elements) control.name = this.#renamed(control.name, work);
    for (const [name, cell] of [...this.all]) {
      cell.name = this.#renamed(name, work);
      this.all.delete(name);
      this.all.set(cell.name, cell);
    }
  }

  /* The cell of a field stored by an earlier page, even if this page does not have
   * the field. */
  fromStored({ name, old }) {
    const found = this.all.get(name) ?? this.all.get(this.#renamed(name));
    if (found) return found;
    if (!this.absent.has(name)) {
      this.absent.set(name, { name, td: null, base: old, value: old, isOpen: true, sending: false, theirs: null, refused: '' });
    }
    return this.absent.get(name);
  }

  /* Read a field that the person changed; returns whether its value changed. */
  read(cell) {
    const value = this.#shown(cell.name);
    if (value === cell.value) return false;
    Object.assign(cell, { value, refused: '' });
    this.settle(cell);
    return true;
  }

  /* Set the value of a field, on the page only. */
  put(cell, value) {
    Object.assign(cell, { value, refused: '' });
    this.show(cell);
    this.settle(cell);
  }

  /* Show a cell's value in its controls. */
  show({ name, td, value }) {
    if (!td) return;
    if (isTick(td)) td.checked = value === '1';
    else if (td.type === 'radio') for (const one of this.controls(name)) one.checked = one.value === value;
    else td.value = value;
    if (td.type === 'textarea') td.dispatchEvent(new Event('ej:put'));
  }

  /* Compute a cell's state anew, after its base, value or outcome changed. */
  settle(cell) {
    const text = this.all.get('homework_text');
    if (cell.name === 'homework_none' && cell.theirs) { // its conflict is shown at the homework's text
      text.theirs = cell.theirs;
      cell.theirs = null;
      this.settle(text);
    }
    this.changed[cell.value !== cell.base || cell.theirs || cell.sending ? 'add' : 'delete'](cell);
    const old = this.form.elements[`old_${cell.name}`];
    if (old) old.value = cell.base;
    else if (cell.td && cell.base !== '' && !cell.needsWholeForm) this.form.append(make('input', { type: 'hidden', name: `old_${cell.name}`, value: cell.base }));
    for (const watch of this.watchers) watch(cell);
  }

  /* After a save, update the hidden fields with which the whole form may be sent
   * later. */
  saved(cell) {
    if (HOMEWORK.includes(cell.name)) this.form.elements.homework_id.value = ''; // '': the lesson's present homework
    const { works } = this.form.elements;
    if (cell.name.startsWith('mark.') && cell.base !== '' && works.value === '0') works.value = '1';
  }

  /* Whether a mark is on the scale; other fields are judged by the server only. */
  #isValid({ name, td, value, base }) {
    const { grammar } = this;
    return !td || !grammar || !name.startsWith('mark.') || value === base || value === '' || (grammar.read(value, false) === value && grammar.parts(value).code === '');
  }

  fault(cell) {
    if (cell.refused) return refusal(cell.refused);
    // do not complain while the field has the focus: the value may be unfinished
    return this.#isValid(cell) || document.activeElement === cell.td ? '' : notOnScale(this.grammar.scale.join(' '));
  }

  /* The field's own value for a conflict's text: of a select the option's value. */
  fieldValue(cell, text) {
    const option = cell.td?.options && [...cell.td.options].find((one) => one.textContent === text && one.value !== text);
    return option ? option.value : text;
  }

  sendable() {
    const text = this.all.get('homework_text');
    const isAsked = HOMEWORK.some((name) => this.all.get(name)?.theirs);
    const sent = [...this.changed].filter((cell) => cell.value !== cell.base && !cell.theirs && !cell.needsWholeForm
      && !cell.sending && !cell.refused && this.#isValid(cell) && !(isAsked && HOMEWORK.includes(cell.name)));
    // send the text with the day, even if it is unchanged: a conflict about the day is
    // also one about the text
    if (text && !this.changed.has(text) && sent.some((cell) => cell.name === 'due_lesson_id')) sent.push(text);
    return sent;
  }

  count(test) {
    return [...this.changed].filter(test).length;
  }

  /* -------------------------------------------------------- on the wire -- */

  /* The fields that the server checks together with this one, and which are sent with it:
   * those of the homework, or the comments of one mark; null when there are none. */
  #judgedWith(name) {
    if (HOMEWORK.includes(name)) return HOMEWORK.filter((one) => this.all.has(one));
    if (!name.startsWith('comment.')) return null;
    const first = name.split('.').slice(0, 3).join('.');
    return [...this.all.keys()].filter((one) => one === first || one.startsWith(`${first}.`));
  }

  /* A cell's data as they are sent and stored. */
  wire(cell) {
    const { name, base: old, value } = cell;
    const judgedWith = this.#judgedWith(name)?.map((one) => [one, this.all.get(one).base]);
    return judgedWith ? { name, old, value, judgedWith } : { name, old, value };
  }

  fields(cells) {
    const judgedWith = cells.flatMap((cell) => cell.judgedWith ?? []).map(([name, value]) => ({ name, old: value, value }));
    const fields = new Map();
    for (const { name, old, value } of [...judgedWith, ...cells]) fields.set(name, value).set(`old_${name}`, old);
    return [...fields];
  }

  /* The number, from 1, of the cell in a batch that an outcome belongs to. */
  number({ field }, cells) {
    return cells.findIndex(({ name }) => name === field) + 1;
  }

  /* ------------------------------------------------------------ in words -- */

  pupil(cell) {
    return cell.td?.closest('tr[data-p]')?.cells[0].textContent.trim() ?? '';
  }

  label(cell) {
    const { td, name } = cell;
    if (!td) return name;
    const row = td.closest('tr[data-p]');
    const column = row && td.closest('table').tHead.rows[0].cells[td.closest('td').cellIndex];
    const word = column?.title || column?.textContent || td.labels?.[0]?.textContent || '';
    return [this.pupil(cell), word.trim()].filter(Boolean).join(', ');
  }
}
