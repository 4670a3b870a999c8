/* leave.js: logging out while cells are unsent asks first; on somebody else's
 * computer nothing stays.
 *
 * No page outlives its session. A log-in page asks all open pages to look
 * whether theirs has ended; a page that comes back from the browser's memory
 * (Back, without loading) looks, too, and is hidden until it knows. What the
 * server does against the same is told in out.c. */
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

const show = (isShown) => { document.documentElement.style.visibility = isShown ? '' : 'hidden'; };

/* Empty the page if its session has ended; without network nobody knows. */
async function look(form) {
  const account = form.action.replace(/logout$/, 'account');
  const answer = await fetch(account, { method: 'HEAD', redirect: 'manual', headers: { Accept: 'text/html' } }).catch(() => null);
  if (answer?.type === 'opaqueredirect') {
    if (isShared()) forget();
    document.body.replaceChildren();
    location.replace(location.href.replace(/#.*/, ''));
  }
  else show(true);
}

export function startLeave() {
  const pages = window.BroadcastChannel ? new BroadcastChannel('ej.left') : null;
  if (document.querySelector('[data-ej-left]')) pages?.postMessage('look');
  for (const form of document.querySelectorAll('form[data-ej-logout]')) {
    form.addEventListener('submit', (event) => {
      const n = unsent();
      event.preventDefault();
      if (n === 0) leave(form);
      else ask(form, n);
    });
    pages?.addEventListener('message', () => look(form));
    addEventListener('pagehide', () => show(false));
    addEventListener('pageshow', (event) => event.persisted && look(form));
  }
}
