/* week.js: scrolls the diary's week to today on a phone, where the days stand one below
 * another. Not if the address names a day, and not if the page begins with homework due
 * or with news, which families look for first.
 */
export function startWeek() {
  const today = document.querySelector('[data-ej-week] .is-today');
  const [visit] = performance.getEntriesByType('navigation');
  const isPhone = matchMedia('(max-width: 40rem)').matches;
  const hasNews = document.querySelector('.diary .first') !== null;
  if (today && !hasNews && isPhone && !location.hash && visit?.type === 'navigate') today.scrollIntoView();
}
