/* app.js: the script of every page; the grid and the lesson have further ones
 * (journal.js, lesson.js).
 *
 * Every page works without scripts. Each module here looks for its elements by a
 * data-ej-… attribute and does nothing on pages without them.
 */
import { startAbsent } from './absent.js';
import { startCopy } from './copy.js';
import { startJobs } from './jobs.js';
import { startLeave } from './leave.js';
import { startMenu } from './menu.js';
import { startReceipt } from './receipt.js';
import { startReveal } from './reveal.js';
import { startTerm } from './term.js';
import { startToday } from './today.js';
import { startWeek } from './week.js';

// a page shown after a renewed log-in has the log-in's address: replace it by its own
const { ejHere: here } = document.getElementById('main')?.dataset ?? {};
if (here) history.replaceState(null, '', here);

startAbsent();
startCopy();
startJobs();
startLeave();
startMenu();
startReceipt();
startReveal();
startTerm();
startToday();
startWeek();
