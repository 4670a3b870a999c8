/* lesson.js: the form of one lesson.
 *
 * Finds: form[data-ej-lesson] (the page's contract with lesson.xsl), in it
 * table.pupils with radio fields code.PUPIL and the tick attendance_done.
 */
import { keep, kept, make, session } from './dom.js';
import { Draft } from './draft.js';
import * as words from './words.js';

const KEEP_MS = 500;
const SENT = 'ej.sent';

/* Texts grow with what is typed, where form.css cannot say so. */
function grow(area) {
  area.style.height = 'auto';
  area.style.height = `${area.scrollHeight}px`;
}

function startTexts(form) {
  if (CSS.supports('field-sizing', 'content')) return;
  for (const area of form.querySelectorAll('textarea')) {
    grow(area);
    area.addEventListener('input', () => grow(area));
  }
}

const PRESENT = 'input[type=radio][name^="code."]';

/* Minutes go with the lateness they belong to. */
function dropMinutes(form) {
  for (const field of form.querySelectorAll('input[name^="minutes."]')) {
    const code = form.elements[field.name.replace('minutes', 'code')];
    if (code?.value !== 'о') field.value = form.elements[`old_${field.name}`]?.value ?? '';
  }
}

/* Everybody is present: every row back to «был», and that is told. */
function allPresent(form) {
  for (const field of form.querySelectorAll(PRESENT)) field.checked = field.value === '';
  tellDone(form);
  dropMinutes(form);
  form.dispatchEvent(new Event('input', { bubbles: true }));
}

/* Who taps an absence has called the roll. */
function tellDone(form) {
  const done = form.elements.attendance_done;
  if (done) done.checked = true;
}

/* «Не задано» and a text contradict each other: the tick puts the text aside,
 * typing takes the tick away. */
function startNone(form) {
  const { homework_text: text, homework_none: none } = form.elements;
  if (!text || !none) return;
  let aside = '';
  none.addEventListener('change', () => {
    if (none.checked) [aside, text.value] = [text.value, ''];
    else text.value ||= aside;
  });
  text.addEventListener('input', () => { none.checked &&= text.value.trim() === ''; });
}

/* A comment that is folded away shows what it says. */
function startNotes(form) {
  form.addEventListener('toggle', ({ target }) => {
    const summary = target.matches('.notes details:not([open])') && target.querySelector('summary');
    if (!summary) return;
    const fields = [...target.querySelectorAll('input:not([type="hidden"])')];
    const said = fields.filter(({ value }) => value.trim())
      .map(({ value, labels }) => (fields.length > 1 ? `${labels[0].textContent.trim()}: ` : '') + value.trim());
    summary.classList.toggle('said', said.length > 0);
    summary.firstElementChild.textContent = said.join(' ') || summary.dataset.word;
  }, true);
}

class Lesson {
  constructor(form) {
    this.form = form;
    // by the account's id: two people of one name may share a computer
    this.draft = new Draft(form, form.dataset.account);
    this.status = document.querySelector('[data-ej-status]') ?? form.insertAdjacentElement('afterbegin', make('p', { role: 'status' }));
    this.#tellSaved();
    this.#offer();
    form.addEventListener('input', () => this.#typed());
    form.addEventListener('change', () => this.#typed());
    form.addEventListener('submit', (event) => this.#send(event));
    addEventListener('beforeunload', (event) => this.#leave(event));
    addEventListener('pageshow', () => { this.isSending = false; });
    this.#present();
    startTexts(form);
    startNone(form);
    startNotes(form);
  }

  #present() {
    const table = this.form.querySelector('table.pupils');
    if (!table?.querySelector(PRESENT)) return;
    table.addEventListener('change', (event) => {
      if (!event.target.matches(PRESENT)) return;
      tellDone(this.form);
      dropMinutes(this.form);
    });
    const onclick = () => {
      allPresent(this.form);
      this.#say(words.allPresent);
    };
    const button = make('button', { type: 'button', 'data-ej-all-present': '', onclick }, words.everyone);
    this.form.elements.attendance_done?.closest('p').prepend(button, ' ');
  }

  #say(...parts) {
    delete this.status.dataset.state;
    this.status.replaceChildren(...parts);
  }

  /* The page that a save leads to says so, and what is still missing. Only a
   * save ends in a redirect here: a page opened anew after a failure does not. */
  #tellSaved() {
    const wasSent = kept(session, SENT) === location.pathname;
    const [way] = performance.getEntriesByType('navigation');
    keep(session, SENT, null);
    if (!wasSent || !way?.redirectCount || document.querySelector('[role=alert]')) return;
    this.draft.drop();
    const done = this.form.elements.attendance_done;
    this.#say(done && !done.checked ? words.savedNoRoll : words.lessonSaved);
    this.status.dataset.state = 'saved';
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
      keep(session, SENT, location.pathname);
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
  else keep(session, SENT, null); // an error, the door: it was not saved
}
