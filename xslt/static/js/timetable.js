/* timetable.js: the editor of the timetable by keyboard and by drag and drop, without
 * loading the page again.
 *
 * Without scripts a link picks a lesson and a button puts it into a cell. This script follows
 * the same links, sends the same form, and puts the editor of the reply in place of the old
 * one. So all hours, busy cells, refusals and messages come from the server.
 */
import { dialog, make } from './dom.js';
import * as words from './words.js';
import { startDrag } from './timetable_drag.js';
import { atOf, cellAt, move, prepare, stops } from './timetable_cells.js';

const EDITOR = '[data-ej-timetable]';
const PICK = 'a[data-ej-pick]';
const TIMEOUT_MS = 20000;

const editor = () => document.querySelector(EDITOR);
const cancel = () => editor().querySelector('a[data-ej-cancel]'); // only while a lesson is picked
let said; // where messages are read out
let wanted; // the free cell for which a lesson is being chosen from the load
let last = Promise.resolve(null); // the last request: each waits for the one before

/* Load a page with an editor. Returns { page, url, isRefused }; null when there is no reply, after
 * showing a message. When the reply has no editor (the session has ended) this page is reloaded. */
function ask(address, body) {
  last = last.then(() => load(address, body));
  return last;
}

async function load(address, body) {
  editor().setAttribute('aria-busy', 'true');
  try {
    const response = await fetch(address, {
      method: body ? 'POST' : 'GET', body, headers: { Accept: 'text/html' }, signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    const page = new DOMParser().parseFromString(await response.text(), 'text/html');
    if (!page.querySelector(EDITOR)) location.reload();
    else return { page, url: response.url, isRefused: !response.ok };
  } catch {
    say(words.timetableOffline);
  } finally {
    editor().removeAttribute('aria-busy');
  }
  return null;
}

/* Show a message of the script, or those of a page, instead of earlier ones. */
function say(text, page) {
  document.querySelectorAll('main > .notice[role=status], main > .alert').forEach((one) => one.remove());
  const list = page ? [...page.querySelectorAll('main .notice[role=status], main .alert')] : [];
  list.forEach((one) => one.removeAttribute('role'));
  said.replaceChildren(...(text ? [make('p', { class: 'alert' }, text)] : list.map((one) => document.adoptNode(one))));
}

/* Put the editor of a reply in place of the present one, with the focus in a cell. */
function show({ page, url, isRefused }, at) {
  say('', page);
  editor().replaceWith(document.adoptNode(page.querySelector(EDITOR)));
  prepare(editor());
  if (!isRefused) history.replaceState(null, '', url.replace('&done=1', ''));
  const cell = at && cellAt(editor(), at);
  if (cell) stops(cell)[0].focus();
}

/* The fields of the form of a page with a picked lesson, for a cell. */
function fieldsOf(page, at) {
  const fields = new URLSearchParams(new FormData(page.querySelector(`${EDITOR} form`)));
  fields.set('at', at);
  return fields;
}

/* Pick a lesson or a teaching, or cancel that. goTo(editor): the element that gets the focus. */
async function pick(link, at, goTo) {
  const reply = await ask(link.href);
  if (!reply) return;
  show(reply, at);
  goTo?.(editor())?.focus();
}

/* Save the picked lesson at a place; the cell keeps the focus. */
async function save(fields, at) {
  const reply = await ask(editor().querySelector('form').action, fields);
  if (reply) show(reply, at);
}

/* Remove a lesson of the week, after a question. */
async function remove(link, at) {
  const reply = await ask(link.href);
  if (!reply) return;
  const fields = fieldsOf(reply.page, at);
  fields.set('is_removed', '1');
  const go = make('button', { class: 'main', onclick: () => { box.close(); save(fields, at); } }, words.timetableRemove);
  const stay = make('button', { onclick: () => box.close() }, words.timetableKeep);
  const name = reply.page.querySelector('.picked legend').textContent;
  const box = dialog(words.timetableRemoveTitle, make('p', {}, name), make('p', { class: 'actions' }, go, stay));
  box.addEventListener('close', () => cellAt(editor(), at) && stops(cellAt(editor(), at))[0].focus());
}

/* Where the focus goes after a pick by keyboard: from the load to the cell that was wanted or the
 * first free one, from the grid to the room. */
function afterPick(link, now) {
  const isLoad = link.closest('.load') !== null;
  const free = wanted ? cellAt(now, wanted) : now.querySelector('td.is-free:not(.is-busy)');
  wanted = undefined;
  return isLoad ? free && stops(free)[0] : now.querySelector('#f-place_id');
}

function onClick(event) {
  const link = event.target.closest(`${PICK}, a[data-ej-cancel]`);
  if (!link || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const isKey = event.detail === 0;
  pick(link, undefined, (now) => (isKey && link.matches(PICK) ? afterPick(link, now) : null));
}

function onSubmit(event) {
  if (!event.target.closest(EDITOR)) return;
  event.preventDefault();
  const fields = new URLSearchParams(new FormData(event.target, event.submitter));
  save(fields, fields.get('at'));
}

/* The keys in a cell: true when the key was used. */
function onCellKey(event, cell) {
  const at = atOf(cell);
  const link = event.target.closest('.item')?.querySelector(PICK);
  const isCtrl = event.ctrlKey || event.metaKey;
  const here = cell.querySelector('button.here');
  if (isCtrl && event.code === 'KeyX' && link && !here) pick(link, at);
  else if (isCtrl && event.code === 'KeyV' && here) here.click();
  else if (isCtrl || event.altKey) return false;
  else if (event.key === 'Delete' && link && !here) remove(link, at);
  else if (event.key === 'Enter' && event.target === cell) {
    wanted = at;
    editor().querySelector(`.load ${PICK}`)?.focus();
  } else return move(cell, event.target, event.key);
  return true;
}

function onKey(event) {
  if (!event.target.closest(EDITOR)) return;
  const cell = event.target.closest('td');
  if (event.key === 'Escape' && cancel()) pick(cancel(), cell ? atOf(cell) : wanted);
  else if (!cell || !onCellKey(event, cell)) return;
  event.preventDefault();
}

/* Save what was dragged to a cell; a refused lesson goes back. Returns whether it was saved. */
async function drop(page, at) {
  const reply = await ask(page.querySelector(`${EDITOR} form`).action, fieldsOf(page, at));
  if (reply?.isRefused) say('', reply.page);
  else if (reply) show(reply, at);
  return reply !== null && !reply.isRefused;
}

if (editor()) {
  said = make('div', { role: 'status', 'data-ej-said': '' });
  editor().before(said, make('p', { class: 'soft keys' }, words.timetableKeys));
  prepare(editor());
  const main = document.getElementById('main');
  main.addEventListener('click', onClick);
  main.addEventListener('submit', onSubmit);
  main.addEventListener('keydown', onKey);
  startDrag(main, { ask, drop });
}
