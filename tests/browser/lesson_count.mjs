// lesson_count.mjs: counts the clicks and taps for a lesson: three absent, one
// late, topic, homework, eight marks, a comment; everything is saved by itself.

import { address, enter, until, watch } from './lib.mjs';

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
const ABSENT = [[0, 'н'], [3, 'б'], [5, 'н'], [7, 'о']];
const MARKS = [[1, '5'], [2, '4'], [4, '5'], [6, '3'], [8, '4'], [9, '2'], [7, '5'], [10, '4']];

const rows = (page) => page.locator('table.pupils tbody tr');
const field = (row) => row.locator('td.mark input:not([type=hidden])').first();

/* Click, tap and type, and count the clicks and taps. */
function hand(page, isTouch) {
  const one = {
    count: 0,
    async press(locator) {
      one.count += 1;
      await (isTouch ? locator.tap() : locator.click());
    },
    type: (text) => page.keyboard.type(text),
  };
  return one;
}

async function empty(page) {
  await page.goto(address('lesson'));
  await page.locator('[data-ej-all-present]').waitFor();
  for (const row of await rows(page).all()) {
    await row.locator('input[type=radio][value=""]').evaluate((radio) => radio.click());
    await field(row).evaluate((input) => {
      input.value = '';
      input.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }
  for (const summary of await page.locator('.notes summary.said').all()) {
    await summary.click();
    await page.locator('.notes input:focus').fill('');
  }
  for (const name of ['topic', 'homework_text']) await page.fill(`textarea[name=${name}]`, '');
  await page.keyboard.press('Control+s');
  await until('it is saved', async () => !/Не сохранено|Сохраняется/.test(await page.locator('[data-ej-status]').innerText()));
  await page.goto(address('lesson'));
  await page.locator('[data-ej-all-present]').waitFor();
}

async function whole(page, one, isTouch, topic) {
  for (const [r, code] of ABSENT) await one.press(rows(page).nth(r).locator(`input[type=radio][value="${code}"]`));
  await one.press(page.locator('textarea[name=topic]'));
  await one.type(topic);
  await one.press(page.locator('textarea[name=homework_text]'));
  await one.type('§ 12');
  for (const [r, mark] of MARKS) {
    if (isTouch) await one.press(rows(page).nth(r).locator('.chips button', { hasText: mark }).first());
    else {
      await one.press(field(rows(page).nth(r)));
      await one.type(mark);
    }
  }
  await one.press(rows(page).nth(6).locator('summary'));
  await one.type(`${topic}: знак`);
}

/* The texts and rows that another person sees. */
async function recorded(browser, topic) {
  const context = await enter(browser, 'deputy');
  const page = await context.newPage();
  const read = async () => {
    await page.goto(address('lesson'));
    return page.evaluate(() => ({
      text: document.querySelector('main').innerText,
      rows: [...document.querySelectorAll('table.pupils tbody tr')].map((row) => [...row.cells].slice(1, 3).map((td) => td.innerText.trim().replace(/\s*·$/, ''))),
    }));
  };
  const got = await until('the server has the lesson', async () => {
    const found = await read();
    return found.text.includes(`${topic}: знак`) && found;
  });
  await context.close();
  return got;
}

async function told(browser, t, page, topic, isTouch, most) {
  const one = hand(page, isTouch);
  await empty(page);
  await whole(page, one, isTouch, topic);
  const got = await recorded(browser, topic);
  t.ok(one.count <= most, `a lesson takes ${one.count} ${isTouch ? 'taps on a phone' : 'clicks'}, at most ${most}, and no button to save it`);
  const wrong = [
    ...ABSENT.filter(([r, code]) => got.rows[r][0].split(' ')[0] !== code).map(([r, code]) => `row ${r}: ${got.rows[r][0]} is not ${code}`),
    ...MARKS.filter(([r, mark]) => got.rows[r][1].split(/\s/)[0] !== mark).map(([r, mark]) => `row ${r}: ${got.rows[r][1]} is not ${mark}`),
  ];
  t.none(wrong, 'the absences and marks are on the server');
  t.is(got.rows.filter(([code]) => code).length, ABSENT.length, 'no other pupil is absent');
  t.ok(got.text.includes('§ 12'), 'the homework is on the server');
}

export default async function lessonCount({ browser, t }) {
  for (const [options, isTouch, most] of [[{ viewport: { width: 1366, height: 768 } }, false, 16], [PHONE, true, 20]]) {
    const context = await enter(browser, 'teacher', options);
    const page = await context.newPage();
    const errors = watch(page);
    await told(browser, t, page, isTouch ? 'С телефона' : 'С компьютера', isTouch, most);
    if (isTouch) {
      const small = await page.evaluate(() => [...document.querySelectorAll('.pupils :is(.chips button, .pills input[type=radio])')]
        .map((e) => e.getBoundingClientRect()).filter(({ width, height }) => width > 0 && (width < 44 || height < 44)).length);
      t.is(small, 0, 'every button for a mark or a letter is at least 44 px wide and high');
      t.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), 'the lesson\'s page is no wider than the phone');
    }
    t.none(errors, 'no script failed');
    await context.close();
  }
}
