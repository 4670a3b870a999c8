/* journal_measure.js: the grammar of a cell that holds results of a test in a unit (ГТЗО):
 * up to three attempts, joined by "/".
 *
 * It has the methods of Grammar (journal_value.js). «9.20» becomes «9,2» in seconds and
 * «9:20» in minutes; the server reads the same (ej.gto_number in sql/objects/gto.sql).
 */
import * as words from './words.js';

const ATTEMPTS = 3;
const FORMS = {
  s: /^\d{1,3}([.,]\d{1,2})?$/,
  min: /^\d{1,3}[:.,][0-5]\d$/,
  m: /^\d{1,4}([.,]\d{1,2})?$/,
  cm: /^[+-]?\d{1,4}([.,]\d)?$/,
  count: /^\d{1,4}$/,
  points: /^\d{1,4}$/,
};

/* A number in the spelling of the server: without noughts at its end, but in seconds with one
 * digit behind the comma. */
function spelt(text, unit) {
  if (unit === 'min') return text.replace(/[.,]/, ':').replace(/^0+(?=\d)/, '');
  const number = String(Number(text.replace(',', '.')));
  return (unit === 's' && !number.includes('.') ? `${number}.0` : number).replace('.', ',');
}

export class Measure {
  constructor(unit) {
    this.unit = unit;
    this.missed = [];
  }

  toCyrillic(text) {
    return text;
  }

  /* The text in the server's spelling, or null when it is no result in this unit. */
  read(typed) {
    const text = typed.trim().replace(/\s*\/\s*/g, '/').replace(/\u2212/g, '-');
    if (text === '') return '';
    const attempts = text.split('/');
    if (attempts.length > ATTEMPTS || !attempts.every((one) => FORMS[this.unit].test(one))) return null;
    return attempts.map((one) => spelt(one, this.unit)).join('/');
  }

  combine(present, typed) {
    return typed;
  }

  parts() {
    return { code: '', marks: [] };
  }

  isComplete() {
    return false; // a longer number may follow
  }

  /* With what a value may begin, for the keys that open the editor. */
  allowed() {
    return '0 1 2 3 4 5 6 7 8 9 + -';
  }

  fault() {
    return words.notInUnit(words.units[this.unit]);
  }
}
