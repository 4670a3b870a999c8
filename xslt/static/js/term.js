/* term.js: speeds up the form of term marks: Enter accepts the proposed mark and goes to
 * the next pupil, a button accepts all proposed marks. Marks already chosen stay.
 */
const accept = (select) => {
  if (select.value === '' && select.dataset.proposed) select.value = select.dataset.proposed;
};

export function startTerm() {
  const form = document.querySelector('form[data-ej-term]');
  if (!form) return;
  const selects = [...form.querySelectorAll('select[data-proposed]')];
  form.addEventListener('keydown', (event) => {
    const at = selects.indexOf(event.target);
    if (event.key !== 'Enter' || at < 0) return;
    event.preventDefault();
    accept(event.target);
    (selects[at + 1] ?? form.querySelector('button.main')).focus();
  });
  const all = form.querySelector('[data-ej-propose]');
  if (!all) return;
  all.hidden = false;
  all.addEventListener('click', () => selects.forEach(accept));
}
