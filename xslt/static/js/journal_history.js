/* journal_history.js: the dialog with a cell's comment and history. */
import { dialog, make } from './dom.js';
import * as words from './words.js';

function table(changes) {
  if (changes.length === 0) return make('p', { class: 'empty' }, words.historyNone);
  const head = make('tr', {}, ...words.historyHead.map((text) => make('th', { scope: 'col' }, text)));
  const rows = changes.map((change) => {
    const text = (name) => change.getAttribute(name) ?? '';
    const describe = (value, minutes, comment) => [text(value), text(minutes) && words.minutes(text(minutes)),
      text(comment) && `(${text(comment)})`].filter(Boolean).join(' ');
    const texts = [words.moment(text('at')), text('who'), describe('old', 'old_minutes', 'old_comment'), describe('new', 'minutes', 'comment')];
    return make('tr', {}, ...texts.map((text) => make('td', {}, text)));
  });
  return make('table', { class: 'data' }, make('thead', {}, head), make('tbody', {}, ...rows));
}

async function load(address) {
  const response = await fetch(`${address}?format=xml`, { headers: { Accept: 'application/xml' } });
  const page = new DOMParser().parseFromString(await response.text(), 'application/xml');
  if (!response.ok || page.querySelector('parsererror')) throw new Error(String(response.status));
  const comments = [...page.querySelectorAll('attempt')].map((one) => [Number(one.getAttribute('attempt')), one.getAttribute('comment') ?? '']);
  return { history: table([...page.querySelectorAll('change')]), comments: new Map(comments) };
}

/* Make the field of a comment; onNote is called when the dialog closes, unless it is
 * cancelled. */
function noteField(box, note, label, onNote) {
  const isOnly = label === words.note;
  const input = make('input', { maxlength: 1000, autocomplete: 'off', value: note.value, 'aria-label': label, placeholder: isOnly && label });
  let isEntered = true;
  input.addEventListener('keydown', (event) => event.key === 'Enter' && !event.isComposing && box.close());
  box.addEventListener('cancel', () => { isEntered = false; });
  box.addEventListener('close', () => isEntered && onNote(note, input.value));
  return make('p', { class: 'note' }, isOnly ? null : label, input, make('small', { class: 'soft' }, words.noteFor));
}

/* Make the fields of a cell's comments: one, or for a retaken mark one for each attempt,
 * when the server's comments are there. */
function noteFields(cells, cell, box, { comments, onNote }) {
  const n = cells.canNote(cell) ? cells.attempts(cell) : 0;
  if (n < 2 && comments) return [];
  if (n === 1) return [noteField(box, cells.note(cell), words.note, onNote)];
  if (!comments) return [];
  return cell.value.split('/').map((mark, i) => noteField(box,
    cells.note(cell, i + 1, comments.get(i + 1) ?? ''), words.noteForAttempt(mark, i), onNote));
}

/* Open the dialog of a cell: its history, and its comments, editable where allowed. When
 * it closes the cursor returns to the cell. */
export async function showCell(cells, cell, { isNoting, onNote, focus }) {
  const { action } = cells.table.dataset;
  const body = make('div', { 'aria-live': 'polite' }, words.loading);
  const close = make('button', { type: 'button', autofocus: '', onclick: () => box.close() }, words.close);
  const box = dialog(`${isNoting ? words.note : words.history}: ${cells.name(cell)}`, body, close);
  const put = (comments) => {
    const fields = noteFields(cells, cell, box, { comments, onNote });
    body.before(...fields);
    if (isNoting) fields.at(-1)?.querySelector('input').focus();
  };
  put();
  box.addEventListener('close', focus);
  try {
    const { history, comments } = await load(`${action}/columns/${cells.column(cell)}/pupils/${cell.pupil}`);
    body.replaceChildren(history);
    if (box.open) put(comments);
  } catch {
    body.replaceChildren(words.historyFailed);
  }
}
