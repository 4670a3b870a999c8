// measure.mjs: the measurements of pages.mjs in a page at its present size. Each
// function is run in the page and returns a list of faults.

/* Elements beyond the right edge of the window, if the page is wider than the window. */
export function overflow() {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const isClipped = (e) => e.parentElement && (/auto|scroll|hidden|clip/.test(getComputedStyle(e.parentElement).overflowX) || isClipped(e.parentElement));
  const wide = [...document.body.querySelectorAll('*')]
    .filter((e) => e.getBoundingClientRect().right > clientWidth + 1 && !isClipped(e));
  return [`${scrollWidth} px wide: ${wide.slice(0, 5).map((e) => `${e.tagName}.${e.className} «${e.textContent.trim().slice(0, 20)}»`).join(', ')}`];
}

/* Elements that are hidden by their attribute and shown by a rule of the style sheet. */
export function unhidden() {
  return [...document.querySelectorAll('[hidden]')].filter((e) => getComputedStyle(e).display !== 'none')
    .map((e) => `${e.tagName}.${e.className} «${e.textContent.trim().slice(0, 40)}»`);
}

/* Labels of cells (data-word, shown on a phone) that run into what they name, or name nothing. */
export function labels() {
  const found = [...document.querySelectorAll('td[data-word], th[data-word]')].filter((cell) => cell.checkVisibility()).flatMap((cell) => {
    const { content, display } = getComputedStyle(cell, '::before');
    if (/^(none|normal)$/.test(content)) return [];
    if (!cell.textContent.trim() && !cell.querySelector('input, select, textarea, button, img')) return [`«${cell.dataset.word}» stands alone`];
    return / "$/.test(content) || display === 'block' ? [] : [`«${cell.dataset.word}» runs into «${cell.textContent.trim().slice(0, 20)}»`];
  });
  return [...new Set(found)];
}

/* Elements that scroll vertically within a page that scrolls, too, so that a wheel
 * turns now one, now the other. Folded parts are unfolded during the measurement. */
export function boxes() {
  const folded = [...document.querySelectorAll('details:not([open])')];
  folded.forEach((one) => { one.open = true; });
  const isPage = document.documentElement.scrollHeight > innerHeight + 1;
  const scrolls = (e) => /auto|scroll/.test(getComputedStyle(e).overflowY) && e.scrollHeight > e.clientHeight + 1;
  const found = isPage ? [...document.querySelectorAll('body *:not(textarea, select)')].filter((e) => e.checkVisibility() && scrolls(e)) : [];
  folded.forEach((one) => { one.open = false; });
  return found.map((e) => `${e.tagName}.${e.className} has ${e.scrollHeight} px in ${e.clientHeight}`);
}

/* Tables with one row of heads whose heads do not stand over their columns. */
export function heads() {
  const isSeen = (table) => table.tHead?.rows.length === 1 && table.tHead.checkVisibility() && table.tHead.getBoundingClientRect().height > 2;
  const lefts = (row) => [...row.cells].reduce(({ n, at }, cell) => ({ n: n + cell.colSpan, at: at.set(n, cell.getBoundingClientRect().left) }), { n: 0, at: new Map() });
  return [...document.querySelectorAll('table')].filter(isSeen).flatMap((table) => {
    const { n, at } = lefts(table.tHead.rows[0]);
    return [...table.tBodies].flatMap((body) => [...body.rows]).filter((row) => row.checkVisibility() && ![...row.cells].some((cell) => cell.rowSpan > 1)).slice(0, 40)
      .filter((row) => lefts(row).n !== n || [...lefts(row).at].some(([i, left]) => at.has(i) && Math.abs(at.get(i) - left) > 2))
      .slice(0, 1).map((row) => `${table.className}: its heads stand beside «${row.innerText.slice(0, 20)}»`);
  });
}

/* Controls of a form that stand on one another. */
export function piled() {
  const found = [];
  // the save bar stays in view above what scrolls beneath it
  const isFloating = (e) => e.closest('.savebar') && getComputedStyle(e.closest('.savebar')).position === 'sticky';
  for (const form of document.forms) {
    const boxes = [...form.elements].filter((e) => e.type !== 'hidden' && e.tagName !== 'FIELDSET' && e.checkVisibility() && !isFloating(e))
      .map((e) => ({ e, box: e.getBoundingClientRect() })).filter(({ box }) => box.width > 2);
    boxes.forEach(({ e, box: a }, i) => boxes.slice(i + 1, i + 20).forEach(({ e: other, box: b }) => {
      if (a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1) found.push(`${e.name || e.tagName} and ${other.name || other.tagName}`);
    }));
  }
  return found;
}

/* Links and controls smaller than the least size in px. A link within a sentence may be as high as its line
 * (WCAG 2.5.8); elements that are visible only with the focus are left out. */
export function targets(least) {
  const isInSentence = (e) => getComputedStyle(e).display === 'inline' && /[\p{L}\d]/u.test([...e.parentElement.childNodes]
    .filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join(''));
  const all = document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"], [role=gridcell]');
  const areas = (e) => [e, ...e.labels ?? []].map((one) => one.getBoundingClientRect());
  const isShown = (e) => e.checkVisibility({ visibilityProperty: true }) && !e.closest('.skip, .sr') && e.getBoundingClientRect().width > 2
    && !/auto|scroll/.test(e.tabIndex === 0 && e.matches('div') ? getComputedStyle(e).overflowX : '');
  const found = new Map();
  for (const e of [...all].filter((one) => isShown(one) && !isInSentence(one))) {
    if (areas(e).some(({ width, height }) => width > least - 0.6 && height > least - 0.6)) continue;
    const [{ width, height }] = areas(e);
    const name = `${e.closest('[class]')?.className ?? ''} ${e.tagName}.${e.className}`;
    if (!found.has(name)) found.set(name, `${name} «${e.innerText?.trim().slice(0, 20) ?? e.name}» is ${Math.round(width)} x ${Math.round(height)}`);
  }
  return [...found.values()];
}

/* Words broken at the end of a line without a hyphen, except addresses and words longer
 * than any in a dictionary. */
export function words() {
  const found = new Map();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (walker.nextNode()) {
    const node = walker.currentNode;
    if (!/\p{L}{2}/u.test(node.data) || !node.parentElement.checkVisibility({ visibilityProperty: true })) continue;
    for (const word of node.data.matchAll(/[^\s\u00AD-]+/gu)) {
      if (/[/@_\d]|\p{L}\.\p{L}/u.test(word[0]) || word[0].length > 30) continue;
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const lines = new Set([...range.getClientRects()].filter(({ width }) => width > 0).map(({ bottom }) => Math.round(bottom / 4)));
      if (lines.size > 1) found.set(`${node.parentElement.tagName}.${node.parentElement.className}`, word[0]);
    }
  }
  return [...found].map(([where, word]) => `${where}: «${word}» is broken`);
}

/* Elements with their own tab order, or that cannot be focused, or are invisible with the focus. */
export function focus() {
  const faults = [...document.querySelectorAll('[tabindex]')].filter((e) => e.tabIndex > 0).map((e) => `${e.tagName}.${e.className} has an order of its own`);
  const all = [...document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex="0"]')]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }) && !e.disabled);
  if (!all[0]?.matches('.skip') && document.querySelector('.skip')) faults.push('the way to the contents is not the first');
  for (const e of all) {
    e.focus();
    const { width, height } = (e.labels?.[0] ?? e).getBoundingClientRect();
    if (document.activeElement !== e) faults.push(`${e.tagName}.${e.className} «${e.innerText?.slice(0, 20)}» takes no focus`);
    else if (width < 2 || height < 2) faults.push(`${e.tagName}.${e.className} «${e.innerText?.slice(0, 20)}» has the focus unseen`);
  }
  document.activeElement?.blur?.();
  scrollTo(0, 0);
  return faults;
}

/* Chosen elements that differ from their neighbours only by colour. */
export function chosen() {
  const look = (e) => {
    const s = getComputedStyle(e);
    return ['Top', 'Right', 'Bottom', 'Left'].map((side) => s[`border${side}Width`] + s[`border${side}Style`]).join()
      + [s.outlineStyle, s.outlineWidth, s.fontWeight, s.textDecorationLine].join();
  };
  const pairs = [
    ['.top nav a[aria-current]', '.top nav a:not([aria-current])'],
    ['.days a[aria-current]', '.days a:not([aria-current])'],
    ['.tabs b', '.tabs a'],
    ['.pills input:checked', '.pills input[type=radio]:not(:checked)'],
    ['td[aria-selected=true]', 'table[data-ej-grid] tbody tr:nth-child(3) td:nth-last-child(4):not([aria-selected=true])'],
  ];
  return pairs.map((pair) => pair.map((one) => [...document.querySelectorAll(one)].find((e) => e.checkVisibility())))
    .filter(([is, other]) => is && other && look(is) === look(other))
    .map(([is]) => `${is.tagName}.${is.className} «${is.innerText.slice(0, 20)}» is chosen by colour alone`);
}

/* Cells of one row whose texts overlap. A cell that stays in view
 * while the others scroll below it is left out. */
export function overlaps() {
  const texts = (cell) => {
    const rects = [];
    const walker = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT, (node) => (node.data.trim()
      && getComputedStyle(node.parentElement).clipPath === 'none' && node.parentElement.checkVisibility({ visibilityProperty: true })
      ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_REJECT));
    while (walker.nextNode()) {
      const range = document.createRange();
      range.selectNodeContents(walker.currentNode);
      rects.push(...range.getClientRects());
    }
    return { cell, rects };
  };
  const isOver = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 3 && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 6;
  const rows = [...document.querySelectorAll('table')].flatMap((table) => [...table.querySelectorAll('tbody tr')].slice(0, 4));
  return rows.flatMap((row) => {
    const all = [...row.cells].filter((cell) => getComputedStyle(cell).position !== 'sticky').map(texts);
    return all.flatMap((one, i) => all.slice(i + 1).filter((other) => one.rects.some((a) => other.rects.some((b) => isOver(a, b))))
      .map((other) => `«${one.cell.innerText}» and «${other.cell.innerText}»`));
  });
}

/* Elements of a printed page that are of use only on a screen. */
export function paper() {
  const isShown = (e) => e.checkVisibility() && e.getBoundingClientRect().height > 1;
  const style = (e) => getComputedStyle(e);
  const all = (selector) => [...document.querySelectorAll(selector)].filter(isShown);
  return [
    ...all('button, .button, input[type=submit], nav.tabs, .actions').map((e) => `a ${e.tagName} ${e.className}`),
    ...all('select').filter((e) => style(e).appearance !== 'none' || style(e).borderTopWidth !== '0px').map((e) => `the arrow of ${e.name}`),
    ...all('summary').filter((e) => style(e).listStyleType !== 'none').map((e) => `the arrow of «${e.textContent}»`),
    ...[...document.body.innerText.matchAll(/.*[←→▸▶▾▼].*/g)].map(([line]) => `«${line}»`),
  ];
}
