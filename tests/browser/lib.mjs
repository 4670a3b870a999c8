// lib.mjs: helpers of all browser suites.
//
// A suite exports default async ({ browser, t }) => …; run.mjs starts the
// browser and prints TAP. Suites wait for conditions, never for a time.

import fs from 'node:fs';
import { chromium } from 'playwright-core';

const ARGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync'];

export const BASE = (process.env.EJ_URL ?? '').replace(/\/$/, '');
const PATHS = JSON.parse(process.env.EJ_PATHS ?? '{}');

/* The address of a page, by a name from browser.t or by its path. */
export const address = (name) => `${BASE}${PATHS[name] ?? name}`;

export function launch(env = process.env, options = {}) {
  return chromium.launch({ executablePath: process.env.EJ_CHROMIUM ?? '/usr/bin/chromium', args: ARGS, env, ...options });
}

/* The log-ins as [{ role, login, password }], in the order of the file. */
export function people() {
  const [, ...rows] = fs.readFileSync(process.env.EJ_LOGINS, 'utf8').trim().split('\n');
  return rows.map((row) => {
    const [role, login, password] = row.split('\t');
    return { role, login, password };
  });
}

export function person(who) {
  const found = people().find((one) => one.login === who || one.role === who);
  if (!found) throw new Error(`the log-ins name no '${who}'`);
  return found;
}

export async function logIn(page, who, path = '/') {
  const { login, password } = person(who);
  await page.goto(`${BASE}/login?back=${encodeURIComponent(path)}`);
  await page.fill('input[name=login]', login);
  await page.fill('input[name=password]', password);
  await page.click('main form button');
  await page.waitForURL((url) => !url.pathname.endsWith('/login'));
}

const states = new Map(); // each person logs in once, since checking a password is slow on purpose

/* Open a fresh browser profile, logged in. options are Playwright's. */
export async function enter(browser, who, options = {}) {
  if (!states.has(who)) {
    const first = await browser.newContext();
    await logIn(await first.newPage(), who);
    states.set(who, await first.storageState());
    await first.close();
  }
  return browser.newContext({ storageState: states.get(who), ...options });
}

/* Poll until the condition returns a true value, which is returned; throws after a time. */
export async function until(what, condition, ms = 15000) {
  const end = Date.now() + ms;
  for (;;) {
    const got = await condition();
    if (got) return got;
    if (Date.now() > end) throw new Error(`timed out: ${what}`);
    await new Promise((resolve) => { setTimeout(resolve, 30); });
  }
}

/* Collect the errors of scripts and of the content security policy in the returned list. */
export function watch(page) {
  const errors = [];
  page.on('pageerror', (error) => errors.push(`${page.url()}: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security|Uncaught|SyntaxError/.test(message.text())) {
      errors.push(`${page.url()}: ${message.text()}`);
    }
  });
  return errors;
}

export class Tap {
  constructor() {
    this.count = 0;
    this.failed = 0;
  }

  ok(is, name, ...why) {
    this.count += 1;
    if (!is) this.failed += 1;
    console.log(`${is ? 'ok' : 'not ok'} ${this.count} - ${name}`);
    if (!is) why.flat().slice(0, 40).forEach((line) => this.diag(line));
    return is;
  }

  is(got, wanted, name) {
    return this.ok(got === wanted, name, `     got: ${got}`, `expected: ${wanted}`);
  }

  none(list, name) {
    return this.ok(list.length === 0, name, list);
  }

  diag(text) {
    console.log(String(text).replace(/^/gm, '# '));
  }

  skip(name, why) {
    this.count += 1;
    console.log(`ok ${this.count} - ${name} # SKIP ${why}`);
  }

  plan() {
    console.log(`1..${this.count}`);
  }
}
