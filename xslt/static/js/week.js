/* week.js: on a phone the days of a diary stand one below another: the week
 * that was opened without asking for a day opens at today.
 */
export function startWeek() {
  const today = document.querySelector('[data-ej-week] .is-today');
  const [way] = performance.getEntriesByType('navigation');
  const isPhone = matchMedia('(max-width: 40rem)').matches;
  if (today && isPhone && !location.hash && way?.type === 'navigate') today.scrollIntoView();
}
