// SPDX-License-Identifier: Apache-2.0
// The library's sign-in in a process of its own: commands go in, events come out.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

export class SignIn {
  constructor(settings) {
    this.process = spawn(process.env.INTEROP_SIGNIN, [], {
      stdio: ['pipe', 'pipe', 'inherit'],
      env: { ...process.env, INTEROP_SETTINGS: JSON.stringify(settings) },
    });
    this.ended = once(this.process, 'exit');
    process.on('exit', () => this.process.kill('SIGKILL'));
    this.events = [];
    this.waiting = [];
    createInterface({ input: this.process.stdout }).on('line', (line) => {
      this.events.push(JSON.parse(line));
      for (const wake of this.waiting.splice(0)) wake();
    });
  }

  tell(command) {
    this.process.stdin.write(JSON.stringify(command) + '\n');
  }

  //! The next event, which has to be `name`.
  async next(name) {
    while (this.events.length === 0)
      await new Promise((resolve) => this.waiting.push(resolve));
    const event = this.events.shift();
    if (event.event !== name)
      throw new Error(`${name} was expected, and this came: ${JSON.stringify(event)}`);
    return event;
  }

  async ask(command, name) {
    this.tell(command);
    return this.next(name);
  }

  async end() {
    this.process.stdin.end();
    const [code] = await this.ended;
    return { code, rest: this.events };
  }
}
