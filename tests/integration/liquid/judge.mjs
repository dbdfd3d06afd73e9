// SPDX-License-Identifier: GPL-3.0-or-later
// Renders with LiquidJS: node judge.mjs SEED COUNT prints COUNT generated cases, one JSON object a line, with the text that
// LiquidJS makes of each ("error" where it makes none). node judge.mjs FILE does the same with the cases of a JSON array.
import { readFileSync } from 'node:fs';
import { Liquid } from 'liquidjs';
import { Templates } from './templates.mjs';

// Shopify's Liquid puts an object out as Ruby writes it, LiquidJS as [object Object], Carillon as JSON: here all is JSON.
Object.defineProperty(Object.prototype, 'toString', { value() { return JSON.stringify(this); }, configurable: true, writable: true });

function render({ template, data, partials }) {
  const engine = new Liquid({ strictFilters: true, timezoneOffset: 0, templates: partials ?? {} });
  try {
    return { text: engine.parseAndRenderSync(template, structuredClone(data ?? {})) };
  } catch (problem) {
    return { error: problem.message };
  }
}

const [first, second] = process.argv.slice(2);
const templates = second && new Templates(Number(first));
const cases = second ? Array.from({ length: Number(second) }, () => templates.case()) : JSON.parse(readFileSync(first, 'utf8'));
for (const one of cases)
  process.stdout.write(JSON.stringify({ ...one, ...render(one) }) + '\n');
