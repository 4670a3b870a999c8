/* absent.js: marks the pupils who were absent from the class's previous lesson as absent
 * («н») with one tap, and counts the lesson's pupils who have a mark.
 *
 * Finds: [data-ej-absent] with data-pupils (ids), [data-ej-asked] (shows the count),
 * both from lesson_before.xsl; in the form tr[data-p] with the radio buttons code.PUPIL
 * and the fields mark.….PUPIL.
 */
import { make } from './dom.js';
import * as words from './words.js';

const CODE = 'н';

const hasMark = (row) => [...row.querySelectorAll('[name^="mark."]')].some(({ value }) => value.trim());
const chosen = (row) => row.querySelector('input[name^="code."]:checked')?.value ?? '';

/* Choose an absence's letter, with the events of a tap, so that other scripts notice. */
function choose(row, code) {
  const field = [...row.querySelectorAll('input[name^="code."]')].find(({ value }) => value === code);
  if (!field) return;
  field.checked = true;
  for (const type of ['input', 'change']) field.dispatchEvent(new Event(type, { bubbles: true }));
}

function startMarkAbsent(place) {
  const form = place.closest('form');
  const done = form.elements.attendance_done;
  const rowOf = (id) => form.querySelector(`tr[data-p="${id}"]`);
  const rows = place.dataset.pupils.trim().split(' ').map(rowOf).filter(Boolean);
  const button = make('button', { type: 'button' }, words.markAbsent(rows.length));
  const status = make('span', { role: 'status', class: 'soft' });
  let marked = null;
  let wasDone = false;
  button.addEventListener('click', () => {
    if (marked) {
      marked.filter((row) => chosen(row) === CODE).forEach((row) => choose(row, ''));
      if (done) done.checked = wasDone;
      done?.dispatchEvent(new Event('change', { bubbles: true }));
      marked = null;
    } else {
      wasDone = Boolean(done?.checked);
      marked = rows.filter((row) => !chosen(row) && !hasMark(row));
      marked.forEach((row) => choose(row, CODE));
    }
    button.textContent = marked ? words.takeBack : words.markAbsent(rows.length);
    status.textContent = marked ? words.markedAbsent(marked.length, rows.length - marked.length) : '';
  });
  place.append(button, ' ', status);
}

function startMarkedCount(place) {
  const form = place.closest('form');
  form.addEventListener('input', () => {
    place.textContent = [...form.querySelectorAll('tr[data-p]')].filter(hasMark).length;
  });
}

export function startAbsent() {
  document.querySelectorAll('form [data-ej-absent]').forEach(startMarkAbsent);
  document.querySelectorAll('form [data-ej-asked]').forEach(startMarkedCount);
}
