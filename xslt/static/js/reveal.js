/* reveal.js: adds the checkbox «Показать пароль», which shows all passwords of a form.
 * They are hidden again before the form is sent, so that the browser does not store them
 * as ordinary text.
 */
import { make } from './dom.js';
import * as words from './words.js';

export function startReveal() {
  for (const form of new Set(Array.from(document.querySelectorAll('input[type=password]'), (field) => field.form))) {
    const fields = [...form.querySelectorAll('input[type=password]')];
    const show = (isShown) => fields.forEach((field) => { field.type = isShown ? 'text' : 'password'; });
    const tick = make('input', { type: 'checkbox', onchange: () => show(tick.checked) });
    const label = make('label', { class: 'check' }, tick, make('span', {}, words.reveal(fields.length)));
    fields.at(-1).closest('.row').after(make('p', { class: 'row' }, label));
    form.addEventListener('submit', () => show(false));
    window.addEventListener('pageshow', () => show(tick.checked));
  }
}
