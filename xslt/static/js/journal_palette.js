/* journal_palette.js: entering on a touch screen without its keyboard.
 *
 * Marks and letters stand in a bar at the lower edge, one tap each: a mark goes
 * on to the next pupil, a letter stays, since a late pupil may get a mark. The
 * keyboard is called only for what the bar has not (a retake).
 */
import { make } from './dom.js';
import * as words from './words.js';

const MARKS = 4;

export class Palette {
  /* enter(text): put a value over the cell under the cursor; empty, next, edit */
  constructor(cells, acts) {
    const { scale, codeOrder } = cells.grammar;
    const marks = scale.filter((value) => Number(value)).sort((a, b) => b - a).slice(0, MARKS);
    this.bar = make('div', { class: 'palette', role: 'toolbar', 'aria-label': words.palette },
      ...marks.map((value) => this.#button(value, () => acts.enter(value, true))),
      this.#button('⌫', acts.empty, words.paletteEmpty),
      this.#button('⌨', acts.edit, words.paletteKeys),
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

/* Where fingers are the first means, and no mouse is near. */
export const isTouch = () => matchMedia('(hover: none) and (pointer: coarse)').matches;
