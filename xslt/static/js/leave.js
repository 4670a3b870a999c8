/* leave.js: asks before a log-out while cells are unsent; on a shared computer it
 * deletes everything stored.
 *
 * No page stays visible after its session has ended. A log-in page tells all open
 * pages to check their session; a page that the browser restores from memory (Back,
 * without loading) checks too, and is hidden until it knows. The server's part
 * against this is described in core/out/send.c. */
import { dialog, deleteStored, isShared, make } from './dom.js';
import { unsent } from './outbox.js';
import * as words from './words.js';

function ask(form, n) {
  const stay = make('button', { type: 'button', autofocus: '', onclick: () => box.close() }, words.leaveStay);
  const go = make('button', { type: 'button', onclick: () => leave(form) }, words.leaveGo);
  const text = isShared() ? words.leaveShared(n) : words.leaveText(n);
  const box = dialog(words.leaveTitle, make('p', {}, text), make('p', { class: 'actions' }, stay, ' ', go));
}

function leave(form) {
  if (isShared()) deleteStored();
  form.submit();
}

const show = (isShown) => { document.documentElement.style.visibility = isShown ? '' : 'hidden'; };

/* Reload the page if its session has ended, so that it shows the log-in; without a
 * connection show it, since nobody can tell. */
async function checkSession(form) {
  const account = form.action.replace(/logout$/, 'account');
  const answer = await fetch(account, { method: 'HEAD', redirect: 'manual', headers: { Accept: 'text/html' } }).catch(() => null);
  if (answer?.type === 'opaqueredirect') {
    if (isShared()) deleteStored();
    document.body.replaceChildren();
    location.replace(location.href.replace(/#.*/, ''));
  }
  else show(true);
}

export function startLeave() {
  const pages = window.BroadcastChannel ? new BroadcastChannel('ej.left') : null;
  if (document.querySelector('[data-ej-left]')) pages?.postMessage('check');
  for (const form of document.querySelectorAll('form[data-ej-logout]')) {
    form.addEventListener('submit', (event) => {
      const n = unsent();
      event.preventDefault();
      if (n === 0) leave(form);
      else ask(form, n);
    });
    pages?.addEventListener('message', () => checkSession(form));
    addEventListener('pagehide', () => show(false));
    addEventListener('pageshow', (event) => event.persisted && checkSession(form));
  }
}
