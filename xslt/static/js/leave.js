/* leave.js: logging out while cells are unsent asks first; on somebody else's
 * computer nothing stays. */
import { dialog, forget, isShared, make } from './dom.js';
import { unsent } from './outbox.js';
import * as words from './words.js';

function ask(form, n) {
  const stay = make('button', { type: 'button', autofocus: '', onclick: () => box.close() }, words.leaveStay);
  const go = make('button', { type: 'button', onclick: () => leave(form) }, words.leaveGo);
  const text = isShared() ? words.leaveShared(n) : words.leaveText(n);
  const box = dialog(words.leaveTitle, make('p', {}, text), make('p', { class: 'actions' }, stay, ' ', go));
}

function leave(form) {
  if (isShared()) forget();
  form.submit();
}

export function startLeave() {
  for (const form of document.querySelectorAll('form[data-ej-logout]')) {
    form.addEventListener('submit', (event) => {
      const n = unsent();
      event.preventDefault();
      if (n === 0) leave(form);
      else ask(form, n);
    });
  }
}
