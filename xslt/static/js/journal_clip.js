/* journal_clip.js: copying to and pasting from a spreadsheet (TSV). */
import { words } from './words.js';

/* Rows of a spreadsheet's text; quoted fields may hold tabs and line ends. */
export function parseTable(text) {
  const rows = [[]];
  const field = /("(?:[^"]|"")*"|[^\t\r\n]*)(\t|\r\n|\n|\r|$)/y;
  const source = text.replace(/(\r\n|\n|\r)$/, '');
  while (field.lastIndex <= source.length) {
    const [, value, end] = field.exec(source) ?? [];
    if (end === undefined) return source.split(/\r?\n/).map((line) => line.split('\t'));
    const isQuoted = value.length > 1 && value.startsWith('"');
    rows.at(-1).push(isQuoted ? value.slice(1, -1).replaceAll('""', '"') : value);
    if (end === '') break;
    if (end !== '\t') rows.push([]);
  }
  return rows;
}

export class Clip {
  constructor({ cells, pick, editor, enter, say }) {
    Object.assign(this, { cells, pick, editor, enter, say });
    for (const name of ['copy', 'cut', 'paste']) {
      document.addEventListener(name, (event) => {
        if (this.#isMine()) this[name](event);
      });
    }
  }

  #isMine() {
    return !this.editor.isOpen && this.cells.of(document.activeElement) !== undefined;
  }

  copy(event) {
    const text = this.pick.block()
      .map((row) => row.map((cell) => cell.value).join('\t')).join('\n');
    event.clipboardData.setData('text/plain', text);
    event.preventDefault();
  }

  cut(event) {
    this.copy(event);
    this.enter(this.pick.block().flat().map((cell) => [cell, '']));
  }

  paste(event) {
    event.preventDefault();
    if (!this.cells.canWrite) return this.say(words.readOnly);
    const rows = parseTable(event.clipboardData.getData('text/plain'));
    const isOne = rows.length === 1 && rows[0].length === 1;
    const { changes, lost } = isOne ? this.#fill(rows[0][0]) : this.#place(rows);
    const entered = this.enter(changes);
    return this.say(words.pasted(entered, lost));
  }

  /* One value over the whole block. */
  #fill(text) {
    const block = this.pick.block().flat();
    const open = block.filter((cell) => cell.isOpen);
    return { changes: open.map((cell) => [cell, text]), lost: block.length - open.length };
  }

  /* A block from the block's upper left corner on. */
  #place(rows) {
    const { top, left } = this.pick.bounds();
    const changes = [];
    let lost = 0;
    let last = null;
    rows.forEach((row, i) => row.forEach((text, k) => {
      const cell = this.cells.at(top + i, left + k);
      if (cell?.isOpen) changes.push([cell, text]);
      else if (text.trim()) lost += 1;
      last = cell ?? last;
    }));
    this.pick.go(this.cells.at(top, left));
    if (last) this.pick.go(last, true);
    return { changes, lost };
  }
}
