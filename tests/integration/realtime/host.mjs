// SPDX-License-Identifier: GPL-3.0-or-later
// Runs FeedHost for tests in Node: starts it, speaks to it, ends it.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

export class Host {
  static async start(program, port = 0) {
    const host = new Host();
    host.child = spawn(program, [String(port)], { stdio: ['pipe', 'pipe', 'inherit'] });
    host.ended = new Promise((resolve) => host.child.once('exit', resolve));
    host.lines = createInterface({ input: host.child.stdout })[Symbol.asyncIterator]();
    Object.assign(host, await host.answer());
    return host;
  }

  async answer() {
    const line = await this.lines.next();
    if (line.done) throw new Error('the host ended');
    return JSON.parse(line.value);
  }

  say(...lines) { this.child.stdin.write(lines.map((line) => `${line}\n`).join('')); }

  // At once, as a crash would.
  async kill() {
    this.child.kill('SIGKILL');
    await this.ended;
  }
}

export async function until(condition, what, ms = 10_000) {
  const end = Date.now() + ms;
  for (;;) {
    const value = await condition();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
