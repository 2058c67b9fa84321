// SPDX-License-Identifier: Apache-2.0
// A headless Chromium over its DevTools protocol: no more of it than a sign-in needs.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';

const kFlags = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
  // The provider's pages want fonts of others.
  '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE localhost, EXCLUDE 127.0.0.1',
  '--remote-debugging-port=0',
];

function chromium() {
  const names = [process.env.CHROMIUM, 'chromium', 'chromium-browser', 'google-chrome'].filter(Boolean);
  const found = names.find((name) => spawnSync(name, ['--version']).status === 0);
  if (!found)
    throw new Error(`none of ${names.join(', ')} can be started; install chromium, or set CHROMIUM`);
  return found;
}

export class Browser {
  static async start() {
    const browser = new Browser();
    browser.folder = await mkdtemp(path.join(tmpdir(), 'syncscope-browser-'));
    browser.process = spawn(chromium(), [...kFlags, `--user-data-dir=${browser.folder}`, 'about:blank'],
      { stdio: ['ignore', 'ignore', 'pipe'] });
    browser.ended = once(browser.process, 'exit');
    process.on('exit', () => browser.process.kill('SIGKILL')); // whatever happens, it must not stay behind
    const address = await browser.#address();
    browser.socket = new WebSocket(address);
    browser.socket.addEventListener('message', ({ data }) => browser.#onMessage(JSON.parse(data)));
    await new Promise((resolve, reject) => {
      browser.socket.addEventListener('open', resolve);
      browser.socket.addEventListener('error', reject);
    });
    return browser;
  }

  async #address() {
    const lines = createInterface({ input: this.process.stderr });
    for await (const line of lines) {
      const match = /DevTools listening on (ws:\S+)/.exec(line);
      if (match) {
        this.process.stderr.resume();
        return match[1];
      }
    }
    throw new Error('the browser ended before it was ready');
  }

  #next = 0;
  #waiting = new Map();

  #onMessage({ id, result, error }) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error)
      waiting?.reject(new Error(error.message));
    else
      waiting?.resolve(result);
  }

  send(method, params = {}, sessionId = undefined) {
    const id = ++this.#next;
    this.socket.send(JSON.stringify({ id, method, params, sessionId }));
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  //! A page at `url`, in a profile of its own: nobody is signed in anywhere.
  async open(url) {
    const { browserContextId } = await this.send('Target.createBrowserContext');
    const { targetId } = await this.send('Target.createTarget', { url, browserContextId });
    const { sessionId } = await this.send('Target.attachToTarget', { targetId, flatten: true });
    return new Page(this, browserContextId, sessionId);
  }

  async close() {
    this.send('Browser.close').catch(() => {});
    await this.ended;
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

class Page {
  constructor(browser, browserContextId, sessionId) {
    Object.assign(this, { browser, browserContextId, sessionId });
  }

  //! The value of `expression` in the page; undefined while the page changes.
  async evaluate(expression) {
    try {
      const { result } = await this.browser.send('Runtime.evaluate', { expression, returnByValue: true }, this.sessionId);
      return result.value;
    } catch {
      return undefined;
    }
  }

  //! Waits until `expression` is true in whatever page is there.
  async until(expression) {
    const end = Date.now() + 30_000;
    while (Date.now() < end) {
      const value = await this.evaluate(expression);
      if (value)
        return value;
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    throw new Error(`never true: ${expression}\n${await this.evaluate('document.documentElement.outerHTML')}`);
  }

  //! Fills the fields in and sends the form that `button` is in.
  async submit(button, fields = {}) {
    await this.until(`document.readyState === 'complete' && !!document.querySelector(${JSON.stringify(button)})`);
    const sent = await this.evaluate(`{
      for (const [name, value] of Object.entries(${JSON.stringify(fields)}))
        document.querySelector('[name=' + name + ']').value = value;
      document.querySelector(${JSON.stringify(button)}).click();
      true;
    }`);
    if (!sent)
      throw new Error(`no form with ${Object.keys(fields)} and ${button}`);
  }

  close() {
    return this.browser.send('Target.disposeBrowserContext', { browserContextId: this.browserContextId });
  }
}
