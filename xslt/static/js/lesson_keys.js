/* lesson_keys.js: lets the lesson's table be filled by the keys of the grid: arrows and
 * Enter go to the same field of the next pupil, a digit sets the row's mark, a letter its
 * absence, Delete empties the field. Comments and minutes are typed like any text.
 */
import * as words from './words.js';

const CONTINUE_MS = 1500; // keys pressed within this time make one value, such as "3/5"
const PAGE = 10;
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1], PageUp: [-PAGE, 0], PageDown: [PAGE, 0] };

export class LessonKeys {
  constructor({ table, fields, grammar, roll, status, enter, undo }) {
    Object.assign(this, { fields, grammar, roll, status, enter, undo });
    this.rows = [...table.tBodies[0].rows];
    table.addEventListener('keydown', (event) => this.#key(event));
    table.addEventListener('focusin', ({ target }) => target.matches('.mark input') && target.select());
  }

  #key(event) {
    const { target, key } = event;
    if (event.isComposing || event.altKey) return;
    const isCell = target.matches('.mark input, .pills input[type=radio]');
    const isControl = event.ctrlKey || event.metaKey;
    if (key === 'Enter' && !target.matches('summary, button, a')) this.#step(target, event.shiftKey ? -1 : 1, 0);
    else if (STEPS[key] && !isControl && (isCell || target.matches('summary') || (target.matches('.notes input, input[type=number]') && STEPS[key][0]))) this.#step(target, ...STEPS[key]);
    else if (!isCell) return;
    else if (isControl && event.code === 'KeyZ') this.undo();
    else if (isControl) return;
    else if (key === 'Delete' || key === 'Backspace') this.#empty(target);
    else if (key.length !== 1 || !this.#type(target, key)) return;
    event.preventDefault();
  }

  /* The visible element in a cell of the table that can get the focus, or null. */
  #focusable(row, c) {
    const found = row.cells[c]?.querySelector('input[type=radio]:checked, input:not([type=hidden], [type=radio], [type=number]), summary');
    const shown = found?.closest('details:not([open])') ? row.cells[c].querySelector('summary') : found;
    return shown?.checkVisibility({ visibilityProperty: true }) ? shown : null;
  }

  #step(target, down, right) {
    const td = target.closest('td');
    const r = this.rows.indexOf(td.parentElement);
    if (right) return this.#focusable(this.rows[r], td.cellIndex + right)?.focus();
    const to = Math.min(Math.max(r + down, 0), this.rows.length - 1);
    for (let i = to; this.rows[i] && i !== r; i += Math.sign(down)) {
      const place = this.#focusable(this.rows[i], td.cellIndex);
      if (place) return place.focus();
    }
    return undefined;
  }

  /* The absence of the row and its mark: the one that has the focus, or the first. */
  #row(target) {
    const pupil = this.roll.row(target);
    const code = this.roll.code(pupil);
    return { pupil, code, mark: target.closest('.mark') ? this.fields.byControl(target) : this.roll.marks(pupil)[0] };
  }

  #empty(target) {
    const cell = this.fields.byControl(target);
    const { value } = cell;
    if (!value) return;
    this.enter([[cell, '']]);
    this.status.say(words.cellsEmptied(1, this.fields.pupil(cell), value));
  }

  /* Enter a typed character; returns whether it was used. A blank is left to the browser,
   * which chooses the radio button. */
  #type(target, key) {
    if (key === ' ') return target.matches('.mark input');
    const { grammar } = this;
    const row = this.#row(target);
    const isContinued = this.at === row.pupil && Date.now() - this.when < CONTINUE_MS;
    const sign = grammar.toCyrillic(key);
    const all = grammar.allowed(false).split(' ');
    const fits = (text) => grammar.read(text, false) !== null || text.endsWith('/') || all.some((value) => value.startsWith(text.split('/').at(-1)));
    this.text = isContinued && fits(this.text + sign) ? this.text + sign : sign;
    [this.at, this.when] = [row.pupil, Date.now()];
    const value = grammar.read(this.text, false);
    if (value !== null) this.put(row, value);
    else if (!fits(sign)) this.status.say(words.notOnScale(grammar.allowed(false)));
    return true;
  }

  /* Set a row's absence and mark from one value; a new mark keeps the absence and the
   * reverse. */
  put({ code, mark }, value) {
    const now = [code.value, mark?.value].filter(Boolean).join(' ');
    const combined = this.grammar.parts(this.grammar.combine(now, value, false));
    const changes = [[code, combined.code], [mark, combined.marks.join('/')]];
    this.enter(changes.filter(([cell, to]) => cell && cell.value !== to));
    if (code.td) for (const radio of this.fields.controls(code.name)) if (radio.checked && document.activeElement?.name === code.name) radio.focus();
  }
}

/* Put buttons with the best marks of the scale beside each mark field, for touch
 * screens; a second tap removes the mark. */
export function startChips({ fields, grammar, roll, keys, enter, make }) {
  const marks = grammar.scale.filter((value) => Number(value)).sort((a, b) => b - a).slice(0, 4);
  const chips = new Map();
  const paint = (cell) => chips.get(cell)?.forEach((chip) => chip.setAttribute('aria-pressed', String(chip.textContent === cell.value)));
  for (const cell of fields.all.values()) {
    if (!cell.name.startsWith('mark.')) continue;
    const tap = (value) => {
      const code = roll.code(roll.row(cell));
      if (cell.value === value) enter([[cell, '']]);
      else keys.put({ code, mark: cell }, value);
    };
    chips.set(cell, marks.map((value) => make('button', { type: 'button', onclick: () => tap(value), 'aria-describedby': cell.td.getAttribute('aria-labelledby') }, value)));
    const work = cell.td.placeholder.trim(); // empty when the lesson has only one work
    cell.td.before(make('span', { class: 'chips' }, work ? make('span', {}, work) : '', ...chips.get(cell)));
    paint(cell);
  }
  fields.watchers.push(paint);
}
