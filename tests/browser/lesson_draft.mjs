// lesson_draft.mjs: what was typed into a lesson's form and not sent is offered
// again, but only to the account that typed it.

import { address, enter, until, watch } from './lib.mjs';

const TYPED = 'Набрано и не отправлено';

const drafts = (page) => page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('ej.draft.')));
const offer = (page) => page.locator('[data-ej-status] button', { hasText: 'Вернуть' });

/* The lesson's page as another teacher of the same name would get it. */
async function namesake(page) {
  await page.route(address('lesson'), async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace(/data-account="\d+"/, 'data-account="987654321"');
    await route.fulfill({ response, body });
  });
}

export default async function draft({ browser, t }) {
  const context = await enter(browser, 'teacher');
  const page = await context.newPage();
  const errors = watch(page);
  page.on('dialog', (dialog) => dialog.accept());
  await page.goto(address('lesson'));
  const account = await page.getAttribute('form[data-ej-lesson]', 'data-account');
  t.ok(/^\d+$/.test(account ?? ''), 'the form names the account', account);

  await page.fill('textarea[name=topic]', TYPED);
  await until('the draft is kept', async () => (await drafts(page)).length > 0);
  t.ok((await drafts(page))[0].startsWith(`ej.draft.${account}.`), 'the draft is kept by the account');

  const other = await context.newPage();
  await namesake(other);
  await other.goto(address('lesson'));
  await other.locator('[data-ej-all-present]').waitFor();
  t.is(await offer(other).count(), 0, 'another account of the same name is not offered it');
  await other.close();

  await page.goto(address('lesson'));
  await offer(page).click();
  t.is(await page.inputValue('textarea[name=topic]'), TYPED, 'who typed it gets it back');
  t.none(errors, 'no script failed');
  await context.close();
}
