/* journal_history.js: who changed a cell, when, from what to what. */
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

/* Open the history of a cell; when it closes the cursor is back on it. */
export async function showHistory(cells, cell, focus) {
  const { action } = cells.table.dataset;
  const body = make('div', { 'aria-live': 'polite' }, words.loading);
  const close = make('button', { type: 'button', onclick: () => box.close() }, words.close);
  const box = dialog(`${words.history}: ${cells.name(cell)}`, body, close);
  box.addEventListener('close', focus);
  try {
    body.replaceChildren(await load(`${action}/columns/${cells.column(cell)}/pupils/${cell.pupil}`));
  } catch {
    body.replaceChildren(words.historyLost);
  }
}
