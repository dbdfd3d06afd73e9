// SPDX-License-Identifier: GPL-3.0-or-later
// Pictures of HTML files as Chromium draws them, for MailRenderingTest to lay beside our own:
//   node mailshot.mjs HEIGHT FILE WIDTH light|dark OUT.png [FILE WIDTH light|dark OUT.png ...]
import { pathToFileURL } from 'node:url';

import { launch } from './browser.mjs';

const [height, ...rest] = process.argv.slice(2);
const browser = await launch();
while (rest.length >= 4) {
  const [file, width, colorScheme, out] = rest.splice(0, 4);
  const context = await browser.newContext({ viewport: { width: Number(width), height: Number(height) }, colorScheme, javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(pathToFileURL(file).href);
  await page.screenshot({ path: out });
  await context.close();
}
await browser.close();
