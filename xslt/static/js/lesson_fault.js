/* lesson_fault.js: shows beside a field why its value is refused, or the value that
 * another person saved meanwhile, with buttons to choose one of the two. */
import { make } from './dom.js';
import * as words from './words.js';

export class Faults {
  constructor(fields, onChoice) {
    Object.assign(this, { fields, onChoice });
    this.shown = new Map();
    fields.watchers.push((cell) => this.show(cell));
    fields.form.addEventListener('focusout', ({ target }) => {
      const cell = fields.byControl(target);
      if (cell && fields.changed.has(cell)) setTimeout(() => fields.settle(cell));
    });
  }

  show(cell) {
    const fault = this.fields.fault(cell);
    const signature = cell.theirs ? `${cell.theirs.value}/${cell.value}` : fault;
    if (!cell.td || signature === (this.shown.get(cell) ?? '')) return; // replacing the message would lose the focus
    this.shown.set(cell, signature);
    const id = `e-${cell.name}`;
    document.getElementById(id)?.remove();
    for (const control of this.#marked(cell)) {
      if (signature) control.setAttribute('aria-invalid', 'true');
      else control.removeAttribute('aria-invalid');
      if (signature) control.setAttribute('aria-describedby', id);
      else control.removeAttribute('aria-describedby');
    }
    if (!signature) return;
    cell.td.closest('details')?.setAttribute('open', '');
    const message = cell.theirs ? this.#conflict(cell) : [fault];
    this.#put(cell, make('span', { class: 'field-error', id, role: 'alert' }, ...message));
  }

  #marked({ td, name }) {
    return td.type === 'radio' ? [td.closest('fieldset')] : this.fields.controls(name);
  }

  /* Put a message beside the field. For a field in the pupils' table, whose cells are
   * narrow, it goes to the row's last column. */
  #put(cell, note) {
    const { td } = cell;
    const room = td.closest('tr[data-p]')?.querySelector('.notes');
    if (!room || td.closest('.notes')) (td.closest('.pills, .pair') ?? td).after(note);
    else {
      note.prepend(`${this.fields.label(cell).split(', ').at(-1)}: `);
      room.append(note);
    }
  }

  #conflict(cell) {
    const { theirs } = cell;
    const isText = cell.td.matches('textarea, select, input:not([type="checkbox"])');
    return [words.conflict(theirs, isText ? this.#shownValue(cell) : ''), ' ',
      this.#button(words.keepMine, cell, () => this.#choose(cell, false)), ' ',
      this.#button(words.takeTheirs, cell, () => this.#choose(cell, true))];
  }

  /* The field's value as the person sees it: of a select the option's text. */
  #shownValue({ td, value }) {
    return td.selectedOptions?.[0] && value ? td.selectedOptions[0].textContent : value;
  }

  #button(text, cell, onclick) {
    return make('button', { type: 'button', 'aria-label': `${text}: ${this.fields.label(cell)}`, onclick }, text);
  }

  #choose(cell, isTheirs) {
    cell.base = this.fields.fieldValue(cell, cell.theirs.value);
    cell.theirs = null;
    if (isTheirs) this.fields.put(cell, cell.base);
    else this.fields.settle(cell);
    const none = this.fields.find('homework_none');
    if (isTheirs && cell.name === 'homework_text' && none.value) this.fields.put(none, none.base);
    this.fields.controls(cell.name).find((one) => one.type !== 'radio' || one.checked)?.focus();
    this.onChoice();
  }
}
