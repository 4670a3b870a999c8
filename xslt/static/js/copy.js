/* copy.js: adds a button that copies a field's value. */
import { make } from './dom.js';
import * as words from './words.js';

/* Copy the text of a field. Over plain HTTP browsers have no navigator.clipboard. */
async function copy(field) {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    document.execCommand('copy');
  }
}

export function startCopy() {
  for (const field of document.querySelectorAll('input[data-ej-copy]')) {
    const button = make('button', { type: 'button', onclick: () => copy(field).then(() => { button.textContent = words.copied; }) }, words.copy);
    field.closest('.row').append(button);
  }
}
