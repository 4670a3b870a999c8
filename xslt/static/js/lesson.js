/* lesson.js: the form of one lesson.
 *
 * Finds: form[data-ej-lesson] (the page's contract with lesson.xsl), in it
 * table.pupils with radio fields code.PUPIL and the tick attendance_done.
 */
import { make } from './dom.js';
import { Draft } from './draft.js';
import { words } from './words.js';

const KEEP_MS = 500;

/* Texts grow with what is typed. */
function grow(area) {
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight}px`;
}

function startTexts(form) {
  for (const area of form.querySelectorAll('textarea')) {
    grow(area);
    area.addEventListener('input', () => grow(area));
  }
}

const PRESENT = 'input[type=radio][name^="code."]';

/* Everybody is present: every row back to «был», and that is told. */
function allPresent(form) {
  for (const field of form.querySelectorAll(PRESENT)) field.checked = field.value === '';
  tellDone(form);
  form.dispatchEvent(new Event('input', { bubbles: true }));
}

/* Who taps an absence has called the roll. */
function tellDone(form) {
  const done = form.elements.attendance_done;
  if (done) done.checked = true;
}

class Lesson {
  constructor(form) {
    this.form = form;
    // by the account's id: two people of one name may share a computer
    this.draft = new Draft(form, form.dataset.account);
    this.status = document.querySelector('[data-ej-status]') ?? form.insertAdjacentElement('afterbegin', make('p', { role: 'status' }));
    this.#offer();
    form.addEventListener('input', () => this.#typed());
    form.addEventListener('change', () => this.#typed());
    form.addEventListener('submit', (event) => this.#send(event));
    addEventListener('beforeunload', (event) => this.#leave(event));
    addEventListener('pageshow', () => { this.isSending = false; });
    this.#present();
    startTexts(form);
  }

  #present() {
    const table = this.form.querySelector('table.pupils');
    if (!table?.querySelector(PRESENT)) return;
    table.addEventListener('change', (event) => event.target.matches(PRESENT) && tellDone(this.form));
    const onclick = () => {
      allPresent(this.form);
      this.#say(words.allPresent);
    };
    table.before(make('p', {}, make('button', { type: 'button', 'data-ej-all-present': '', onclick }, words.everyone)));
  }

  #say(...parts) {
    this.status.replaceChildren(...parts);
  }

  #typed() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.draft.store(), KEEP_MS);
  }

  #offer() {
    const values = this.draft.left();
    if (!values) return;
    const act = (text, onclick) => make('button', { type: 'button', onclick }, text);
    this.#say(`${words.draft} `,
      act(words.draftBack, () => { this.draft.lay(values); this.#say(''); }), ' ',
      act(words.draftDrop, () => { this.draft.drop(); this.#say(''); }));
  }

  #send(event) {
    const isKept = this.draft.store();
    if (navigator.onLine || !isKept) {
      this.isSending = true;
      return;
    }
    event.preventDefault();
    this.#say(words.lessonOffline);
  }

  #leave(event) {
    if (this.isSending || !this.draft.isChanged) return;
    this.draft.store();
    event.preventDefault();
  }
}

export function startLesson() {
  const form = document.querySelector('form[data-ej-lesson]');
  if (form) new Lesson(form);
}
