/* journal_save.js: sends changed cells, and stores those that cannot be sent now.
 *
 * One batch is sent at a time. Its operation id and content stay the same until it
 * is answered, so that sending it twice saves it once; values typed meanwhile wait for
 * the next batch. All unsent values are in the outbox from the moment they are
 * entered.
 */
import { uuid } from './dom.js';
import { post } from './post.js';

const PAUSE_MS = 2000;
const FRESH_MS = 1500;
const BATCH = 500;
const RETRY_S = [2, 4, 8, 16, 30, 60];

export class Saver {
  /* onChange(state): show the state, one of idle, saving, offline, busy, ended (no
   * session), other (another account's session); onSaved(): fetch the page's data anew;
   * newToken(): the form token of the present session, '' if it is another account's */
  constructor({ cells, outbox, editor, onChange, onSaved, newToken }) {
    Object.assign(this, { cells, outbox, editor, onChange, onSaved, newToken });
    this.batch = null;
    this.state = 'idle';
    this.failures = 0;
    addEventListener('online', () => this.flush());
    addEventListener('pagehide', () => this.#leave());
    document.addEventListener('visibilitychange', () => this.#onVisibility());
  }

  get waiting() {
    return this.cells.count((cell) => cell.value !== cell.base || cell.sending);
  }

  /* Take over cells stored by an earlier page, except those typed here meanwhile. saved: the
   * id of the operation whose reply is this page. Returns their number. */
  async restore(saved) {
    let n = 0;
    const left = (await this.outbox.adopt()).filter(({ batch }) => !saved || batch?.id !== saved);
    const typed = new Set(this.cells.changed);
    for (const { batch, cells = [] } of left) {
      for (const one of [...(batch?.cells ?? []), ...cells]) n += this.#restored(one, typed);
      if (!this.batch && batch && !batch.isForm) this.#resume(batch);
    }
    this.store();
    if (n) this.touch();
    return n;
  }

  #restored(one, typed) {
    const { old, value } = one;
    const cell = this.cells.fromStored(one);
    if (cell.value === value || typed.has(cell)) return 0;
    // keep the old value: if another person changed the cell, it is a conflict
    if (cell.value === cell.base) cell.base = old;
    this.cells.put(cell, value);
    return 1;
  }

  /* Send a stored batch again under its id, since it may have arrived already. A batch that
   * has a cell twice would be refused: its cells are sent in new batches. */
  #resume(batch) {
    const targets = batch.cells.map((one) => this.cells.fromStored(one));
    if (new Set(targets).size < targets.length) return;
    this.batch = { ...batch, targets };
    targets.forEach((cell) => this.#setSending(cell, true));
  }

  #setSending(cell, isSending) {
    cell.sending = isSending;
    this.cells.settle(cell);
  }

  /* Store the typed values, and save them after a pause. */
  touch() {
    this.store();
    this.onChange(this.state);
    clearTimeout(this.pauseTimer);
    if (this.state === 'idle' && !this.isHeld) this.pauseTimer = setTimeout(() => this.flush(), PAUSE_MS);
  }

  store(isClosed = false) {
    const batch = this.batch && { id: this.batch.id, cells: this.batch.cells, isForm: this.batch.isForm };
    const open = [...this.cells.changed].filter((cell) => cell.value !== cell.base
      && !(cell.sending && this.#sentValue(cell) === cell.value));
    this.isStored = this.outbox.write(batch, open.map((cell) => this.cells.wire(cell)), isClosed);
  }

  #sentValue(cell) {
    return this.batch?.cells[this.batch.targets.indexOf(cell)]?.value;
  }

  /* Send all unsent cells, batch after batch. */
  async flush() {
    clearTimeout(this.pauseTimer);
    clearTimeout(this.retryTimer);
    if (this.isBusy || this.isHeld) return;
    this.isBusy = true;
    let isSaved = false;
    while (this.#fill() && await this.#send()) isSaved = true;
    this.isBusy = false;
    this.store();
    this.onChange(this.state);
    if (isSaved) this.onSaved();
  }

  #fill() {
    if (this.batch) return true;
    const targets = this.#next();
    if (targets.length === 0) return false;
    this.batch = { id: uuid(), targets, cells: targets.map((cell) => this.cells.wire(cell)) };
    targets.forEach((cell) => this.#setSending(cell, true));
    return true;
  }

  /* The cells of the next batch. Cells of the grid go first, then texts lesson by lesson. A
   * stored cell that is not on the page goes alone after them: it could be one of the sent
   * cells under another name, and a batch must not have a cell twice. */
  #next() {
    const cells = this.cells.sendable();
    const shown = cells.filter((cell) => cell.td && !cell.isText);
    const [text] = cells.filter((cell) => cell.isText);
    if (shown.length === 0 && text) return cells.filter((cell) => cell.isText && cell.pupil === text.pupil);
    return shown.length ? shown.slice(0, BATCH) : cells.slice(0, 1);
  }

  /* Send the batch; returns whether to go on with the next. */
  async #send() {
    this.store();
    this.cells.saveCount = (this.cells.saveCount ?? 0) + 1;
    this.onChange('saving');
    const answer = await this.#post();
    if (answer.kind === 'token') return this.#renewToken();
    if (answer.kind !== 'done') return this.#retryLater(answer.kind);
    this.state = 'idle';
    this.failures = 0;
    this.#answered(answer);
    return true;
  }

  #post(isLast = false) {
    const { id, cells } = this.batch;
    const isMine = (outcome) => this.cells.number(outcome, cells) >= 1 && this.cells.number(outcome, cells) <= cells.length;
    return post(this.cells.address(cells), this.cells.token, id, this.cells.fields(cells), { isMine, isLast });
  }

  async #renewToken() {
    const token = this.isRenewed ? '' : await this.newToken();
    this.isRenewed = true;
    if (!token) return this.#retryLater('other');
    this.cells.token = token;
    return true;
  }

  #retryLater(kind) {
    this.state = kind;
    this.isRenewed = false;
    this.seconds = RETRY_S[Math.min(this.failures, RETRY_S.length - 1)];
    this.failures += 1;
    if (kind !== 'ended') this.retryTimer = setTimeout(() => this.flush(), this.seconds * 1000);
    return false;
  }

  #answered({ list, all }) {
    const { targets, cells } = this.batch;
    const named = new Map(list.map((one) => [this.cells.number(one, cells), one]));
    this.batch = null;
    this.isRenewed = false;
    targets.forEach((cell, i) => {
      cell.sending = false;
      this.#outcome(cell, cells[i], named.get(i + 1) ?? { outcome: all });
      this.cells.settle(cell);
    });
  }

  #outcome(cell, sent, { outcome, code, ...theirs }) {
    if (outcome === 'saved') {
      cell.base = sent.value;
      this.cells.saved?.(cell);
      this.#showSaved(cell);
    }
    else if (outcome === 'conflict') cell.theirs = theirs;
    // a refusal does not concern a value typed since then, which is sent next
    else if (outcome !== 'again' && cell.value === sent.value) cell.refused = code || outcome;
  }

  #showSaved(cell) {
    cell.isFresh = true;
    setTimeout(() => {
      cell.isFresh = false;
      this.cells.settle(cell);
    }, FRESH_MS);
  }

  /* Store unsent values when the page is closed, and try to send them. Without a reply
   * the next page sends the batch again under its id. */
  #leave() {
    this.editor?.close(true);
    this.topics?.close();
    if (!this.isBusy && !this.isHeld && this.#fill() && this.batch.cells.length <= 200) this.#post(true);
    this.store(true);
  }

  /* Leave sending to the browser, which submits the whole form as the operation with
   * this id. */
  handToBrowser(id) {
    const targets = [...this.cells.changed];
    this.batch = { id, targets, cells: targets.map((cell) => this.cells.wire(cell)), isForm: true };
    this.isBusy = true;
    this.store();
  }

  /* Send again as usual, after the browser went back to this page from the reply. */
  resumeAfterForm() {
    if (this.batch?.isForm) [this.batch, this.isBusy] = [null, false];
    this.flush();
  }

  #onVisibility() {
    if (document.visibilityState === 'visible') this.flush();
  }
}
