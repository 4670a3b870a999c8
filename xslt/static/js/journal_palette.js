/* journal_palette.js: a bar of buttons at the lower edge of a touch screen, for entering
 * marks and absences with one tap.
 *
 * A mark moves the cursor to the next pupil. An absence's letter does not, since a late
 * pupil may get a mark too. The screen keyboard is needed only for other values, such as
 * a retake.
 */
import { make } from './dom.js';
import * as words from './words.js';

const MARKS = 4;

export class Palette {
  /* acts: enter(text, isMark) sets the cell under the cursor, empty() erases it, edit()
   * opens its editor, next() moves to the next pupil, topic() to the lesson's topic. */
  constructor(cells, acts) {
    const { scale, codeOrder } = cells.grammar;
    const marks = scale.filter((value) => Number(value)).sort((a, b) => b - a).slice(0, MARKS);
    this.bar = make('div', { class: 'palette', role: 'toolbar', 'aria-label': words.palette },
      ...marks.map((value) => this.#button(value, () => acts.enter(value, true))),
      this.#button('⌫', acts.empty, words.paletteEmpty),
      this.#button('⌨', acts.edit, words.paletteKeyboard),
      this.#button(words.paletteNext, acts.next, '', 'next'),
      ...codeOrder.map((code) => this.#button(code, () => acts.enter(code, false), cells.means(code), 'a')),
      this.#button(words.paletteTopic, acts.topic, words.fields.topic, 'topic'));
    document.body.append(this.bar);
    document.body.classList.add('has-palette');
  }

  #button(text, act, label = '', kind = '') {
    return make('button', {
      type: 'button', tabindex: '-1', class: kind || null, 'aria-label': label || null,
      onpointerdown: (event) => event.preventDefault(), // the focus stays in the grid
      onclick: act,
    }, text);
  }
}

/* Whether the device is used by touch and has no mouse. */
export const isTouch = () => matchMedia('(hover: none) and (pointer: coarse)').matches;
