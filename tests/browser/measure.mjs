// measure.mjs: what pages.mjs measures in a page at its present size. Every
// function is run in the page and returns a list of faults.

/* What sticks out of the window, when something does. */
export function overflow() {
  const { scrollWidth, clientWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  const isClipped = (e) => e.parentElement && (/auto|scroll|hidden|clip/.test(getComputedStyle(e.parentElement).overflowX) || isClipped(e.parentElement));
  const wide = [...document.body.querySelectorAll('*')]
    .filter((e) => e.getBoundingClientRect().right > clientWidth + 1 && !isClipped(e));
  return [`${scrollWidth} px wide: ${wide.slice(0, 5).map((e) => `${e.tagName}.${e.className} «${e.textContent.trim().slice(0, 20)}»`).join(', ')}`];
}

/* What scrolls up and down by itself within a page that does so, too: a wheel
 * then turns the one or the other. What is folded away is unfolded for it. */
export function boxes() {
  const folded = [...document.querySelectorAll('details:not([open])')];
  folded.forEach((one) => { one.open = true; });
  const isPage = document.documentElement.scrollHeight > innerHeight + 1;
  const scrolls = (e) => /auto|scroll/.test(getComputedStyle(e).overflowY) && e.scrollHeight > e.clientHeight + 1;
  const found = isPage ? [...document.querySelectorAll('body *:not(textarea, select)')].filter((e) => e.checkVisibility() && scrolls(e)) : [];
  folded.forEach((one) => { one.open = false; });
  return found.map((e) => `${e.tagName}.${e.className} has ${e.scrollHeight} px in ${e.clientHeight}`);
}

/* Heads that do not stand over their columns, in tables with one row of heads. */
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

/* Targets smaller than least px. A link within a sentence is as high as its line
 * (WCAG 2.5.8); what lies out of sight until it has the focus is no target. */
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

/* Words cut by the end of a line without a hyphen. Addresses and words longer
 * than any in a dictionary may be. */
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

/* The keyboard goes as the page reads, and what has the focus is seen. */
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

/* What is chosen differs from its neighbours by more than colours. */
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

/* Cells of one row whose texts lie over each other. A cell that stays in view
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

/* What a printed page says that only a screen can do. */
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
