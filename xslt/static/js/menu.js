/* menu.js: closes the open menu on Escape, on a click beside it, and when the focus leaves
 * it. Without the script only its own button closes it.
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
  window.addEventListener('pagehide', close); // so that the menu is closed when Back returns to this page
}
