/* lesson_refresh.js: puts the server's present values into all fields that are
 * unchanged on this page. */
import { Fields } from './lesson_fields.js';
import { Refresh } from './journal_refresh.js';

export class LessonRefresh extends Refresh {
  async run() {
    const page = await this.page('text/html');
    const form = page?.querySelector('form[data-ej-lesson]');
    if (form) this.#lay(new Fields(form));
  }

  #lay(there) {
    const { cells } = this;
    if (there.work !== cells.work) cells.rename(there.work);
    this.#attempts(there);
    if ([...there.all.keys()].some((name) => !cells.find(name) && !cells.kept({ name }).td)
        || there.all.size !== cells.all.size) {
      this.onColumns();
      return;
    }
    for (const name of ['works', 'homework_id']) {
      const own = cells.form.elements[name];
      if (own) own.value = there.form.elements[name].value;
    }
    for (const [name, { base }] of there.all) {
      const cell = cells.kept({ name });
      if (cells.changed.has(cell) || cell.base === base) continue;
      cell.base = base;
      cells.put(cell, base);
    }
    this.#ways(there.form);
  }

  /* Add and remove the comment fields of attempts that were added or removed since. */
  #attempts(there) {
    const { cells } = this;
    const line = (name) => cells.find(name)?.td.closest('p');
    let before = null; // the line after which the next one stands
    for (const [name, { td }] of there.all) {
      if (!name.startsWith('comment.')) continue;
      const old = there.form.elements[`old_${name}`];
      if (!cells.find(name) && before) {
        before.after(...[old, td.closest('p')].filter(Boolean).map((node) => document.importNode(node, true)));
        cells.adopt(name);
      } else if (line(name) && !line(name).firstElementChild.isEqualNode(td.closest('p').firstElementChild)) {
        this.#rename(cells.find(name).td, td);
      }
      before = line(name);
    }
    for (const [name, cell] of cells.all) {
      if (!name.startsWith('comment.') || there.find(name) || cells.changed.has(cell)) continue;
      line(name).remove();
      cells.form.elements[`old_${name}`]?.remove();
      cells.drop(name);
    }
  }

  /* Give a field the server's label, and keep the field with the typed text. */
  #rename(own, td) {
    const nodes = [...td.parentElement.childNodes];
    while (own.previousSibling) own.previousSibling.remove();
    own.before(...nodes.slice(0, nodes.indexOf(td)).map((node) => document.importNode(node, true)));
    own.setAttribute('aria-labelledby', td.getAttribute('aria-labelledby'));
  }

  /* Add the link to the history to rows that had none. */
  #ways(form) {
    for (const way of form.querySelectorAll('tr[data-p] .notes > a')) {
      const row = this.cells.form.querySelector(`tr[data-p="${way.closest('tr').dataset.p}"]`);
      if (row && !row.querySelector('.notes > a')) row.querySelector('.notes').append(document.importNode(way, true));
    }
  }
}
