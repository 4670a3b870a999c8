/* week.js: on a phone the days of a diary stand one below another: the week
 * that was opened without asking for a day opens at today, unless what is due
 * and what is new stands before it, which is what a family comes for.
 */
export function startWeek() {
  const today = document.querySelector('[data-ej-week] .is-today');
  const [way] = performance.getEntriesByType('navigation');
  const isPhone = matchMedia('(max-width: 40rem)').matches;
  const isTold = document.querySelector('.diary .first') !== null;
  if (today && !isTold && isPhone && !location.hash && way?.type === 'navigate') today.scrollIntoView();
}
