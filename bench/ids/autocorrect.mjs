// SPDX-License-Identifier: Apache-2.0
// Another reader's lines put through npm's `mrz` parser with its correction of letters and digits that look alike.
// node autocorrect.mjs < results.tsv > corrected.tsv
import { readFileSync } from 'node:fs';
import { parse } from 'mrz';

function corrected(lines) {
  const out = lines.map((line) => [...line]);
  try {
    for (const detail of parse(lines, { autocorrect: true }).details) {
      for (const change of detail.autocorrect) out[change.line][change.column] = change.corrected;
    }
  } catch {
    return lines; // a shape that it does not know, visas among them
  }
  return out.map((line) => line.join(''));
}

const [head, ...rows] = readFileSync(0, 'utf8').split('\n');
process.stdout.write(head + '\n');
for (const row of rows) {
  if (row === '') continue;
  const cells = row.split('\t');
  const lines = corrected(cells.slice(2, 5).filter((line) => line !== ''));
  for (let i = 0; i < 3; ++i) cells[2 + i] = lines[i] ?? '';
  process.stdout.write(cells.join('\t') + '\n');
}
