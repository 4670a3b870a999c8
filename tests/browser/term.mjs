// term.mjs: in the form of term marks Enter accepts one proposed mark, a button all.

import { address, enter, watch } from './lib.mjs';

export default async function term({ browser, t }) {
  const context = await enter(browser, 'teacher', { viewport: { width: 1366, height: 768 } });
  const page = await context.newPage();
  const errors = watch(page);
  await page.goto(`${address('journal')}/finals`);
  const selects = page.locator('select[data-proposed]:not([data-proposed=""])');
  const proposed = await selects.evaluateAll((all) => all.map((one) => one.dataset.proposed));
  t.ok(proposed.length > 5, 'marks are proposed', proposed.join());
  await selects.nth(1).selectOption({ index: 1 });
  const chosen = await selects.nth(1).inputValue();
  await selects.nth(0).focus();
  await page.keyboard.press('Enter');
  t.is(await selects.nth(0).inputValue(), proposed[0], 'Enter accepts the proposed mark');
  t.ok(await page.evaluate(() => document.activeElement.matches('select[data-proposed]')), 'Enter goes to the next pupil');
  t.is(await selects.nth(2).inputValue(), '', 'Enter accepts no other mark');
  await page.click('[data-ej-propose]');
  t.is((await selects.evaluateAll((all) => all.map((one) => one.value))).join(), [proposed[0], chosen, ...proposed.slice(2)].join(),
    'one button accepts all proposed marks, and keeps chosen ones');
  await Promise.all([page.waitForURL((url) => !url.pathname.endsWith('/finals')), page.click('main form button.main')]);
  t.is(await page.locator('table[data-ej-grid]').count(), 1, 'all term marks are saved at once');
  t.none(errors, 'no script failed');
  await context.close();
}
