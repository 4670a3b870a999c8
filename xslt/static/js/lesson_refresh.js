/* lesson_refresh.js: what the server has by now, laid into every field that is
 * unchanged here. */
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

  /* The way to the history of a row that had none. */
  #ways(form) {
    for (const way of form.querySelectorAll('tr[data-p] .notes > a')) {
      const row = this.cells.form.querySelector(`tr[data-p="${way.closest('tr').dataset.p}"]`);
      if (row && !row.querySelector('.notes > a')) row.querySelector('.notes').append(document.importNode(way, true));
    }
  }
}
