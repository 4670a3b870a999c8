/* journal_post.js: one save on the wire, and what its answer means.
 *
 * Returns { kind, … }:
 *   done     outcomes for single cells (Map n -> outcome), all: what holds
 *            for cells that are not named ('saved', 'again' or a code)
 *   offline  no answer came: send the same batch again
 *   busy     the server cannot now: send the same batch again
 *   ended    no session; token: the page's token is not of this session
 */
const TIMEOUT_MS = 20000;

function body(batch, token) {
  const form = new URLSearchParams();
  form.append('form_token', token);
  form.append('operation_id', batch.id);
  for (const cell of batch.cells) {
    form.append('column_id', cell.column);
    form.append('pupil_id', cell.pupil);
    form.append('old', cell.old);
    form.append('value', cell.value);
  }
  return form;
}

function outcomes(page) {
  const named = new Map();
  for (const one of page.querySelectorAll('outcomes > cell')) {
    named.set(Number(one.getAttribute('n')), {
      outcome: one.getAttribute('outcome'),
      code: one.getAttribute('code') ?? '',
      value: one.getAttribute('value') ?? '',
      who: one.getAttribute('who') ?? '',
      at: one.getAttribute('at') ?? '',
    });
  }
  for (const one of page.querySelectorAll('error[n]')) {
    named.set(Number(one.getAttribute('n')), { outcome: 'bad', code: one.getAttribute('code') });
  }
  return named;
}

/* A refusal of the whole batch. Sending it again would be refused again, so it
 * marks every cell; but a lock (JE507) and our own faults pass. */
function refused(page, status) {
  const code = page.querySelector('error')?.getAttribute('code') ?? '';
  if (code === 'JE303') return { kind: 'token' };
  if (code === 'JE302' || status === 401) return { kind: 'ended' };
  if (code.startsWith('JE5')) return { kind: 'busy' };
  return { kind: 'done', named: new Map(), all: code || `HTTP ${status}` };
}

/* What a document of the server says about the batch. */
function read(page, status, length) {
  const named = outcomes(page);
  const isOfBatch = [...named.keys()].every((n) => n >= 1 && n <= length);
  if (status >= 400 && (named.size === 0 || !isOfBatch)) return refused(page, status);
  // a 200 of somebody else's (a provider's page) is no answer of ours
  if (!page.querySelector('outcomes, error')) return { kind: 'busy' };
  // one bad cell and nothing was saved: the others go again without it,
  // also those that would have been saved
  const isRefused = [...named.values()].some((one) => one.outcome === 'bad');
  for (const [n, one] of named) if (isRefused && one.outcome === 'saved') named.delete(n);
  if (!isOfBatch) return { kind: 'busy' };
  return { kind: 'done', named, all: isRefused ? 'again' : 'saved' };
}

export async function post(action, token, batch, isLast = false) {
  let response;
  let text;
  try {
    response = await fetch(action, {
      method: 'POST',
      body: body(batch, token),
      headers: { Accept: 'application/xml', 'X-Ejournal': 'fragment' },
      keepalive: isLast,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await response.text();
  } catch {
    return { kind: 'offline' };
  }
  const { status } = response;
  if (response.redirected) return { kind: 'ended' }; // only log-in redirects this
  if (status === 401) return { kind: 'ended' };
  if (status >= 500 || status === 429 || status === 408) return { kind: 'busy' };
  const page = new DOMParser().parseFromString(text, 'application/xml');
  if (!page.querySelector('parsererror')) return read(page, status, batch.cells.length);
  return status < 400 ? { kind: 'busy' } : { kind: 'done', named: new Map(), all: `HTTP ${status}` };
}
