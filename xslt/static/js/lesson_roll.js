/* lesson_roll.js: fields that depend on each other: minutes belong to lateness,
 * marking an absence ticks «absences marked» (attendance_done), and a mark for an
 * absent pupil is questioned. */
import { make } from './dom.js';
import * as words from './words.js';

const PRESENT = 'input[type=radio][name^="code."]';

export class Roll {
  /* enter(changes): set fields as if the person had typed the values */
  constructor({ form, fields, status, grammar, enter }) {
    Object.assign(this, { form, fields, status, grammar, enter });
    this.done = fields.find('attendance_done');
    if (!this.done || !form.querySelector(PRESENT)) return;
    const button = make('button', { type: 'button', 'data-ej-all-present': '', onclick: () => this.#all() }, words.allPresent);
    this.done.td.closest('p').prepend(button, ' ');
  }

  /* Mark all pupils without an absence as present; recorded absences stay. */
  #all() {
    const before = this.done.value;
    const codes = [...this.fields.all.values()].filter(({ name, value }) => name.startsWith('code.') && value);
    this.enter([[this.done, '1']]);
    this.#ask(words.allPresentDone(codes.length), before ? [] : [[words.takeBack, () => this.enter([[this.done, before]])]]);
  }

  #ask(text, answers) {
    this.status.ask(text, ...answers.flatMap(([word, act]) => [' ', make('button', {
      type: 'button',
      onclick: () => {
        this.status.answered();
        act?.();
      },
    }, word)]));
  }

  row(cell) {
    return cell.name.split('.').at(-1);
  }

  code(pupil) {
    return this.fields.find(`code.${pupil}`);
  }

  marks(pupil) {
    return [...this.fields.all.values()].filter(({ name }) => name.startsWith('mark.') && name.endsWith(`.${pupil}`));
  }

  /* Adapt other fields after a field of the table changed; before: its former value. */
  changed(cell, before) {
    const pupil = this.row(cell);
    if (cell.name.startsWith('code.')) this.#absenceChanged(cell, pupil);
    if (/^(code|mark)\./.test(cell.name)) this.#warn(cell, before, pupil);
  }

  #absenceChanged(cell, pupil) {
    // marking one absence means that the roll was called
    if (this.done && !this.done.value) this.fields.put(this.done, '1');
    const minutes = this.fields.find(`minutes.${pupil}`);
    if (minutes && cell.value !== 'о' && minutes.value) this.fields.put(minutes, '');
  }

  /* Question a mark for an absent pupil, which school inspectors object to: it is
   * entered, and one tap keeps it or takes it back. */
  #warn(cell, before, pupil) {
    const { missed } = this.grammar;
    const code = this.code(pupil).value;
    const isCode = cell.name.startsWith('code.');
    const mark = isCode ? this.marks(pupil).find(({ value }) => value) : cell.value && cell;
    const wasBoth = isCode ? missed.includes(before) : before !== '';
    if (!mark || !missed.includes(code) || wasBoth) return;
    this.#ask(words.markOfAbsent(1, this.fields.pupil(cell), `${code} ${mark.value}`),
      [[words.absentKeep], [words.absentRemove, () => this.enter([[cell, before]])]]);
  }
}
