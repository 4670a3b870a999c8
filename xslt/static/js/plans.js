/* plans.js: the grid of a calendar-thematic plan: cells copied from a spreadsheet are pasted
 * from a cell on, over columns and rows; rows are added as needed; arrows and Enter go from row
 * to row.
 *
 * Nothing is saved before «Сохранить»: reloading the page takes a paste back, and so does the button
 * beside its message. The server checks the cells and shows errors at them. Finds:
 * form[data-ej-plan] with data-most, the most rows of a form; in it [data-ej-status] and a table
 * whose cells have a control each and its old_… field.
 */
import { make } from './dom.js';
import { parseTable } from './table_text.js';
import * as words from './words.js';

const CONTROL = 'input:not([type="hidden"]), select';
const KINDS = [[/^(контр|к\/р|кр(?![а-яё]))/, 'control'], [/^(лаб|л\/р|лр(?![а-яё]))/, 'laboratory'],
  [/^(практ|п\/р|пр(?![а-яё]))/, 'practical'], [/^экск/, 'excursion']];
const TERMS = { I: '1', II: '2', III: '3', IV: '4' };

/* The value of a field that a text of a spreadsheet means, as ej.plan_read of the server reads it. */
const READ = {
  place: (text) => text.replace(/\.$/, ''),
  term_no: (text) => TERMS[/^[IV]+/.exec(text)?.[0]] ?? /\d/.exec(text)?.[0] ?? text,
  kind: (text) => KINDS.find(([word]) => word.test(text.toLowerCase()))?.[1] ?? 'lesson',
  hours: (text) => /^\d+(?:[.,]\d+)?/.exec(text)?.[0] ?? text,
};
const read = (name, text) => (READ[name] ?? String)(text.replace(/\s+/g, ' ').trim());

class PlanGrid {
  constructor(form) {
    this.form = form;
    this.most = Number(form.dataset.most);
    [this.body] = form.querySelector('table').tBodies;
    this.status = form.querySelector('[data-ej-status]');
    form.querySelector('table').parentElement.before(make('p', { class: 'hint' }, words.planKeys));
    this.body.addEventListener('paste', (event) => this.#paste(event));
    this.body.addEventListener('keydown', (event) => this.#key(event));
    for (const event of ['input', 'change']) this.body.addEventListener(event, ({ target }) => this.#mark(target));
    for (const control of this.body.querySelectorAll(CONTROL)) this.#mark(control);
  }

  /* The controls of a row, in the order of the columns. */
  #controls(row) {
    return [...row.cells].map((cell) => cell.querySelector(CONTROL));
  }

  #place(control) {
    const cell = control.closest('td');
    return { top: cell.parentElement.sectionRowIndex, left: cell.cellIndex };
  }

  /* Show whether a cell differs from its stored value. */
  #mark(control) {
    const old = control.closest('td').querySelector(`[name="old_${control.name}"]`).value;
    const isNew = old === '' && control.name === 'kind' && control.value === 'lesson';
    control.closest('td').classList.toggle('is-changed', !isNew && control.value.replace(',', '.') !== old.replace(',', '.'));
  }

  /* Add an empty row like the last one; null when the form has its most rows. */
  #add() {
    const n = this.body.rows.length + 1;
    if (n > this.most) return null;
    const row = this.body.rows[n - 2].cloneNode(true);
    row.querySelectorAll('.field-error').forEach((one) => one.remove());
    for (const field of row.querySelectorAll('input, select')) {
      field.value = field.tagName === 'SELECT' ? 'lesson' : '';
      for (const name of ['id', 'aria-invalid', 'aria-describedby']) field.removeAttribute(name);
      if (field.matches(CONTROL)) field.setAttribute('aria-label', field.getAttribute('aria-label').replace(/\d+/, n));
    }
    row.querySelectorAll('.is-changed').forEach((cell) => cell.classList.remove('is-changed'));
    this.body.append(row);
    return row;
  }

  #row(n) {
    return this.body.rows[n] ?? this.#add();
  }

  /* Go up or down in the column; Enter after the last row adds one. */
  #key(event) {
    const step = { ArrowUp: -1, ArrowDown: 1, Enter: event.shiftKey ? -1 : 1 }[event.key];
    const isSelect = event.target.tagName === 'SELECT';
    if (!step || event.ctrlKey || event.metaKey || event.altKey || (isSelect && event.key !== 'Enter')) return;
    event.preventDefault();
    const { top, left } = this.#place(event.target);
    const row = event.key === 'Enter' ? this.#row(Math.max(0, top + step)) : this.body.rows[top + step];
    const to = row && this.#controls(row)[left];
    to?.focus();
    if (to?.select) to.select();
  }

  /* Paste a block of cells; a single value goes into the field as usual. */
  #paste(event) {
    const rows = parseTable(event.clipboardData.getData('text/plain'));
    const isOne = rows.length === 1 && rows[0].length === 1;
    if (isOne && event.target.tagName !== 'SELECT') return;
    event.preventDefault();
    const { top, left } = this.#place(event.target);
    if (this.#isHead(rows[0], left)) rows.shift();
    const count = this.body.rows.length;
    const before = [];
    let lost = 0;
    rows.forEach((cells, i) => {
      const row = this.#row(top + i);
      if (row) this.#fill(row, left, cells, before);
      else lost += 1;
    });
    this.#say(rows.length - lost, lost, () => this.#undo(before, count));
  }

  /* Whether a row of cells has the headings of the columns from this one on. */
  #isHead(cells, left) {
    const heads = [...this.body.closest('table').tHead.rows[0].cells].map((cell) => cell.textContent.trim().toLowerCase());
    return cells.length > 1 && cells.every((text, k) => text.trim().toLowerCase() === heads[left + k]);
  }

  /* Fill the cells of a row; before gets the values that they had. */
  #fill(row, left, cells, before) {
    const controls = this.#controls(row);
    cells.forEach((text, k) => {
      const control = controls[left + k];
      if (!control) return;
      before.push([control, control.value]);
      control.value = read(control.name, text);
      this.#mark(control);
    });
  }

  #undo(before, count) {
    for (const [control, value] of before.reverse()) {
      control.value = value;
      this.#mark(control);
    }
    while (this.body.rows.length > count) this.body.rows[count].remove();
    this.status.replaceChildren();
  }

  #say(rows, lost, undo) {
    this.status.replaceChildren(words.planPasted(rows, lost), ' ',
      make('button', { type: 'button', class: 'plain', onclick: undo }, words.planUndo));
  }
}

const form = document.querySelector('form[data-ej-plan]');
if (form) new PlanGrid(form);
