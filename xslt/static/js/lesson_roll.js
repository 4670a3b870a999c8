/* lesson_roll.js: who is there, and what goes with it: minutes with the
 * lateness they belong to, the tick of a roll that was called, and a mark for
 * who is absent, which is asked about. */
import { make } from './dom.js';
import * as words from './words.js';

const PRESENT = 'input[type=radio][name^="code."]';

export class Roll {
  constructor({ form, fields, status, saver, put }) {
    Object.assign(this, { form, fields, status, saver });
    this.done = fields.find('attendance_done');
    if (!this.done || !form.querySelector(PRESENT)) return;
    const button = make('button', { type: 'button', 'data-ej-all-present': '', onclick: () => this.#all() }, words.everyone);
    this.done.td.closest('p').prepend(button, ' ');
  }

  /* Whoever has nothing is present; what is recorded of the others stays. */
  #all() {
    const was = this.done.value;
    const codes = [...this.fields.all.values()].filter(({ name, value }) => name.startsWith('code.') && value);
    this.#put(this.done, '1');
    const back = () => {
      this.#put(this.done, was);
      this.status.answered();
    };
    this.status.ask(words.allPresent(codes.length), was ? '' : make('button', { type: 'button', onclick: back }, words.takeBack));
  }

  #put(cell, value) {
    this.fields.put(cell, value);
    this.saver.touch();
  }

  #row(cell, what) {
    return this.fields.find(`${what}.${cell.name.split('.').at(-1)}`);
  }

  /* Somebody changed a field of the table. */
  changed(cell) {
    if (!cell.name.startsWith('code.')) return;
    // who taps an absence has called the roll
    if (this.done && !this.done.value) this.fields.put(this.done, '1');
    const minutes = this.#row(cell, 'minutes');
    if (minutes && cell.value !== 'о' && minutes.value) this.fields.put(minutes, '');
  }
}
