/* leave.js: logging out while cells are unsent asks first. */
import { dialog, make } from './dom.js';
import { unsent } from './outbox.js';
import { words } from './words.js';

function ask(form, n) {
  const stay = make('button', { type: 'button', autofocus: '', onclick: () => box.close() }, words.leaveStay);
  const go = make('button', { type: 'button', onclick: () => form.submit() }, words.leaveGo);
  const box = dialog(words.leaveTitle, make('p', {}, words.leaveText(n)), make('p', { class: 'actions' }, stay, ' ', go));
}

export function startLeave() {
  for (const form of document.querySelectorAll('form[data-ej-logout]')) {
    form.addEventListener('submit', (event) => {
      const n = unsent();
      if (n === 0) return;
      event.preventDefault();
      ask(form, n);
    });
  }
}
