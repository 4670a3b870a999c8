/* receipt.js: when the end of a week of the diary has been in view for five seconds, tells the
 * server that this guardian has seen the week (data-ej-read on its form). The form's button does
 * the same for a browser without this script.
 */
const IN_VIEW_MS = 5000;

/* Send the form with the way «read». When it is not accepted, the button stays. */
async function send(form) {
  const body = new URLSearchParams(new FormData(form));
  body.set('way', 'read');
  const answer = await fetch(form.action, { method: 'POST', body, redirect: 'manual' }).catch(() => null);
  if (answer?.type === 'opaqueredirect') form.querySelector('[data-ej-seen]').hidden = false;
}

export function startReceipt() {
  const form = document.querySelector('form[data-ej-read]');
  if (!form) return;
  let timer = 0;
  let isInView = false;
  const watch = () => {
    clearTimeout(timer);
    if (isInView && document.visibilityState === 'visible') timer = setTimeout(finish, IN_VIEW_MS);
  };
  const observer = new IntersectionObserver(([entry]) => {
    isInView = entry.isIntersecting;
    watch();
  });
  function finish() {
    observer.disconnect();
    document.removeEventListener('visibilitychange', watch);
    send(form);
  }
  document.addEventListener('visibilitychange', watch);
  observer.observe(form);
}
