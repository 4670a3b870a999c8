/* post.js: one save on the wire, and what its answer means.
 *
 * Returns { kind, list, all }:
 *   done     list: an outcome for every row (n) or field (field) that the answer
 *            names; all: what holds for the others ('saved', 'again' or a code)
 *   offline  no answer came: send the same again, under the same id
 *   busy     the server cannot now: send the same again
 *   ended    no session; token: the page's token is not of this session
 */
const TIMEOUT_MS = 20000;

/* «Изменено в другом окне»: it was this person. */
const isOwn = (who) => who !== '' && who === document.querySelector('.person')?.textContent;

/* What the answer says of each row or field. */
function outcomes(page) {
  return Array.from(page.querySelectorAll('outcomes > cell, error[n], error[field]'), (one) => {
    const said = (name) => one.getAttribute(name) ?? '';
    return {
      n: Number(said('n')), field: said('field'), outcome: said('outcome') || 'bad', code: said('code'),
      value: said('value'), who: said('who'), at: said('at'), isOwn: isOwn(said('who')),
    };
  });
}

/* A refusal of the whole save. Sending it again would be refused again, so it
 * marks every field; but a lock (JE507) and our own faults pass. */
function refused(page, status) {
  const code = page.querySelector('error')?.getAttribute('code') ?? '';
  if (code === 'JE303') return { kind: 'token' };
  if (code === 'JE302' || status === 401) return { kind: 'ended' };
  if (code.startsWith('JE5')) return { kind: 'busy' };
  return { kind: 'done', list: [], all: code || `HTTP ${status}` };
}

/* What a document of the server says; isMine: whether an outcome is of this save. */
function read(page, status, isMine) {
  let list = outcomes(page);
  const isOfSave = list.every(isMine);
  if (status >= 400 && (list.length === 0 || !isOfSave)) return refused(page, status);
  // a 200 of somebody else's (a provider's page) is no answer of ours
  if (!isOfSave || !page.querySelector('outcomes, error')) return { kind: 'busy' };
  // one bad field and nothing was saved: the others go again without it,
  // also those that would have been saved
  const isRefused = list.some((one) => one.outcome === 'bad');
  if (isRefused) list = list.filter((one) => one.outcome !== 'saved');
  return { kind: 'done', list, all: isRefused ? 'again' : 'saved' };
}

/* Send fields, [[name, value], …], as the operation of this id; isLast: the page
 * goes away. */
export async function post(action, token, id, fields, { isMine = () => true, isLast = false } = {}) {
  let response;
  let text;
  try {
    response = await fetch(action, {
      method: 'POST',
      body: new URLSearchParams([['form_token', token], ['operation_id', id], ...fields]),
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
  if (!page.querySelector('parsererror')) return read(page, status, isMine);
  return status < 400 ? { kind: 'busy' } : { kind: 'done', list: [], all: `HTTP ${status}` };
}
