// SPDX-License-Identifier: GPL-3.0-or-later
// Starts Debian's Chromium for the tests of this folder.
import { existsSync } from 'node:fs';

const CHROMIUM = process.env.CARILLON_CHROMIUM ?? '/usr/bin/chromium';

const SWITCHES = ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-component-update', '--disable-sync'];

async function engine() {
  if (!existsSync(CHROMIUM) || !existsSync(new URL('./node_modules/playwright-core', import.meta.url))) {
    console.log('SKIP WHOLE: needs chromium, and "npm ci" in tests/browser');
    process.exit(0);
  }
  return (await import('playwright-core')).chromium;
}

export async function launch() {
  return (await engine()).launch({ executablePath: CHROMIUM, args: [...SWITCHES, '--disable-background-networking'] });
}

// A browser with a profile of its own in `folder`, which may talk to a push service: windows that keep nothing take no push messages.
export async function launchWithProfile(folder, switches) {
  return (await engine()).launchPersistentContext(folder, {
    executablePath: CHROMIUM, ignoreDefaultArgs: ['--disable-background-networking'], args: [...SWITCHES, '--no-proxy-server', ...switches],
  });
}

// 300 seconds of a campaign under way, as commands for FeedHost.
export function busyLog() {
  const commands = ['entry campaign.scheduled 7 {"name":"Spring newsletter"}', 'entry campaign.sending 7 {"name":"Spring newsletter"}'];
  for (let ago = 300; ago > 0; --ago) {
    commands.push(`append ${Math.round(24 + 10 * Math.sin(ago / 17) + 5 * Math.sin(ago / 3.1))} ${ago}`);
  }
  return commands;
}
