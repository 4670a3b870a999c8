/* words.js: every word the scripts say. */

/* 2026-11-21T10:32:05 is shown as 21.11.2026 10:32; other texts stay. */
export function moment(at) {
  const parts = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d:\d\d)/.exec(at ?? '');
  return parts ? `${parts[3]}.${parts[2]}.${parts[1]} ${parts[4]}` : at ?? '';
}

/* 1 клетка, 2 клетки, 5 клеток */
export function cells(n) {
  const ten = n % 10;
  const teen = n % 100 > 10 && n % 100 < 20;
  if (ten === 1 && !teen) return `${n} клетка`;
  return ten > 1 && ten < 5 && !teen ? `${n} клетки` : `${n} клеток`;
}

export const words = {
  saved: 'Все изменения сохранены',
  unsaved: (n) => `Не сохранено: ${cells(n)}`,
  saving: (n) => `Сохраняется: ${cells(n)}`,
  offline: (n) => `Нет связи. Записано на этом компьютере и отправится само: ${cells(n)}`,
  notKept: (n) => `Нет связи, и браузер не даёт ничего запомнить: не закрывайте страницу, не отправлено: ${cells(n)}`,
  busy: (n, s) => `Сервер занят. Ждёт отправки: ${cells(n)}, повтор через ${s} с`,
  ended: (n) => `Вход закончился. Сохранено на этом компьютере и ждёт отправки: ${cells(n)}.`,
  enter: 'Войти снова',
  other: 'Вы вошли под другим именем: эти клетки отправятся, когда войдёт тот, кто их заполнил',
  restored: (n) => `Восстановлено из неотправленного: ${cells(n)}`,
  wrong: (n) => `С ошибкой, не отправлено: ${cells(n)}`,
  conflicts: (n) => `Изменено кем-то ещё: ${cells(n)}`,
  notScale: (scale) => `Такой отметки нет. Можно: ${scale}`,
  closedCell: 'Эта клетка не заполняется: в этот день ученик не в группе',
  othersLesson: 'Эта клетка не заполняется: урок ведёт другой учитель',
  readOnly: 'Этот журнал вам можно только читать',
  pasted: ({ changed, same, wrong, lost }) => [`Вставлено: ${cells(changed)}`, same && `без изменений: ${same}`,
    wrong && `с ошибкой: ${wrong}`, lost && `не вставлено: ${lost}`].filter(Boolean).join(', '),
  pasteTitle: 'Вставить из таблицы?',
  pasteLost: (n) => `Не вставится: ${cells(n)} — в журнале для них нет места или клетка не заполняется.`,
  pasteUnknown: (names) => `Нет в журнале: ${names.join(', ')}.`,
  pasteHead: ['Ученик', 'Было', 'Станет'],
  pasteErase: 'Стереть отметки там, где в таблице пусто',
  pasteGo: 'Вставить',
  pasteStop: 'Не вставлять',
  erased: 'пусто',
  undone: (n) => `Отменено: ${cells(n)}`,
  nothingToUndo: 'Отменять нечего',
  leaving: 'Нажмите Tab, чтобы выйти из таблицы',
  columns: 'Столбцы журнала изменились. Неотправленное не пропадёт.',
  lost: (name, value) => `${name || 'Клетка, которой больше нет'}: «${value || 'пусто'}» не записано.`,
  reload: 'Обновить страницу',
  save: 'Сохранить',
  undo: 'Отменить',
  mine: (value) => `Оставить ${value || 'пустую'}`,
  theirs: (value) => `Взять ${value || 'пустую'}`,
  both: ({ who, at, value, isOwn }, own) => isOwn ? `Изменено в другом окне${at ? ` ${moment(at)}` : ''}: там «${value || 'пусто'}», здесь «${own || 'пусто'}»` : `Сейчас в журнале «${value || 'пусто'}» (${who || 'кто-то'}${at ? `, ${moment(at)}` : ''}), у вас «${own || 'пусто'}»`,
  going: 'идёт', // a lesson, just now
  palette: 'Отметки и пропуски',
  paletteNext: 'дальше',
  paletteEmpty: 'Стереть',
  paletteKeys: 'Клавиатура',
  absentMark: (n, name, value) => (n === 1 ? `${name}: «${value}» — отметка отсутствующему.` : `Отметки отсутствующим: ${cells(n)}.`),
  absentKeep: 'Оставить',
  absentBack: 'Убрать',
  emptied: (n, name, value) => (n === 1 ? `Стёрто: ${name}, «${value}»` : `Стёрто: ${cells(n)}`),
  advance: 'Курсор после отметки',
  advances: { stay: 'на месте', down: 'вниз', right: 'вправо' },
  history: 'История клетки',
  historyShort: 'История',
  historyRest: ' клетки',
  historyHead: ['Когда', 'Кто', 'Было', 'Стало'],
  minutes: (n) => `${n} мин`,
  historyNone: 'Эту клетку ещё не меняли.',
  historyLost: 'Историю не удалось получить: нет связи.',
  loading: 'Загружается…',
  close: 'Закрыть',
  reveal: (n) => (n > 1 ? 'Показать пароли' : 'Показать пароль'),
  leaveTitle: 'Есть неотправленные отметки',
  leaveText: (n) => `Сохранено на этом компьютере и ждёт отправки: ${cells(n)}. Если выйти, они останутся здесь на 7 дней и отправятся, когда вы войдёте снова и откроете этот журнал.`,
  leaveShared: (n) => `Ждёт отправки: ${cells(n)}. Это не ваш компьютер: если выйти, они пропадут.`,
  leaveStay: 'Остаться',
  leaveGo: 'Всё равно выйти',
  draft: 'Введённое здесь раньше не было сохранено.',
  draftBack: 'Вернуть',
  draftDrop: 'Забыть',
  lessonOffline: 'Нет связи: введённое запомнено на этом компьютере. Нажмите «Сохранить», когда связь появится.',
  lessonSaved: 'Сохранено',
  savedNoRoll: 'Сохранено. Отсутствующие ещё не отмечены.',
  everyone: 'Все присутствуют',
  allPresent: 'Отмечены все присутствующими',
};

/* Why a cell was refused, by the code of the server. The sheets have the words
 * of the codes (error.xsl) and lay them into the page. */
export function refusal(code) {
  const place = document.querySelector(`[data-ej-words] [data-code="${CSS.escape(code)}"]`);
  return place?.textContent.trim() || `Сервер не принял (${code || 'без причины'})`;
}
