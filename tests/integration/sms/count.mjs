// SPDX-License-Identifier: GPL-3.0-or-later
// Reads {"texts": [...]} as JSON from standard input and prints how two npm libraries count each:
// {"answers": [{"twilio": {"encoding", "parts"}, "split": {"encoding", "parts"}}]}.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { SegmentedMessage } from 'sms-segments-calculator';

const { split } = createRequire(import.meta.url)('split-sms');

const answer = (text) => {
  const twilio = new SegmentedMessage(text);
  const other = split(text);
  return {
    twilio: { encoding: twilio.encodingName, parts: twilio.segmentsCount },
    split: { encoding: other.characterSet === 'GSM' ? 'GSM-7' : 'UCS-2', parts: other.parts.length },
  };
};

const { texts } = JSON.parse(readFileSync(0, 'utf8'));
console.log(JSON.stringify({ answers: texts.map(answer) }));
