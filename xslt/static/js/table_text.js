/* table_text.js: the text of cells copied from a spreadsheet. */

/* Split a spreadsheet's text into rows of fields. A quoted field may contain tabs and
 * line ends. */
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
