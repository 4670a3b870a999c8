// journal_legend.mjs: letters, keys and kinds of work are explained at every
// width, also on a touch screen.

import { address, enter, until, watch } from './lib.mjs';
import { Grid } from './grid.mjs';

const WIDTHS = [[360, 740], [683, 384], [1024, 768], [1366, 768]];

/* The parts of the legend and the heads that are missing, hidden or cut. */
const unread = () => {
  const bad = [];
  const seen = (one) => one.getClientRects().length > 0;
  const codes = [...document.querySelectorAll('.codes dt')].filter(seen).map((dt) => dt.textContent);
  for (const pair of document.querySelector('[data-ej-grid]').dataset.codes.split(' ')) {
    const [code] = pair.split(':');
    if (!codes.includes(code)) bad.push(`«${code}» is not explained`);
  }
  for (const dd of document.querySelectorAll('.legend dd')) {
    if (!seen(dd)) bad.push(`hidden: ${dd.textContent}`);
    else if (!dd.closest('.codes') && dd.getBoundingClientRect().width < 180) bad.push(`narrow: ${dd.textContent}`);
  }
  for (const head of document.querySelectorAll('.marks th[data-c]')) {
    if (head.title && !/\p{L}/u.test(head.textContent)) bad.push(`no kind in a head: ${head.title}`);
    if (head.scrollWidth > head.clientWidth + 1) bad.push(`cut: ${head.textContent}`);
  }
  const wide = [...document.querySelectorAll('main *')].filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest('.scroll'));
  if (document.documentElement.scrollWidth > innerWidth) bad.push(`the page is wider than the screen: ${wide.map((one) => `${one.tagName} ${one.className}`).join(', ')}`);
  return bad;
};

export default async function legend({ browser, t }) {
  const context = await enter(browser, 'teacher');
  const page = await context.newPage();
  await new Grid(page).open();
  await page.locator('.legend summary').click();
  t.ok(await page.locator('[data-ej-keys]').getByText('история клетки').count(), 'the legend explains the key for the history');
  for (const [width, height] of WIDTHS) {
    await page.setViewportSize({ width, height });
    t.none(await page.evaluate(unread), `at ${width} px letters, keys and kinds of work are explained`);
  }
  await context.close();
  await finger({ browser, t });
}

async function finger({ browser, t }) {
  const context = await enter(browser, 'teacher', { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  const page = await context.newPage();
  const errors = watch(page);
  const grid = await new Grid(page).open();
  const key = (text) => page.locator('.palette button', { hasText: new RegExp(`^${text}$`) });
  t.ok(/болезнь/.test(await key('б').getAttribute('aria-label')), 'a letter of the palette has a label with its meaning');
  const [c] = await grid.columns();
  const [a, b] = await grid.rows(c);
  await grid.cell(a, c).tap();
  await key('⌫').tap();
  await key('б').tap();
  await grid.saved();
  await grid.cell(b, c).tap();
  await grid.cell(a, c).tap();
  await until('the status explains the letter', async () => /б — болезнь/.test(await grid.status()));
  t.ok(true, 'after a tap on a letter the status shows its meaning');
  await key('⌫').tap();

  await key('тема').tap();
  t.ok(await page.locator('.topics .text-editor').isVisible(), 'one tap leads to the topic of the lesson');
  t.ok(await page.locator('.palette').isHidden(), 'the palette is hidden while a topic is edited');
  await page.fill('.text-editor', 'С телефона');
  await page.keyboard.press('Enter');
  await page.fill('.text-editor', '§ 2');
  await page.keyboard.press('Enter');
  await grid.saved();
  await page.goto(address('journal'));
  const fields = page.locator('.topics td[tabindex]');
  await fields.first().waitFor();
  t.ok(await page.getByText('С телефона').count(), 'topic and homework typed on a phone are saved');
  const small = await fields.evaluateAll((all) => all.filter((td) => td.getBoundingClientRect().height < 44).length);
  t.is(small, 0, 'every field of the topics is at least 44 px high');
  t.none(errors, 'no script failed');
  await context.close();
}
