/* jobs.js: loads the state of a job again every two seconds until the job has ended. */

const hasEnded = (state) => state !== 'waits' && state !== 'runs';

export function startJobs() {
  const place = document.querySelector('[data-ej-job]');
  if (!place || hasEnded(place.dataset.ejJob)) return;
  place.querySelector('[data-ej-job-look]')?.remove();
  const check = async () => {
    const answer = await fetch(location.href, { headers: { Accept: 'text/html' } }).catch(() => null);
    const page = answer?.ok ? new DOMParser().parseFromString(await answer.text(), 'text/html') : null;
    const now = page?.querySelector('[data-ej-job]');
    if (answer?.redirected || (answer && !answer.ok)) location.reload();
    if (!now || now.dataset.ejJob !== place.dataset.ejJob) {
      if (now) location.reload();
      else setTimeout(check, 2000);
      return;
    }
    for (const part of ['.state', 'progress']) {
      const [old, fresh] = [place.querySelector(part), now.querySelector(part)];
      if (old && fresh) old.replaceWith(fresh);
      else if (fresh) place.querySelector('.state').after(fresh);
    }
    setTimeout(check, 2000);
  };
  setTimeout(check, 2000);
}
