/* app.js: what every page starts; the grid and the lesson have scripts of their own
 * beside it (journal.js, lesson.js).
 *
 * Every page works without scripts; each module here finds its own place by
 * a data-ej-… attribute and does nothing where there is none.
 */
import { startAbsent } from './absent.js';
import { startLeave } from './leave.js';
import { startMenu } from './menu.js';
import { startReveal } from './reveal.js';
import { startTerm } from './term.js';
import { startToday } from './today.js';
import { startWeek } from './week.js';

const { ejHere: here } = document.getElementById('main')?.dataset ?? {};
if (here) history.replaceState(null, '', here);

startAbsent();
startLeave();
startMenu();
startReveal();
startTerm();
startToday();
startWeek();
