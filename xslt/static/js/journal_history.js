/* journal_history.js: a cell's comment, and who changed the cell, when, from what to what. */
import { dialog, make } from './dom.js';
import * as words from './words.js';

function table(changes) {
  if (changes.length === 0) return make('p', { class: 'empty' }, words.historyNone);
  const head = make('tr', {}, ...words.historyHead.map((text) => make('th', { scope: 'col' }, text)));
  const rows = changes.map((change) => {
    const text = (name) => change.getAttribute(name) ?? '';
    const said = (value, minutes, comment) => [text(value), text(minutes) && words.minutes(text(minutes)),
      text(comment) && `(${text(comment)})`].filter(Boolean).join(' ');
    const texts = [words.moment(text('at')), text('who'), said('old', 'old_minutes', 'old_comment'), said('new', 'minutes', 'comment')];
    return make('tr', {}, ...texts.map((text) => make('td', {}, text)));
  });
  return make('table', { class: 'data' }, make('thead', {}, head), make('tbody', {}, ...rows));
}

async function load(address) {
  const response = await fetch(`${address}?format=xml`, { headers: { Accept: 'application/xml' } });
  const page = new DOMParser().parseFromString(await response.text(), 'application/xml');
  if (!response.ok || page.querySelector('parsererror')) throw new Error(String(response.status));
  return table([...page.querySelectorAll('change')]);
}

/* The comment, written where the history is read; a change is told at the end. */
function noteField(note, onChange) {
  const input = make('input', { maxlength: 1000, autocomplete: 'off', value: note.value, placeholder: words.note, 'aria-label': words.note });
  let isKept = true;
  return {
    label: make('p', { class: 'note' }, input, make('small', { class: 'soft' }, words.noteFor)),
    start(box) {
      input.addEventListener('keydown', (event) => event.key === 'Enter' && !event.isComposing && box.close());
      box.addEventListener('cancel', () => { isKept = false; });
      box.addEventListener('close', () => isKept && onChange(input.value));
    },
    focus: () => input.focus(),
  };
}

/* Open what is known of a cell: its comment, where one may be written (note), and
 * its history. When it closes the cursor is back on the cell. */
export async function showCell(cells, cell, { note, isNoting, onNote, focus }) {
  const { action } = cells.table.dataset;
  const body = make('div', { 'aria-live': 'polite' }, words.loading);
  const close = make('button', { type: 'button', autofocus: '', onclick: () => box.close() }, words.close);
  const field = note && noteField(note, onNote);
  const box = dialog(`${isNoting ? words.note : words.history}: ${cells.name(cell)}`, field?.label, body, close);
  field?.start(box);
  if (isNoting) field?.focus();
  box.addEventListener('close', focus);
  try {
    body.replaceChildren(await load(`${action}/columns/${cells.column(cell)}/pupils/${cell.pupil}`));
  } catch {
    body.replaceChildren(words.historyLost);
  }
}
