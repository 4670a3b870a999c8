/* post.js: sends one save and reads the reply.
 *
 * post() returns { kind, list, all }; kind is
 *   done     list: an outcome for every row (n) or field (field) in the reply; all:
 *            the outcome of the others ('saved', 'again' or an error code)
 *   offline  no reply: send the same again, under the same id
 *   busy     the server cannot answer now: send the same again
 *   ended    there is no session
 *   token    the page's form token belongs to another session
 */
const TIMEOUT_MS = 20000;

/* Whether the author of a conflict is this person (in another window). */
const isOwn = (who) => who !== '' && who === document.querySelector('.person')?.textContent;

/* The outcomes in the reply, one for each row or field. */
function outcomes(page) {
  return Array.from(page.querySelectorAll('outcomes > cell, error[n], error[field]'), (one) => {
    const get = (name) => one.getAttribute(name) ?? '';
    return {
      n: Number(get('n')), field: get('field'), outcome: get('outcome') || 'bad', code: get('code'),
      value: get('value'), who: get('who'), at: get('at'), isOwn: isOwn(get('who')),
    };
  });
}

/* The result of a save that was refused as a whole. Sending it again would be refused
 * again, so its code is shown at every field; except JE5xx (a lock, the journal's own
 * faults), which is temporary. */
function refused(page, status) {
  const code = page.querySelector('error')?.getAttribute('code') ?? '';
  if (code === 'JE303') return { kind: 'token' };
  if (code === 'JE302' || status === 401) return { kind: 'ended' };
  if (code.startsWith('JE5')) return { kind: 'busy' };
  return { kind: 'done', list: [], all: code || `HTTP ${status}` };
}

/* Read the reply's document. isMine(outcome): whether an outcome belongs to this save. */
function read(page, status, isMine) {
  let list = outcomes(page);
  const isOfSave = list.every(isMine);
  if (status >= 400 && (list.length === 0 || !isOfSave)) return refused(page, status);
  // a 200 that the journal did not send, such as a provider's log-in page
  if (!isOfSave || !page.querySelector('outcomes, error')) return { kind: 'busy' };
  // with one bad field nothing was saved: all other fields are sent again without it
  const isRefused = list.some((one) => one.outcome === 'bad');
  if (isRefused) list = list.filter((one) => one.outcome !== 'saved');
  return { kind: 'done', list, all: isRefused ? 'again' : 'saved' };
}

/* Send fields, [[name, value], …], as the operation with this id; isLast: the page
 * is being closed. */
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
