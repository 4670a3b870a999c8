/* journal_value.js: what may stand in a cell: [code][space][mark][/mark…].
 *
 * "о5" is written "о 5". While somebody types, a Latin letter stands for the
 * Cyrillic one of the same key, so that a forgotten keyboard layout does no
 * harm. A pasted text is read as it looks: who pastes "y" may mean «у» or the
 * key of «н», so that it is refused. The server reads as of a paste; here a
 * slip is shown at once.
 */
const UNSEEN = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;

const LATIN = "qwertyuiop[]asdfghjkl;'zxcvbnm";
const CYRILLIC = 'йцукенгшщзхъфывапролджэячсмить';

const list = (text) => (text ?? '').split(' ').filter(Boolean);

/* Typed sign -> the sign meant. Letters that the scale itself has stay. */
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
    this.missed = list(missed); // the codes of those who are not there
    const pairs = list(codes).map((pair) => {
      const colon = pair.indexOf(':');
      return colon < 0 ? [pair, ''] : [pair.slice(0, colon), pair.slice(colon + 1)];
    });
    this.scale = list(scale);
    this.term = list(termScale);
    this.codeOrder = pairs.map(([code]) => code); // as the school has them
    this.codes = [...this.codeOrder].sort((a, b) => b.length - a.length);
    const all = [...this.scale, ...this.term];
    this.keys = keyMap(pairs, all);
    this.upper = all.some((value) => value !== value.toLowerCase());
  }

  /* The same text with every sign as it is meant; its length stays. */
  letters(text) {
    const plain = this.upper ? text : text.toLowerCase();
    return Array.from(plain, (sign) => this.keys.get(sign) ?? sign).join('');
  }

  /* A pasted text as it is meant: full-width and unseen signs, «5,0». */
  plain(text) {
    const shown = text.normalize('NFKC').replace(UNSEEN, '').trim().replace(/(\d)[.,]0+(?!\d)/g, '$1');
    return this.upper ? shown : shown.toLowerCase();
  }

  /* The text as the journal writes it, or null where it is not a value. */
  read(typed, isTerm, isPasted = false) {
    const text = (isPasted ? this.plain(typed) : this.letters(typed)).trim().replace(/\s+/g, ' ').replace(/ ?\/ ?/g, '/');
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

  /* A value as its two facts: absence and marks by attempt. */
  parts(value) {
    const code = this.#marks(value) ? '' : this.codes.find((one) => value === one || value.startsWith(`${one} `)) ?? '';
    const rest = value.slice(code.length).trim();
    return { code, marks: rest ? rest.split('/') : [] };
  }

  /* What a cell says after a value was typed over it: an absence stays beside a
   * new mark and a mark beside a new absence; of a retake one mark changes the
   * last attempt, several change the first ones, none is lost. */
  over(now, value, isTerm) {
    if (isTerm || value === '' || now === '') return value;
    const was = this.parts(now);
    const said = this.parts(value);
    const from = said.marks.length === 1 ? Math.max(was.marks.length - 1, 0) : 0;
    const marks = [...was.marks];
    said.marks.forEach((mark, i) => { marks[from + i] = mark; });
    return [said.code || was.code, marks.join('/')].filter(Boolean).join(' ');
  }

  #marks(text) {
    return text.split('/').every((mark) => this.scale.includes(mark));
  }

  /* Whether nothing longer may begin with it: then the cursor may move on. */
  isWhole(typed, isTerm) {
    const value = this.read(typed, isTerm);
    if (!value) return false;
    const last = value.split(/[ /]/).pop();
    const longer = isTerm ? this.term : [...this.scale, ...this.codes];
    const part = isTerm ? value : last;
    return !longer.some((other) => other !== part && other.startsWith(part));
  }

  allowed(isTerm) {
    return (isTerm ? this.term : [...this.scale, ...this.codes]).join(' ');
  }
}
