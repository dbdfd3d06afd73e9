// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of the page in each size and colour scheme, to be looked at:
//   node screenshots.mjs PATH-TO-FeedHost FOLDER
import { Host } from '../integration/realtime/host.mjs';
import { busyLog, launch } from './browser.mjs';

const [, , program, folder] = process.argv;
const browser = await launch();
const host = await Host.start(program);
const stats = {
  states: { queued: 41_380, sending: 64, retrying: 212, sent: 118_204, delivered: 8_112, failed: 1_290, bounced: 88, uncertain: 3 },
  campaigns: [
    { id: 7, name: 'Spring newsletter', state: 'sending', total: 160_000, counts: { sent: 118_204, failed: 1_290 } },
    { id: 8, name: 'Service notice: maintenance on Sunday night', state: 'paused', total: 9_000, counts: { sent: 2_080 } },
  ],
};

for (const [name, width, height] of [['wide', 1280, 800], ['narrow', 390, 844]]) {
  for (const colorScheme of ['light', 'dark']) {
    const page = await browser.newPage({ viewport: { width, height }, colorScheme });
    await page.goto(`http://127.0.0.1:${host.port}/#token=${host.token}`);
    await page.waitForSelector('#link[data-state=open]');
    host.say(...busyLog(), `stats ${JSON.stringify(stats)}`);
    await page.waitForTimeout(8_000);
    await page.screenshot({ path: `${folder}/${name}-${colorScheme}.png` });
    await page.close();
  }
}
const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
await page.goto(`http://127.0.0.1:${host.port}/`);
await page.screenshot({ path: `${folder}/sign-in.png` });
await browser.close();
await host.kill();
