/* menu.js: the open panel of the menu closes by Escape, by a click beside it, and when
 * the keyboard leaves it. Without the script it closes by its own button.
 */
export function startMenu() {
  const menu = document.querySelector('details[data-ej-menu]');
  if (!menu) return;
  const close = () => { menu.open = false; };
  menu.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape' || !menu.open) return;
    close();
    menu.querySelector('summary').focus();
  });
  menu.addEventListener('focusout', (event) => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget)) close();
  });
  document.addEventListener('click', (event) => {
    if (!menu.contains(event.target)) close();
  });
  window.addEventListener('pagehide', close); // Back finds it closed
}
