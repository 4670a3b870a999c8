// firefox.mjs: drives Debian's own Firefox over WebDriver BiDi.
//
// Playwright's Firefox is a special build, whose cache differs from that of the
// Firefox that people use, and Debian 12 has no geckodriver; firefox-esr itself
// speaks BiDi on a WebSocket.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import WebSocket from 'ws';

const ARGS = ['--headless', '--no-remote', '--remote-debugging-port=0'];
const PREFS = {
  'app.normandy.enabled': false,
  'app.update.enabled': false,
  'browser.shell.checkDefaultBrowser': false,
  'browser.startup.page': 0,
  'datareporting.policy.dataSubmissionEnabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'services.settings.server': 'data:,',
  'toolkit.telemetry.enabled': false,
};

/* The address at which Firefox listens, from its output. */
function listening(process) {
  return new Promise((done, failed) => {
    let output = '';
    process.on('error', failed);
    process.on('exit', (code) => failed(new Error(`firefox-esr ended with ${code}: ${output.slice(-500)}`)));
    process.stderr.on('data', (text) => {
      output += text;
      const [, address] = /WebDriver BiDi listening on (ws:\S+)/.exec(output) ?? [];
      if (address) done(address);
    });
  });
}

export class Firefox {
  #asked = new Map();
  #last = 0;

  static async launch(isScripted) {
    const self = new Firefox();
    self.directory = fs.mkdtempSync(path.join(os.tmpdir(), 'ej-firefox-'));
    const lines = Object.entries({ ...PREFS, 'javascript.enabled': isScripted }).map((pref) => `user_pref(${JSON.stringify(pref).slice(1, -1)});`);
    fs.writeFileSync(path.join(self.directory, 'user.js'), lines.join('\n'));
    self.process = spawn(process.env.EJ_FIREFOX ?? 'firefox-esr', [...ARGS, '--profile', self.directory], {
      env: { ...process.env, HOME: self.directory, MOZ_HEADLESS: '1' }, stdio: ['ignore', 'ignore', 'pipe'],
    });
    self.socket = new WebSocket(`${await listening(self.process)}/session`);
    await new Promise((done, failed) => { self.socket.on('open', done).on('error', failed); });
    self.socket.on('message', (data) => self.#hear(JSON.parse(data)));
    await self.send('session.new', { capabilities: {} });
    return self;
  }

  #hear({ id, result, message }) {
    const { done, failed } = this.#asked.get(id) ?? {};
    this.#asked.delete(id);
    if (result) done?.(result);
    else failed?.(new Error(message));
  }

  send(method, params = {}) {
    this.#last += 1;
    this.socket.send(JSON.stringify({ id: this.#last, method, params }));
    return new Promise((done, failed) => { this.#asked.set(this.#last, { done, failed }); });
  }

  async tab() {
    const { context } = await this.send('browsingContext.create', { type: 'tab' });
    return new Tab(this, context);
  }

  async close() {
    const gone = new Promise((done) => { this.process.removeAllListeners('exit').on('exit', done); });
    await this.send('browser.close').catch(() => this.process.kill());
    await gone;
    fs.rmSync(this.directory, { recursive: true, force: true });
  }
}

class Tab {
  constructor(browser, context) {
    this.browser = browser;
    this.context = context;
  }

  send(method, params) {
    return this.browser.send(method, { context: this.context, ...params });
  }

  goto(url) {
    return this.send('browsingContext.navigate', { url, wait: 'complete' });
  }

  /* Evaluate in a sandbox, which also works while the page's scripts are off. */
  async evaluate(expression) {
    const { result, exceptionDetails } = await this.browser.send('script.evaluate', {
      expression, awaitPromise: true, userActivation: true, target: { context: this.context, sandbox: 'test' },
    });
    if (exceptionDetails) throw new Error(exceptionDetails.text);
    return result.value;
  }

  go(delta) {
    return this.send('browsingContext.traverseHistory', { delta });
  }
}
