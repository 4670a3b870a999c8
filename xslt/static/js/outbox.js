/* outbox.js: stores unsent cells, and fields of lessons, in the browser, each with the old
 * value that it replaces.
 *
 * Entries are stored by account, journal and page, for at most 7 days, and used only for
 * the account that typed them. Each open page writes its own entry, so that two tabs do not
 * overwrite each other. A new page takes over the entries of closed pages of its journal. A
 * page that is closed notes that in its entry; without this note the page is asked whether
 * it is still open. If an open page is too busy to answer in time, both pages send its
 * cells, and the second save finds them saved.
 */
import { store, stored, deviceStorage, uuid } from './dom.js';

const PREFIX = 'ej.unsent.';
const LAST = 'ej.account';
const DAYS_7 = 7 * 24 * 3600 * 1000;
const ANSWER_MS = 250;

function keys() {
  try {
    return Object.keys(deviceStorage()).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function dropOld() {
  for (const key of keys()) {
    const at = stored(deviceStorage, key)?.at ?? 0;
    if (!(Date.now() - at < DAYS_7)) store(deviceStorage, key, null);
  }
}

export class Outbox {
  constructor(account, journal) {
    this.prefix = `${PREFIX}${account}.${journal}.`;
    this.key = this.prefix + uuid();
    store(deviceStorage, LAST, account);
    dropOld();
    // a channel between all open pages; it works without TLS, too
    this.pages = window.BroadcastChannel ? new BroadcastChannel(PREFIX) : null;
    this.pages?.addEventListener('message', ({ data }) => {
      if (data.asked?.includes(this.key)) this.pages.postMessage({ alive: this.key });
    });
  }

  /* The entries, of those asked for, that belong to an open page. */
  #alive(asked) {
    const found = new Set();
    if (!this.pages || asked.length === 0) return found;
    return new Promise((done) => {
      const hear = ({ data }) => {
        if (data.alive) found.add(data.alive);
        if (asked.every((key) => found.has(key))) done(found);
      };
      this.pages.addEventListener('message', hear);
      setTimeout(() => {
        this.pages.removeEventListener('message', hear);
        done(found);
      }, ANSWER_MS);
      this.pages.postMessage({ asked });
    });
  }

  /* The entries of closed pages of this journal: a list of { batch, cells }. */
  async adopt() {
    const others = keys().filter((key) => key.startsWith(this.prefix) && key !== this.key);
    const alive = await this.#alive(others.filter((key) => !stored(deviceStorage, key)?.isClosed));
    const mine = others.filter((key) => !alive.has(key));
    const left = mine.map((key) => stored(deviceStorage, key)).filter(Boolean).sort((a, b) => a.at - b.at); // so that the value typed last wins
    this.adopted = mine;
    return left;
  }

  /* Store the unsent cells; isClosed: the page is being closed. Returns false when the
   * browser stores nothing. */
  write(batch, cells, isClosed) {
    const isEmpty = !batch && cells.length === 0;
    const isStored = store(deviceStorage, this.key, isEmpty ? null : { at: Date.now(), batch, cells, isClosed });
    if (isStored) for (const key of this.adopted ?? []) store(deviceStorage, key, null);
    if (isStored) this.adopted = [];
    return isStored;
  }
}

/* The number of unsent cells of the last used account, in all journals. A cell counts once,
 * although it may be in a batch and typed anew, or stored by two pages. */
export function unsent() {
  dropOld();
  const prefix = `${PREFIX}${stored(deviceStorage, LAST)}.`;
  const cells = keys().filter((key) => key.startsWith(prefix)).flatMap((key) => {
    const { batch, cells: open = [] } = stored(deviceStorage, key) ?? {};
    const journal = key.slice(prefix.length).split('.')[0];
    return [...(batch?.cells ?? []), ...open].map(({ column, pupil, name }) => `${journal}/${name ?? `${column}/${pupil}`}`);
  });
  return new Set(cells).size;
}
