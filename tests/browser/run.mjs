// run.mjs: starts the browser, runs the suites, prints TAP.
//   EJ_URL=… EJ_LOGINS=… EJ_PATHS='{"journal":"/journals/7"}' EJ_TODAY=… node run.mjs [suite …]

import { launch, Tap } from './lib.mjs';

const SUITES = [
  'login', 'journal_keyboard', 'journal_facts', 'journal_keys', 'journal_topics',
  'lesson_plain', 'lesson_draft', 'lesson_saved', 'lesson_absent', 'lesson_attempts',
  'journal_touch', 'journal_tabs', 'term', 'journal_offline', 'journal_answers',
  'timetable', 'plans', 'shared', 'left', 'screens', 'weight', 'gto', 'today', 'font', 'print', 'samples', 'pages',
];
const names = process.argv.length > 2 ? process.argv.slice(2) : SUITES;

const t = new Tap();
const browser = await launch();
for (const name of names) {
  try {
    const { default: suite } = await import(`./${name}.mjs`);
    await suite({ browser, t });
  }
  catch (error) {
    t.ok(false, `${name} ends`, error.stack.split('\n'));
  }
  for (const context of browser.contexts()) await context.close();
}
await browser.close();
t.plan();
process.exitCode = t.failed ? 1 : 0;
