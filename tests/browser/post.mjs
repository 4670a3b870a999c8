// post.mjs: what the private mail server and the gateway of informed.t have delivered.

import fs from 'node:fs';
import path from 'node:path';
import { until } from './lib.mjs';

/* A header in words: its lines are joined, encoded words are decoded. */
function header(head, name) {
  const [, value = ''] = new RegExp(`^${name}: (.*(?:\n[ \t].*)*)`, 'mi').exec(head) ?? [];
  return value.replace(/\n[ \t]+/g, ' ').replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, how, text) => (how.toLowerCase() === 'b'
      ? Buffer.from(text, 'base64') : Buffer.from(text.replace(/_/g, ' ').replace(/=([0-9A-F]{2})/gi, (all, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1')).toString());
}

function letter(text) {
  const [head, ...body] = text.replace(/\r/g, '').split('\n\n');
  return { to: header(head, 'Envelope-to'), subject: header(head, 'Subject'), text: Buffer.from(body.join(''), 'base64').toString() };
}

export class Post {
  constructor({ mail, operator }) {
    Object.assign(this, { mail, operator });
  }

  /* The letters to an address, as [{ to, subject, text }]. */
  letters(to) {
    if (!fs.existsSync(this.mail)) return [];
    return fs.readdirSync(this.mail).sort().map((name) => letter(fs.readFileSync(path.join(this.mail, name), 'utf8')))
      .filter((one) => one.to === to);
  }

  /* The short messages to a number, as texts. */
  messages(to) {
    const all = fs.readFileSync(this.operator, 'utf8').matchAll(/Got message \d+: <\S+ (\S+) (?:udh \S+ data|ucs-2|data) (\S*)>/g);
    return Array.from(all, ([, number, text]) => ({ number, text })).filter(({ number }) => number === to)
      .map(({ text }) => {
        const bytes = Buffer.from(text.replace(/\+/g, ' ').replace(/%([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(parseInt(hex, 16))), 'latin1');
        return bytes.subarray(0, bytes.length & ~1).swap16().toString('utf16le');
      });
  }

  /* Wait for a letter whose subject, or a message that, fits the pattern. */
  letter(to, pattern) { return until(`a letter to ${to}`, () => this.letters(to).find(({ subject }) => pattern.test(subject))); }

  message(to, pattern) { return until(`a message to ${to}`, () => this.messages(to).find((text) => pattern.test(text))); }
}
