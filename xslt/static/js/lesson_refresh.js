/* lesson_refresh.js: puts the server's present values into all fields without unsent
 * changes. */
import { Fields } from './lesson_fields.js';
import { Refresh } from './journal_refresh.js';

export class LessonRefresh extends Refresh {
  async run() {
    const page = await this.page('text/html');
    const form = page?.querySelector('form[data-ej-lesson]');
    if (form) this.#apply(new Fields(form));
  }

  #apply(server) {
    const { cells } = this;
    if (server.work !== cells.work) cells.rename(server.work);
    this.#attempts(server);
    if ([...server.all.keys()].some((name) => !cells.find(name) && !cells.fromStored({ name }).td)
        || server.all.size !== cells.all.size) {
      this.onColumns();
      return;
    }
    for (const name of ['works', 'homework_id']) {
      const own = cells.form.elements[name];
      if (own) own.value = server.form.elements[name].value;
    }
    for (const [name, { base }] of server.all) {
      const cell = cells.fromStored({ name });
      if (cells.changed.has(cell) || cell.base === base) continue;
      cell.base = base;
      cells.put(cell, base);
    }
    this.#historyLinks(server.form);
  }

  /* Add and remove the comment fields of attempts that were added or removed since. */
  #attempts(server) {
    const { cells } = this;
    const line = (name) => cells.find(name)?.td.closest('p');
    let before = null; // the line after which the next line is put
    for (const [name, { td }] of server.all) {
      if (!name.startsWith('comment.')) continue;
      const old = server.form.elements[`old_${name}`];
      if (!cells.find(name) && before) {
        before.after(...[old, td.closest('p')].filter(Boolean).map((node) => document.importNode(node, true)));
        cells.add(name);
      } else if (line(name) && !line(name).firstElementChild.isEqualNode(td.closest('p').firstElementChild)) {
        this.#relabel(cells.find(name).td, td);
      }
      before = line(name);
    }
    for (const [name, cell] of cells.all) {
      if (!name.startsWith('comment.') || server.find(name) || cells.changed.has(cell)) continue;
      line(name).remove();
      cells.form.elements[`old_${name}`]?.remove();
      cells.remove(name);
    }
  }

  /* Replace a field's label by the server's, but not the field, which may have a typed
   * text. */
  #relabel(own, td) {
    const nodes = [...td.parentElement.childNodes];
    while (own.previousSibling) own.previousSibling.remove();
    own.before(...nodes.slice(0, nodes.indexOf(td)).map((node) => document.importNode(node, true)));
    own.setAttribute('aria-labelledby', td.getAttribute('aria-labelledby'));
  }

  /* Add the link to the history to rows that had none. */
  #historyLinks(form) {
    for (const link of form.querySelectorAll('tr[data-p] .notes > a')) {
      const row = this.cells.form.querySelector(`tr[data-p="${link.closest('tr').dataset.p}"]`);
      if (row && !row.querySelector('.notes > a')) row.querySelector('.notes').append(document.importNode(link, true));
    }
  }
}
