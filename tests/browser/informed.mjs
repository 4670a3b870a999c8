// informed.mjs: an absence without a valid reason, from the teacher's tick to the deputy: it reaches
// a parent's mailbox and telephone, the parent answers, acknowledges the week and reads another one; a
// family that refused the processing of data gets a strip on paper.

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { BASE, logIn, until } from './lib.mjs';
import * as measure from './measure.mjs';
import { Post } from './post.mjs';
import { Desk, PHONE } from './school.mjs';

const facts = JSON.parse(process.env.EJ_FACTS ?? '{}');
const { today, class: classId, pupil, parent, mate, other } = facts;
const post = new Post(facts);
const MAIL = 'anna@home.test';
const TELEPHONE = '+79001234567';
const ANSWER = 'был у врача, справка завтра';

async function enter(browser, who, viewport) {
  const desk = await Desk.open(browser, viewport);
  await logIn(desk.page, who);
  return desk;
}

const go = (desk, address) => desk.page.goto(`${BASE}${address}`);

async function leave(desk, t, who) {
  t.none(desk.errors, `no script of the ${who} failed`);
  await desk.close();
}

/* The parent adds an address and types the code that was sent to it. */
async function confirm(desk, channel, address, code) {
  await go(desk, '/account/contacts');
  await desk.main.locator('select[name=channel]').selectOption(channel);
  await desk.main.locator('input[name=address]').fill(address);
  await desk.press('Получить код');
  const [digits] = /\d{6}/.exec(await code());
  await desk.follow(address);
  await desk.main.locator('input[name=code]').fill(digits);
  await desk.press('Подтвердить');
}

async function addresses(desk, t) {
  await confirm(desk, 'email', MAIL, async () => (await post.letter(MAIL, /подтвердите адрес/)).text);
  await confirm(desk, 'sms', TELEPHONE, () => post.message(TELEPHONE, /код подтверждения/));
  t.is(await desk.main.locator('span.done', { hasText: 'подтверждён' }).count(), 2, 'a parent confirms mailbox and telephone by the codes that arrive there');
}

/* The class teacher enters what guardians signed. */
async function consent(desk, purpose, guardian, answer) {
  await go(desk, `/classes/${classId}/consents?purpose=${purpose}`);
  await desk.main.locator(`select[name="answer.${guardian}"]`).selectOption(answer);
  await desk.press('Записать');
}

async function consents(desk, t) {
  for (const purpose of ['processing', 'email', 'sms']) await consent(desk, purpose, `${pupil}.${parent}`, 'given');
  await consent(desk, 'processing', `${mate}.${other}`, 'refused');
  await go(desk, `/classes/${classId}/consents?purpose=processing`);
  t.is(await desk.main.locator('.badge', { hasText: 'бумажная семья' }).count(), 1, 'the class teacher enters three consents, and the refusal that makes a paper family');
}

/* The teacher marks both pupils absent without a valid reason. */
async function absent(desk, t) {
  await go(desk, facts.lesson);
  for (const one of [pupil, mate]) await desk.main.locator(`input[name="code.${one}"][value="п"]`).check({ force: true });
  await desk.main.locator('form button.main').first().click();
  await until('the lesson is saved', async () => /^Сохранено/.test(await desk.main.locator('[data-ej-status]').innerText()));
  t.ok(true, 'the teacher marks two pupils absent without a valid reason');
}

/* The parent reads the letter and the message, answers, and acknowledges the week. */
async function answer(desk, t) {
  const words = `${facts.name}: пропуск без уважительной причины, 20.11.2026`;
  const letter = await post.letter(MAIL, /пропуск без уважительной причины/);
  t.is(letter.subject, `Электронный журнал: ${words}`, 'a letter reaches the parent\'s mailbox');
  t.is(await post.message(TELEPHONE, /пропуск/), words, 'a short message the telephone');
  const [, link] = /https:\/\/journal\.test(\/notices)\n/.exec(letter.text) ?? [];
  await go(desk, link);
  await desk.follow(/Пропуск уроков без уважительной причины/);
  t.ok(await desk.says(/Пятница, 20 ноября[^]*неуважительн/), 'the letter\'s link leads to the notices, and those to the week of the diary', (await desk.main.innerText()).split('\n').slice(-60));
  await go(desk, '/diary');
  t.ok(await desk.says(/Пропущено без уважительной причины: [^;]*20\.11,\s1\sурок/), 'the diary begins with the day and the number of lessons', await desk.told());
  await desk.follow(/Сообщить об отсутствии/);
  await desk.fill({ Причина: 'уважительная', С: today, По: today, Примечание: ANSWER });
  await desk.press('Сообщить классному руководителю');
  t.ok(await desk.says(new RegExp(ANSWER)), 'the parent answers with the reason', await desk.told());
  await go(desk, `/pupils/${pupil}/diary`);
  await desk.press('Ознакомлен(а)');
  t.ok(await desk.says(/Ознакомление с неделей\s+ознакомлен/i), 'and acknowledges the week', await desk.told());
  t.none(await desk.page.evaluate(measure.overflow), 'on a phone of 360 px nothing is wider than the screen');
}

/* The parent reads the week before to its end: the script says so, but not before five seconds. */
async function read(desk, t) {
  const week = `/pupils/${pupil}/diary?week_on=2026-11-09`;
  await go(desk, week);
  const form = desk.page.locator('form[data-ej-read]');
  const since = Date.now();
  await form.scrollIntoViewIfNeeded();
  await until('the week is read', () => form.locator('[data-ej-seen]').isVisible());
  t.ok(Date.now() - since >= 5000, 'a week whose end was in view for five seconds is read');
  await go(desk, week);
  t.ok(await desk.says(/Ознакомление с неделей\s+ознакомлен/i), 'which the journal then knows', await desk.told());
  await go(desk, `/pupils/${pupil}/diary?week_on=2026-11-30`);
  t.none(await desk.page.evaluate(measure.overflow), 'nor is a week of two months wider than the screen');
}

/* The class teacher prints the strip of the paper family; the signed one comes back. */
async function strip(desk, t) {
  await go(desk, `/classes/${classId}/strips`);
  t.is(await desk.main.locator('input[name=pupil_id]:checked').count(), 1, 'the paper family is ticked for the class teacher');
  await desk.press('Напечатать');
  const file = path.join(os.tmpdir(), `ejstrip${process.pid}.pdf`);
  await desk.page.pdf({ path: file, preferCSSPageSize: true });
  const paper = execFileSync('pdftotext', ['-layout', file, '-'], { encoding: 'utf8' });
  fs.unlinkSync(file);
  t.ok(/пропущено 1[^]*Родитель ____/.test(paper) && paper.match(/Родитель ____/g).length === 1, 'one strip is printed, with the absence and a line for the signature', paper.split('\n'));
  await go(desk, `/classes/${classId}/receipts`);
  await desk.main.locator(`input[name="signed.${mate}.${other}"]`).check();
  await desk.press('Записать');
  t.is(await desk.main.locator('tbody tr', { hasText: 'подпись на бумаге' }).count(), 1, 'the signed strip is entered', await desk.told());
}

/* The deputy finds absence, answer and acknowledgement from the start page. */
async function seen(desk, t) {
  await desk.open('Сегодня');
  await desk.follow(/Пропуски без уважительной причины/);
  const rows = desk.main.locator('table', { hasText: 'Пропуски без уважительной причины' }).locator('tbody tr', { hasText: '7Б' });
  t.is(await rows.count(), 2, 'the deputy sees both absences', await desk.told());
  t.is(await rows.filter({ hasText: ANSWER }).count(), 1, 'one with the answer of its family', await desk.told());
  await go(desk, '/receipts');
  t.ok(await desk.says(/7Б[^]*?2 из \d+/), 'and that both families have seen the week', await desk.told());
  await desk.follow('7Б', desk.main.locator('tbody th'));
  t.ok(await desk.says(/в дневнике/) && await desk.says(/подпись на бумаге/), 'one in the diary, one by a signature on paper', await desk.told());
}

export default async function informed({ browser, t }) {
  const phone = await enter(browser, 'parent', PHONE);
  await addresses(phone, t);
  const lead = await enter(browser, 'class-teacher');
  await consents(lead, t);
  const teacher = await enter(browser, 'teacher');
  await absent(teacher, t);
  await leave(teacher, t, 'teacher');
  await answer(phone, t);
  await read(phone, t);
  await leave(phone, t, 'parent');
  await strip(lead, t);
  await leave(lead, t, 'class teacher');
  const deputy = await enter(browser, 'deputy');
  await seen(deputy, t);
  await leave(deputy, t, 'deputy');
  t.is(post.letters(MAIL).filter(({ subject }) => /пропуск/.test(subject)).length, 1, 'there was one letter about it');
  t.is(post.messages(TELEPHONE).filter((text) => /пропуск/.test(text)).length, 1, 'and one short message');
}
