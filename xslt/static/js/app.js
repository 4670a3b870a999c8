/* app.js: what the pages start.
 *
 * Every page works without scripts; each module here finds its own place by
 * a data-ej-… attribute and does nothing where there is none.
 */
import { startJournal } from './journal.js';
import { startLesson } from './lesson.js';
import { startLeave } from './leave.js';
import { startTerm } from './term.js';
import { startToday } from './today.js';
import { startWeek } from './week.js';

startJournal();
startLesson();
startLeave();
startTerm();
startToday();
startWeek();
