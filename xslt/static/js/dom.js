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

/* Make an operation id. Over plain HTTP, which a school may use inside its own
 * network, browsers have no randomUUID. */
export function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const b = crypto.getRandomValues(new Uint8Array(16));
  b[6] = (b[6] & 15) | 64;
  b[8] = (b[8] & 63) | 128;
  const hex = Array.from(b, (n) => n.toString(16).padStart(2, '0')).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

let isStorageOff = false;

/* Store a value as JSON; null deletes it. Returns whether it was stored: storage may
 * be full, switched off or forbidden. */
export function store(storage, key, value) {
  if (isStorageOff) return false;
  try {
    if (value === null) storage().removeItem(key);
    else storage().setItem(key, JSON.stringify(value));
    return true;
  } catch {
    return false;
  }
}

/* Read a value put by store(); null when there is none. */
export function stored(storage, key) {
  try {
    return JSON.parse(storage().getItem(key));
  } catch {
    return null;
  }
}

/* Whether the person logged in with «Не мой компьютер». Values are then stored only
 * until the tab is closed. */
export const isShared = () => document.querySelector('form[data-ej-shared]') !== null;
export const deviceStorage = () => (isShared() ? window.sessionStorage : window.localStorage);

/* Delete everything stored, when the person logs out of a shared computer; from then
 * on this page stores nothing, not even when it is closed. */
export function deleteStored() {
  for (const key of Object.keys(deviceStorage())) if (key.startsWith('ej.')) store(deviceStorage, key, null);
  isStorageOff = true;
}
export const tabStorage = () => window.sessionStorage;

/* Show a modal dialog, which is removed from the page when it is closed. */
export function dialog(title, ...children) {
  const head = make('h2', {}, title);
  const box = make('dialog', { class: 'dialog', 'aria-label': title }, head, ...children);
  box.addEventListener('close', () => box.remove());
  document.body.append(box);
  box.showModal();
  return box;
}
