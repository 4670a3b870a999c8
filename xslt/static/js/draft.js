/* draft.js: what was typed into a form, kept until the school has it.
 *
 * The form is sent by the browser itself. If that fails, or the page is lost
 * on the way, the next visit offers to put the typed values back.
 */
import { keep, kept, local } from './dom.js';

const PREFIX = 'ej.draft.';
const DAYS_7 = 7 * 24 * 3600 * 1000;

/* Fields that a person fills, by name and order among equal names. */
function fields(form) {
  const count = {};
  return [...form.elements]
    .filter((one) => one.name && !['hidden', 'submit', 'button', 'password'].includes(one.type))
    .map((field) => {
      count[field.name] = (count[field.name] ?? -1) + 1;
      return { key: `${field.name}#${count[field.name]}`, field };
    });
}

const isTick = (field) => ['checkbox', 'radio'].includes(field.type);
const read = (field) => (isTick(field) ? field.checked : field.value);

/* Equal up to what the server tidies: blanks at the ends and in between. */
const tidy = (value) => (typeof value === 'string' ? value.replace(/\s+/g, '') : value);

export class Draft {
  constructor(form, account) {
    this.form = form;
    this.key = `${PREFIX}${account}.${location.pathname}`;
    this.first = this.values();
  }

  values() {
    return Object.fromEntries(fields(this.form).map(({ key, field }) => [key, read(field)]));
  }

  get isChanged() {
    return JSON.stringify(this.values()) !== JSON.stringify(this.first);
  }

  /* Returns whether the browser keeps it. */
  store() {
    return keep(local, this.key, this.isChanged ? { at: Date.now(), values: this.values() } : null);
  }

  drop() {
    keep(local, this.key, null);
  }

  /* Typed values that the page does not show, or null. */
  left() {
    const draft = kept(local, this.key);
    if (!draft || !(Date.now() - draft.at < DAYS_7)) return this.drop() ?? null;
    const isOther = fields(this.form).some(({ key, field }) => key in draft.values
      && tidy(draft.values[key]) !== tidy(read(field)));
    return isOther ? draft.values : this.drop() ?? null;
  }

  lay(values) {
    for (const { key, field } of fields(this.form)) {
      if (!(key in values)) continue;
      if (isTick(field)) field.checked = values[key];
      else field.value = values[key];
      field.dispatchEvent(new Event('input', { bubbles: true }));
    }
  }
}
