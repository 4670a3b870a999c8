/* reveal.js: «Показать пароль», one tick for all passwords of a form. They are
 * hidden again before they are sent, so that no browser remembers them as text.
 */
import { make } from './dom.js';
import * as words from './words.js';

export function startReveal() {
  for (const form of new Set(Array.from(document.querySelectorAll('input[type=password]'), (field) => field.form))) {
    const fields = [...form.querySelectorAll('input[type=password]')];
    const show = (is) => fields.forEach((field) => { field.type = is ? 'text' : 'password'; });
    const tick = make('input', { type: 'checkbox', onchange: () => show(tick.checked) });
    const label = make('label', { class: 'check' }, tick, make('span', {}, words.reveal(fields.length)));
    fields.at(-1).closest('.row').after(make('p', { class: 'row' }, label));
    form.addEventListener('submit', () => show(false));
    window.addEventListener('pageshow', () => show(tick.checked));
  }
}
