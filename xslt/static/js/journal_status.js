/* journal_status.js: the status line of saving. */
import { make } from './dom.js';
import { enter, gridStates } from './words.js';

const SHORT_MS = 4000;
const LOUD = ['offline', 'ended', 'other'];

export class Status {
  constructor(place, cells, words = gridStates) {
    Object.assign(this, { place, cells, words });
  }

  /* Show the saver's state, until it changes. */
  show(saver, state) {
    this.lasting = this.#lasting(saver, state);
    if (this.reminder) this.lasting.push(' ', ...this.reminder);
    if (this.timer && LOUD.includes(state)) this.#quiet(); // a lost line is told at once
    if (!this.timer) this.#write(...this.lasting);
  }

  /* Show a message for a while; then the saver's state again. */
  say(text, ...more) {
    this.#quiet();
    this.#write(text, ...more);
    this.timer = setTimeout(() => {
      this.timer = null;
      this.#write(...(this.lasting ?? ['']));
    }, SHORT_MS);
  }

  /* Show a question until it is answered or another message is shown; the saver's state
   * is shown behind it. */
  ask(text, ...buttons) {
    this.#quiet();
    this.question = make('span', { class: 'question' }, text, ' ', ...buttons);
    this.#write(this.question);
  }

  answered() {
    this.#quiet();
    this.#write(...(this.lasting ?? ['']));
  }

  #quiet() {
    clearTimeout(this.timer);
    this.timer = null;
    this.question = null;
  }

  /* A question that stands is not moved: its button may have the focus. */
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
    if (place.textContent === text) return; // not read out twice
    place.replaceChildren(...parts);
  }

  /* What stays until the page is left; it follows how things stand. */
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
    if (state === 'offline' && !saver.isKept) return [words.notKept(n)];
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
    return make('a', { href: `${base}/login?back=${encodeURIComponent(back)}` }, enter);
  }
}
