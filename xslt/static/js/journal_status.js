/* journal_status.js: the status line of saving. */
import { make } from './dom.js';
import { gridStates, logInAgain } from './words.js';

const SHORT_MS = 4000;
const URGENT = ['offline', 'ended', 'other'];

export class Status {
  constructor(place, cells, words = gridStates) {
    Object.assign(this, { place, cells, words });
  }

  /* Show the saver's state, until it changes. */
  show(saver, state) {
    this.lasting = this.#lasting(saver, state);
    if (this.reminder) this.lasting.push(' ', ...this.reminder);
    if (this.timer && URGENT.includes(state)) this.#clearMessage(); // do not wait until a message has been read
    if (!this.timer) this.#write(...this.lasting);
  }

  /* Show a message for a while; then the saver's state again. */
  say(text, ...more) {
    this.#clearMessage();
    this.#write(text, ...more);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.#write(...(this.lasting ?? ['']));
    }, SHORT_MS);
  }

  /* Show a question until it is answered or another message is shown; the saver's state
   * is shown behind it. */
  ask(text, ...buttons) {
    this.#clearMessage();
    this.question = make('span', { class: 'question' }, text, ' ', ...buttons);
    this.#write(this.question);
  }

  answered() {
    this.#clearMessage();
    this.#write(...(this.lasting ?? ['']));
  }

  #clearMessage() {
    clearTimeout(this.timer);
    this.timer = null;
    this.question = null;
  }

  /* Replace the line's text. An open question stays in place, since its button may have
   * the focus; the text is put behind it. */
  #write(...parts) {
    if (!this.place) return;
    const { question, place } = this;
    const isAsked = question && place.contains(question) && parts[0] !== question;
    if (isAsked) {
      while (question.nextSibling) question.nextSibling.remove();
      place.append(' ', ...parts);
      return;
    }
    const text = parts.map((part) => part.textContent ?? part).join('');
    if (place.textContent === text) return; // a screen reader would read it out again
    place.replaceChildren(...parts);
  }

  /* Show a message behind the saver's state until the page is closed. */
  remind(...parts) {
    this.reminder = parts;
    this.lasting = [...(this.lasting ?? []), ' ', ...parts];
    if (!this.timer) this.#write(...this.lasting);
  }

  #lasting(saver, state) {
    const { words } = this;
    const n = saver.waiting;
    const isHeld = state === 'idle' && this.cells.count((cell) => cell.theirs || this.cells.fault(cell)) > 0;
    this.place?.setAttribute('data-state', n === 0 ? (this.hadSome ? 'saved' : 'idle') : isHeld ? 'wrong' : state);
    if (n === 0) return [this.hadSome ? words.saved : ''];
    this.hadSome = true;
    if (state === 'ended') return [words.ended(n), ' ', this.#login()];
    if (state === 'other') return [words.other];
    if (state === 'offline' && !saver.isStored) return [words.notStored(n)];
    if (state === 'offline') return [words.offline(n)];
    if (state === 'busy') return [words.busy(n, saver.seconds)];
    return [this.#counts(n, state)];
  }

  #counts(n, state) {
    const { words } = this;
    const conflicts = this.cells.count((cell) => cell.theirs);
    const wrong = this.cells.count((cell) => !cell.theirs && this.cells.fault(cell));
    const rest = n - conflicts - wrong;
    const parts = [];
    if (rest > 0) parts.push(state === 'saving' ? words.saving(rest) : words.unsaved(rest));
    if (wrong) parts.push(words.wrong(wrong));
    if (conflicts) parts.push(words.conflicts(conflicts));
    return parts.join('. ');
  }

  #login() {
    const { base } = this.cells;
    const back = location.pathname.slice(base.length) + location.search;
    return make('a', { href: `${base}/login?back=${encodeURIComponent(back)}` }, logInAgain);
  }
}
