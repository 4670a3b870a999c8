/* journal_value.js: the grammar of a cell's value: [code][space][mark][/mark…], where a
 * code is the letter of an absence.
 *
 * "о5" becomes "о 5". A typed Latin letter becomes the Cyrillic letter of the same key,
 * so that a forgotten keyboard layout does no harm. A pasted Latin letter is refused:
 * "y" could mean «у», which looks the same, or «н», which is on the same key. The server
 * reads every value like a pasted one; the script only shows mistakes at once.
 */
const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;

const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm";
const CYRILLIC = 'йцукенгшщзхъфывапролджэячсмить';

const list = (text) => (text ?? '').split(' ').filter(Boolean);

/* Map each Latin character to the character meant. Characters that occur in the
 * school's scale are not mapped. */
function keyMap(pairs, values) {
  const map = new Map();
  for (let i = 0; i < LATIN.length; i++) map.set(LATIN[i], CYRILLIC[i]);
  map.set('.', '/').set('\\', '/');
  for (const [code, latin] of pairs) {
    if (code.length !== latin.length) continue;
    for (let i = 0; i < code.length; i++) map.set(latin[i], code[i]);
  }
  for (const sign of values.join('')) map.delete(sign);
  return map;
}

export class Grammar {
  constructor({ scale, termScale, codes, missed }) {
    this.missed = list(missed); // the codes that mean that the pupil missed the lesson
    const pairs = list(codes).map((pair) => {
      const colon = pair.indexOf(':');
      return colon < 0 ? [pair, ''] : [pair.slice(0, colon), pair.slice(colon + 1)];
    });
    this.scale = list(scale);
    this.term = list(termScale);
    this.codeOrder = pairs.map(([code]) => code); // in the school's order
    this.codes = [...this.codeOrder].sort((a, b) => b.length - a.length);
    const all = [...this.scale, ...this.term];
    this.keys = keyMap(pairs, all);
    this.upper = all.some((value) => value !== value.toLowerCase());
  }

  /* Replace Latin characters by the Cyrillic ones of the same keys; the text keeps its
   * length. */
  toCyrillic(text) {
    const plain = this.upper ? text : text.toLowerCase();
    return Array.from(plain, (sign) => this.keys.get(sign) ?? sign).join('');
  }

  /* Simplify a pasted text: ordinary instead of full-width characters, no invisible
   * ones, «5» instead of «5,0». */
  normalize(text) {
    const shown = text.normalize('NFKC').replace(UNSEEN, '').trim().replace(/(\d)[.,]0+(?!\d)/g, '$1');
    return this.upper ? shown : shown.toLowerCase();
  }

  /* The text in the journal's spelling, or null when it is not a value. */
  read(typed, isTerm, isPasted = false) {
    const text = (isPasted ? this.normalize(typed) : this.toCyrillic(typed)).trim().replace(/\s+/g, ' ').replace(/ ?\/ ?/g, '/');
    if (text === '') return '';
    if (isTerm) return this.term.includes(text) ? text : null;
    if (this.#marks(text)) return text;
    for (const code of this.codes) {
      if (!text.startsWith(code)) continue;
      const rest = text.slice(code.length).trim();
      if (rest === '') return code;
      if (this.#marks(rest)) return `${code} ${rest}`;
    }
    return null;
  }

  /* Split a value into its absence code and its marks, one for each attempt. */
  parts(value) {
    const code = this.#marks(value) ? '' : this.codes.find((one) => value === one || value.startsWith(`${one} `)) ?? '';
    const rest = value.slice(code.length).trim();
    return { code, marks: rest ? rest.split('/') : [] };
  }

  /* The value of a cell after another value was typed over it. A new mark keeps the
   * absence and a new absence keeps the marks. When there are several attempts, one
   * typed mark replaces the last, several replace the first ones. */
  combine(present, typed, isTerm) {
    if (isTerm || typed === '' || present === '') return typed;
    const before = this.parts(present);
    const added = this.parts(typed);
    const from = added.marks.length === 1 ? Math.max(before.marks.length - 1, 0) : 0;
    const marks = [...before.marks];
    added.marks.forEach((mark, i) => { marks[from + i] = mark; });
    return [added.code || before.code, marks.join('/')].filter(Boolean).join(' ');
  }

  #marks(text) {
    return text.split('/').every((mark) => this.scale.includes(mark));
  }

  /* Whether a typed value is valid and no longer value begins with it, so that the
   * cursor may move on. */
  isComplete(typed, isTerm) {
    const value = this.read(typed, isTerm);
    if (!value) return false;
    const last = value.split(/[ /]/).pop();
    const longer = isTerm ? this.term : [...this.scale, ...this.codes];
    const part = isTerm ? value : last;
    return !longer.some((other) => other !== part && other.startsWith(part));
  }

  /* All marks and codes that a cell may have, separated by blanks. */
  allowed(isTerm) {
    return (isTerm ? this.term : [...this.scale, ...this.codes]).join(' ');
  }
}
