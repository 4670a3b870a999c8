/* words.js: all texts that the scripts show. */

/* Format 2026-11-21T10:32:05 as 21.11.2026 10:32; other texts are returned unchanged. */
export function moment(at) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d:\d\d)/.exec(at ?? '');
  return parts ? `${parts[3]}.${parts[2]}.${parts[1]} ${parts[4]}` : at ?? '';
}

/* 1 клетка, 2 клетки, 5 клеток */
function plural(n, one, few, many) {
  const ten = n % 10;
  const teen = n % 100 > 10 && n % 100 < 20;
  if (ten === 1 && !teen) return `${n} ${one}`;
  return `${n} ${ten > 1 && ten < 5 && !teen ? few : many}`;
}
export const cells = (n) => plural(n, 'клетка', 'клетки', 'клеток');
/* The count of unsent cells of grids and fields of lessons together. */
const entries = (n) => plural(n, 'запись', 'записи', 'записей');

/* The status line of a grid, by the state of saving (journal_status.js). */
export const gridStates = {
  saved: 'Все изменения сохранены',
  unsaved: (n) => `Не сохранено: ${cells(n)}`,
  saving: (n) => `Сохраняется: ${cells(n)}`,
  offline: (n) => `Нет связи. Записано на этом компьютере и отправится само: ${cells(n)}`,
  notStored: (n) => `Нет связи, и браузер не даёт ничего запомнить: не закрывайте страницу, не отправлено: ${cells(n)}`,
  busy: (n, s) => `Сервер занят. Ждёт отправки: ${cells(n)}, повтор через ${s} с`,
  ended: (n) => `Вход закончился. Сохранено на этом компьютере и ждёт отправки: ${cells(n)}.`,
  other: 'Вы вошли под другим именем: эти клетки отправятся, когда войдёт тот, кто их заполнил',
  wrong: (n) => `С ошибкой, не отправлено: ${cells(n)}`,
  conflicts: (n) => `Изменено кем-то ещё: ${cells(n)}`,
};

export const logInAgain = 'Войти снова';
export const restored = (n) => `Восстановлено из неотправленного: ${cells(n)}`;
export const units = { s: 'секунды: 9,2', min: 'минуты и секунды: 9:20', m: 'метры: 27 или 27,5', cm: 'сантиметры: 8 или -3', count: 'целое число раз', points: 'целое число очков' };
export const notInUnit = (unit) => `Здесь нужны ${unit}. Несколько попыток — через черту, не больше трёх`;
export const notOnScale = (scale) => `Такой отметки нет. Можно: ${scale}`;
export const closedCell = 'Эта клетка не заполняется: в этот день ученик не в группе';
export const othersLesson = 'Эта клетка не заполняется: урок ведёт другой учитель';
export const readOnly = 'Этот журнал вам можно только читать';
export const pasted = ({ changed, same, wrong, lost }) => [`Вставлено: ${cells(changed)}`, same && `без изменений: ${same}`,
    wrong && `с ошибкой: ${wrong}`, lost && `не вставлено: ${lost}`].filter(Boolean).join(', ');
export const pasteTitle = 'Вставить из таблицы?';
export const pasteLost = (n) => `Не вставится: ${cells(n)} — в журнале для них нет места или клетка не заполняется.`;
export const pasteUnknown = (names) => `Нет в журнале: ${names.join(', ')}.`;
export const pasteHead = ['Ученик', 'Было', 'Станет'];
export const pasteErase = 'Стереть отметки там, где в таблице пусто';
export const pasteConfirm = 'Вставить';
export const pasteCancel = 'Не вставлять';
export const emptyCell = 'пусто';
export const undone = (n) => `Отменено: ${cells(n)}`;
export const nothingToUndo = 'Отменять нечего';
export const leaveByTab = 'Нажмите Tab, чтобы выйти из таблицы';
export const columnsChanged = 'Столбцы журнала изменились. Неотправленное не пропадёт.';
export const lostValue = (name, value) => `${name || 'Клетка, которой больше нет'}: «${value || 'пусто'}» не записано.`;
export const fields = { topic: 'Тема', homework_text: 'Домашнее задание' };
export const noTopic = 'У этого столбца темы нет';
export const homeworkNone = 'не задано';
export const editable = 'Enter: исправить';
export const skipToMarks = 'К отметкам';
export const reload = 'Обновить страницу';
export const save = 'Сохранить';
export const undo = 'Отменить';
export const keepValue = (value) => `Оставить ${value || 'пустую'}`;
export const takeValue = (value) => `Взять ${value || 'пустую'}`;
export const conflict = ({ who, at, value, isOwn }, own) => isOwn ? `Изменено в другом окне${at ? ` ${moment(at)}` : ''}: там «${value || 'пусто'}», здесь «${own || 'пусто'}»` : `Сейчас в журнале «${value || 'пусто'}» (${who || 'кто-то'}${at ? `, ${moment(at)}` : ''}), у вас «${own || 'пусто'}»`;
export const underway = 'идёт'; // the lesson that is going on
export const palette = 'Отметки и пропуски';
export const paletteNext = 'дальше';
export const paletteTopic = 'тема';
export const paletteEmpty = 'Стереть';
export const paletteKeyboard = 'Клавиатура';
export const markOfAbsent = (n, name, value) => (n === 1 ? `${name}: «${value}» — отметка отсутствующему.` : `Отметки отсутствующим: ${cells(n)}.`);
export const absentKeep = 'Оставить';
export const absentRemove = 'Убрать';
export const cellsEmptied = (n, name, value) => (n === 1 ? `Стёрто: ${name}, «${value}»` : `Стёрто: ${cells(n)}`);
export const advance = 'Курсор после отметки';
export const advanceOptions = { stay: 'на месте', down: 'вниз', right: 'вправо' };
export const note = 'Комментарий';
export const noteFor = 'Его видят ученик и родители.';
export const noteForAttempt = (mark, i) => `Комментарий ${i ? 'к пересдаче ' : 'к отметке '}${mark}`;
export const history = 'История клетки';
export const historyShort = 'История';
export const historyWide = ' клетки';
export const historyHead = ['Когда', 'Кто', 'Было', 'Стало'];
export const minutes = (n) => `${n} мин`;
export const historyNone = 'Эту клетку ещё не меняли.';
export const historyFailed = 'Историю не удалось получить: нет связи.';
export const loading = 'Загружается…';
export const close = 'Закрыть';
export const copy = 'Скопировать';
export const copied = 'Скопировано';
export const reveal = (n) => (n > 1 ? 'Показать пароли' : 'Показать пароль');
export const leaveTitle = 'Есть неотправленные записи';
export const leaveText = (n) => `Сохранено на этом компьютере и ждёт отправки: ${entries(n)}. Если выйти, ${n === 1 ? 'она останется здесь на 7 дней и отправится' : 'они останутся здесь на 7 дней и отправятся'}, когда вы войдёте снова и откроете этот журнал или урок.`;
export const leaveShared = (n) => `Ждёт отправки: ${entries(n)}. Это не ваш компьютер: если выйти, ${n === 1 ? 'она пропадёт' : 'они пропадут'}.`;
export const leaveStay = 'Остаться';
export const leaveGo = 'Всё равно выйти';
export const discard = 'Забыть';
export const allPresent = 'Все присутствуют';
export const allPresentDone = (n) => (n === 0 ? 'Все присутствуют.' : `Остальные присутствуют. Отмеченные раньше (${n}) остались.`);
export const takeBack = 'Вернуть';
export const explain = 'Пояснить';
export const keepMine = 'Оставить моё';
export const takeTheirs = 'Взять новое';
export const lessonOffline = 'Нет связи: новая работа и задание отдельным ученикам отправятся по кнопке «Сохранить»';
export const lessonRestored = 'Введённое раньше восстановлено';

/* The status line of a lesson's form, by the state of saving. done: the checkbox «absences
 * marked», if the form has it. */
export const lessonStates = (done) => ({
  get saved() {
    return done && !done.checked ? 'Сохранено. Отсутствующие ещё не отмечены.' : 'Сохранено';
  },
  unsaved: () => 'Не сохранено',
  saving: () => 'Сохраняется…',
  offline: () => 'Нет связи, отправится само',
  notStored: () => 'Нет связи, и браузер не даёт ничего запомнить: не закрывайте страницу',
  busy: (n, s) => `Сервер занят, повтор через ${s} с`,
  ended: () => 'Вход закончился, введённое запомнено здесь.',
  other: 'Вы вошли под другим именем: введённое отправится, когда войдёт тот, кто его ввёл',
  wrong: (n) => `С ошибкой: ${n}`,
  conflicts: (n) => `Изменено кем-то ещё: ${n}`,
});

/* the keys of the grid, in its legend (journal_keys.js) */
export const gridKeysTitle = 'Клавиши';
export const gridKeys = [
  ['цифры, буквы', 'записать и перейти дальше; русская раскладка не нужна: буква стоит на той же клавише'],
  ['стрелки', 'соседняя клетка'],
  ['Enter, Shift+Enter', 'вниз, вверх'],
  ['Delete', 'очистить'],
  ['Ctrl+D', 'повторить верхнее в выделенных'],
  ['Ctrl+V', 'вставить столбец или блок из таблицы'],
  ['Ctrl+Z, Ctrl+Y', 'отменить, вернуть'],
  ['Ctrl+S', 'сохранить'],
  ['F2', 'исправить внутри клетки'],
  ['Shift+F2', 'комментарий к отметке'],
  ['Ctrl+→', 'тема урока, Enter — задание, ещё Enter — назад'],
  ['I, правая кнопка мыши, долгое нажатие', 'история клетки'],
  ['Esc, затем Tab', 'выйти из таблицы'],
];

/* The reason why the server refused a cell, by its error code. The texts come from
 * error.xsl and are in the page. */
export function refusal(code) {
  const place = document.querySelector(`[data-ej-words] [data-code="${CSS.escape(code)}"]`);
  return place?.textContent.trim() || `Сервер не принял (${code || 'без причины'})`;
}
export const markAbsent = (n) => (n === 1 ? 'Отметить «н»' : 'Отметить их «н»');
export const markedAbsent = (n, rest) => (n ? `Отмечено: ${n}.` : 'Отмечать некого.') + (rest ? ` Не тронуто, уже заполнены: ${rest}.` : '');

/* the grid of a plan (plans.js) */
export const planKeys = 'Строки из Excel или LibreOffice вставляют прямо в клетку: Ctrl+V. Столбцы идут вправо от неё, строки вниз, недостающие строки добавятся. Стрелки и Enter — по строкам.';
export const planPasted = (rows, lost) => `Вставлено: ${plural(rows, 'строка', 'строки', 'строк')}. Проверьте и сохраните.`
  + (lost ? ` Не поместилось: ${plural(lost, 'строка', 'строки', 'строк')}.` : '');
export const planUndo = 'Отменить вставку';

/* the editor of the timetable (timetable.js) */
export const timetableKeys = 'Стрелки: по клеткам. Enter: изменить или поставить. Ctrl+X и Ctrl+V: перенести. Delete: убрать. Esc: отменить выбор. Урок можно и перетащить.';
export const timetableOffline = 'Нет связи. Когда она появится, обновите страницу: там видно, что сохранено.';
export const timetableRemoveTitle = 'Убрать урок из расписания?';
export const timetableRemove = 'Убрать';
export const timetableKeep = 'Оставить';
