/* timetable_cells.js: the cells of the timetable's editor and moving between them by keyboard.
 *
 * A cell's stops are the elements that the arrows reach: while a lesson is picked the button
 * «Сюда», else the links of its lessons, or the free cell itself.
 */
export const atOf = (cell) => `${cell.cellIndex}.${cell.dataset.slot}`;

/* The cell at weekday.slot, or undefined. */
export function cellAt(editor, at) {
  return [...editor.querySelectorAll('tbody td')].find((cell) => atOf(cell) === at);
}

export function stops(cell) {
  const here = cell.querySelector('button.here');
  if (here) return [here];
  const links = [...cell.querySelectorAll('a[data-ej-pick]')];
  return links.length ? links : [cell];
}

/* Let free cells have the focus, and lessons be dragged. */
export function prepare(editor) {
  for (const cell of editor.querySelectorAll('tbody td.is-free')) cell.tabIndex = -1;
  const first = editor.querySelector('tbody td');
  if (first?.matches('.is-free')) first.tabIndex = 0;
  for (const one of editor.querySelectorAll('.item, .load li')) one.draggable = true;
}

const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

/* Move the focus from an element of a cell by an arrow, Home or End, first among the lessons of the
 * cell. Returns whether the key is one of these. */
export function move(cell, from, key) {
  const row = cell.parentElement;
  const [down, right] = STEPS[key] ?? [0, 0];
  if (!STEPS[key] && key !== 'Home' && key !== 'End') return false;
  const within = stops(cell)[stops(cell).indexOf(from) + down];
  let to = row.parentElement.rows[row.sectionRowIndex + down]?.cells[cell.cellIndex + right];
  if (key === 'Home') to = row.cells[1];
  else if (key === 'End') to = row.cells[row.cells.length - 1];
  if (down && within && within !== from) within.focus();
  else if (to?.matches('td')) stops(to).at(down < 0 ? -1 : 0).focus();
  return true;
}
