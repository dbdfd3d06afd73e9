// SPDX-License-Identifier: GPL-3.0-or-later
// Reads {"cases": [{"text": "...", "mode": "html" | "markdown"}]} as JSON from standard input and prints what TDLib, the
// library below Telegram's Bot API server, makes of each: {"answers": [{"text": "..."} | {"error": "..."}]}.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import * as tdl from 'tdl';

const library = fileURLToPath(new URL('node_modules/@prebuilt-tdlib/linux-x64-glibc/libtdjson.so', import.meta.url));
tdl.configure({ tdjson: library, verbosityLevel: 0 });
const modes = { html: { _: 'textParseModeHTML' }, markdown: { _: 'textParseModeMarkdown', version: 2 } };

const answer = ({ text, mode }) => {
  const parsed = tdl.execute({ _: 'parseTextEntities', text, parse_mode: modes[mode] });
  return parsed._ === 'error' ? { error: parsed.message } : { text: parsed.text, marks: parsed.entities.length };
};

const { cases } = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify({ answers: cases.map(answer) }));
