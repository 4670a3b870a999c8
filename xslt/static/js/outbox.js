/* outbox.js: stores unsent cells, and fields of lessons, in the browser, each with the old
 * value that it replaces.
 *
 * Entries are stored by account, journal and page, for at most 7 days, and used only for
 * the account that typed them. Each open page writes its own entry, so that two tabs do not
 * overwrite each other. A new page takes over the entries of closed pages of its journal. A
 * page that is closed notes that in its entry; any other page is asked whether it is open.
 * If an open page is too busy to answer in time, both pages send its cells, and the second
 * save finds them saved.
 */
import { keep, kept, local, uuid } from './dom.js';

const PREFIX = 'ej.unsent.';
const LAST = 'ej.account';
const DAYS_7 = 7 * 24 * 3600 * 1000;
const ANSWER_MS = 250;

function keys() {
  try {
    return Object.keys(local()).filter((key) => key.startsWith(PREFIX));
  } catch {
    return [];
  }
}

function dropOld() {
  for (const key of keys()) {
    const at = kept(local, key)?.at ?? 0;
    if (!(Date.now() - at < DAYS_7)) keep(local, key, null);
  }
}

export class Outbox {
  constructor(account, journal) {
    this.stem = `${PREFIX}${account}.${journal}.`;
    this.key = this.stem + uuid();
    keep(local, LAST, account);
    dropOld();
    // all open pages hear each other here, with TLS and without
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
    const others = keys().filter((key) => key.startsWith(this.stem) && key !== this.key);
    const alive = await this.#alive(others.filter((key) => !kept(local, key)?.isLeft));
    const mine = others.filter((key) => !alive.has(key));
    const left = mine.map((key) => kept(local, key)).filter(Boolean).sort((a, b) => a.at - b.at); // the last typed wins
    this.adopted = mine;
    return left;
  }

  /* Store the unsent cells; isLeft: the page is being closed. Returns false when the
   * browser stores nothing. */
  write(batch, cells, isLeft) {
    const isEmpty = !batch && cells.length === 0;
    const isKept = keep(local, this.key, isEmpty ? null : { at: Date.now(), batch, cells, isLeft });
    if (isKept) for (const key of this.adopted ?? []) keep(local, key, null);
    if (isKept) this.adopted = [];
    return isKept;
  }
}

/* The number of unsent cells of the last used account, in all journals. A cell counts once,
 * although it may be in a batch and typed anew, or stored by two pages. */
export function unsent() {
  dropOld();
  const stem = `${PREFIX}${kept(local, LAST)}.`;
  const cells = keys().filter((key) => key.startsWith(stem)).flatMap((key) => {
    const { batch, cells: open = [] } = kept(local, key) ?? {};
    const journal = key.slice(stem.length).split('.')[0];
    return [...(batch?.cells ?? []), ...open].map(({ column, pupil, name }) => `${journal}/${name ?? `${column}/${pupil}`}`);
  });
  return new Set(cells).size;
}
