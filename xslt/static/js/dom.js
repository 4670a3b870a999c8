/* dom.js: making elements and ids.
 *
 * No text is ever parsed as HTML here: what people typed reaches the page
 * only as text nodes and attributes.
 */

/* Make an element; a property that starts with "on" becomes a listener. */
export function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key.startsWith('on')) element.addEventListener(key.slice(2), value);
    else if (value !== false && value != null) element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child != null));
  return element;
}

/* A new operation id. randomUUID exists in secure contexts only, and a school
 * may serve plain HTTP inside its own network. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  const hex = Array.from(b, (n) => n.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

let isForgotten = false;

/* Storage may be full, switched off or forbidden: then nothing is kept and
 * the page goes on. Returns whether it was kept. */
export function keep(storage, key, value) {
  if (isForgotten) return false;
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

export function kept(storage, key) {
  try {
    return JSON.parse(storage().getItem(key));
  } catch {
    return null;
  }
}

/* «Не мой компьютер»: what is kept there is gone with the tab. */
export const isShared = () => document.querySelector('form[data-ej-shared]') !== null;
export const local = () => (isShared() ? window.sessionStorage : window.localStorage);

/* Who leaves somebody else's computer leaves nothing; this page keeps nothing
 * any more, not even while it is left. */
export function forget() {
  for (const key of Object.keys(local())) if (key.startsWith('ej.')) keep(local, key, null);
  isForgotten = true;
}
export const session = () => window.sessionStorage;

/* A modal question or notice. Returns the dialog; it removes itself. */
export function dialog(title, ...children) {
  const head = make('h2', {}, title);
  const box = make('dialog', { class: 'dialog', 'aria-label': title }, head, ...children);
  box.addEventListener('close', () => box.remove());
  document.body.append(box);
  box.showModal();
  return box;
}
