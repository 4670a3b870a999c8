// menu.mjs: the menu by keyboard, by mouse and without scripts; on a phone and enlarged.

import { BASE, enter, until } from './lib.mjs';

const PC = { width: 1366, height: 768 };
const PHONE = { width: 360, height: 740 };
const LARGE = { width: 683, height: 384 }; // a PC at 200 %

/* What the menu shows at once: links in the head, and those of the panel. */
const shown = (page) => page.evaluate(() => {
  const names = (selector) => [...document.querySelectorAll(selector)].filter((one) => one.checkVisibility()).map((one) => one.textContent);
  return { head: names('.menu > a'), panel: names('.menu .panel a'), button: names('.menu summary') };
});
const isFocused = (page, selector) => page.evaluate((one) => document.activeElement.matches(one), selector);

async function withoutScript(browser, t) {
  const context = await enter(browser, 'administrator', { viewport: PHONE, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${BASE}/classes`);
  const before = await shown(page);
  t.is(before.button.length, 1, 'a phone shows a button of the menu');
  t.is(before.head.length, 1, 'and one link beside it');
  t.is(before.panel.length, 0, 'the other links are folded away');
  await page.click('.menu summary');
  const { panel } = await shown(page);
  t.ok(panel.length > 6 && panel.includes('Настройки школы'), 'without a script the button unfolds all of them');
  t.is(await page.getAttribute('.panel a[aria-current]', 'aria-current'), 'page', 'the present page is marked');
  await page.click('.panel a:has-text("Сотрудники")');
  t.is(new URL(page.url()).pathname, new URL(`${BASE}/staff`).pathname, 'and each leads to its page');
  t.is((await shown(page)).panel.length, 0, 'where the menu is folded again');
  await context.close();
}

async function byKeyboard(page, t) {
  await page.goto(`${BASE}/classes`);
  t.ok((await shown(page)).head.length > 2, 'a PC shows the first links at once');
  await page.keyboard.press('Tab'); // to the content
  await page.keyboard.press('Tab');
  t.ok(await isFocused(page, '.menu summary'), 'the button is the first in the order of the keyboard');
  await page.keyboard.press('Enter');
  t.ok((await shown(page)).panel.length > 6, 'Enter unfolds the panel');
  await page.keyboard.press('Tab');
  t.ok(await isFocused(page, '.panel a'), 'its links come next');
  await page.keyboard.press('Escape');
  t.is((await shown(page)).panel.length, 0, 'Escape folds it');
  t.ok(await isFocused(page, '.menu summary'), 'and the focus is at the button');
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+Tab');
  t.is((await shown(page)).panel.length, 0, 'it folds when the keyboard leaves it');
}

async function byMouse(page, t) {
  await page.goto(`${BASE}/classes`);
  await page.click('.menu summary');
  t.ok((await shown(page)).panel.length > 6, 'a click unfolds it');
  await page.mouse.click(700, 700);
  t.is((await shown(page)).panel.length, 0, 'a click beside it folds it');
  await page.click('.menu summary');
  await page.click('.panel a:has-text("Ученики")');
  await page.waitForURL(/pupils/);
  await page.goBack();
  await until('the folded menu', async () => (await shown(page)).panel.length === 0);
  t.ok(true, 'Back finds it folded');
}

export default async function menu({ browser, t }) {
  await withoutScript(browser, t);
  const context = await enter(browser, 'administrator', { viewport: PC });
  const page = await context.newPage();
  await byKeyboard(page, t);
  await byMouse(page, t);
  for (const size of [LARGE, PHONE]) {
    await page.setViewportSize(size);
    await page.goto(`${BASE}/classes`);
    await page.click('.menu summary');
    const cut = await page.evaluate(() => [...document.querySelectorAll('.panel a')].map((one) => one.getBoundingClientRect())
      .filter(({ left, right, bottom }) => left < 0 || right > innerWidth || bottom + scrollY > document.documentElement.scrollHeight).length);
    t.is(cut, 0, `at ${size.width} px every link of the panel can be reached`);
  }
  await page.emulateMedia({ media: 'print' });
  t.is(await page.locator('.menu, .crumbs').filter({ visible: true }).count(), 0, 'paper has no menu');
  await context.close();

  const family = await enter(browser, 'parent', { viewport: PHONE });
  const diary = await family.newPage();
  await diary.goto(`${BASE}/diary`);
  t.is((await shown(diary)).button.length, 0, 'a family, who has one entry, has no button');
  await family.close();
}
