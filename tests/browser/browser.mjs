// SPDX-License-Identifier: GPL-3.0-or-later
// Starts Debian's Chromium for the tests of this folder.
import { existsSync } from 'node:fs';

const CHROMIUM = process.env.CARILLON_CHROMIUM ?? '/usr/bin/chromium';

export async function launch() {
  if (!existsSync(CHROMIUM) || !existsSync(new URL('./node_modules/playwright-core', import.meta.url))) {
    console.log('SKIP WHOLE: needs chromium, and "npm ci" in tests/browser');
    process.exit(0);
  }
  const { chromium } = await import('playwright-core');
  return chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'],
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
