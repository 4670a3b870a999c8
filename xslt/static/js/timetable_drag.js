/* timetable_drag.js: lessons of the timetable's editor moved by the mouse, or by a long touch where
 * the browser offers that. What is dragged is picked by its own link while it moves, so the cells
 * in which somebody is busy are marked.
 */

/* Mark the cells that are busy in a page with a picked lesson; without a page none. */
function mark(page) {
  const busy = page ? [...page.querySelectorAll('[data-ej-timetable] tbody td')] : [];
  document.querySelectorAll('[data-ej-timetable] tbody td').forEach((cell, i) => {
    cell.classList.toggle('is-busy', busy[i]?.matches('.is-busy') ?? false);
  });
}

/* Move an element into a cell until the server has answered; it goes back when it was refused. */
async function carry(dragged, cell, drop) {
  const { source, reply } = dragged;
  const [parent, next] = [source.parentElement, source.nextSibling];
  const isLesson = source.matches('.item');
  if (isLesson) cell.append(source);
  source.classList.add('is-saving');
  const picked = await reply;
  const isSaved = picked && await drop(picked.page, `${cell.cellIndex}.${cell.dataset.slot}`);
  source.classList.remove('is-saving');
  if (!isSaved && isLesson) parent.insertBefore(source, next);
  mark();
}

/* ask(address): loads a page; drop(page, at): saves its picked lesson, tells whether it was saved. */
export function startDrag(main, { ask, drop }) {
  let dragged;
  const cellOf = (event) => dragged && event.target.closest?.('[data-ej-timetable] tbody td');
  main.addEventListener('dragstart', (event) => {
    const source = event.target.closest?.('.item, .load li');
    const link = source?.querySelector('a[data-ej-pick]');
    if (!link) return;
    event.dataTransfer.effectAllowed = 'move';
    event.dataTransfer.setData('text/plain', link.textContent.trim());
    dragged = { source, reply: ask(link.href) };
    dragged.reply.then((reply) => reply && mark(reply.page));
  });
  main.addEventListener('dragover', (event) => { if (cellOf(event)) event.preventDefault(); });
  main.addEventListener('drop', (event) => {
    const cell = cellOf(event);
    if (!cell) return;
    event.preventDefault();
    if (cell !== dragged.source.closest('td')) carry(dragged, cell, drop);
  });
  main.addEventListener('dragend', () => {
    if (!dragged?.source.matches('.is-saving')) mark();
    dragged = undefined;
  });
}
