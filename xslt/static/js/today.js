/* today.js: marks the lesson that is going on, by the time in the school's zone.
 *
 * The server cannot mark it: the page would then change every minute and could not be
 * cached.
 */
import { make } from './dom.js';
import * as words from './words.js';

/* The time of day in the school's zone, such as 08:05. */
const clock = (tz) => new Intl.DateTimeFormat('ru', {
  timeZone: tz || undefined, hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
}).format(new Date());

function mark(table) {
  const now = clock(table.dataset.ejNow);
  for (const row of table.tBodies[0].rows) {
    const [starts, ends] = Array.from(row.querySelectorAll('.when time'), (time) => time.dateTime);
    const isNow = starts <= now && now < ends && !row.classList.contains('is-off');
    row.classList.toggle('is-now', isNow);
    row.querySelector('.now')?.remove();
    if (isNow) row.querySelector('.when').append(make('span', { class: 'badge now' }, words.underway));
  }
}

export function startToday() {
  const table = document.querySelector('[data-ej-now]');
  if (!table) return;
  mark(table);
  setInterval(() => mark(table), 20_000);
  document.addEventListener('visibilitychange', () => mark(table));
}
