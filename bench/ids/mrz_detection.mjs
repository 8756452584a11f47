// SPDX-License-Identifier: Apache-2.0
// The peer that npm gives: mrz-detection (image-js), with the pipeline of its own: find, crop, read.
// node mrz_detection.mjs DIR > results.tsv; columns as in results.h.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { getMrz, readMrz } = require('mrz-detection');
const { Image } = require('image-js');

const folder = process.argv[2];
const rows = readFileSync(join(folder, 'truth.tsv'), 'utf8').split('\n').slice(1).filter((row) => row !== '');
const files = [...new Set(rows.map((row) => row.split('\t')[0]))];

async function linesOf(file) {
  const image = await Image.load(join(folder, 'images', file));
  const { mrz } = await readMrz(getMrz(image));
  return mrz;
}

process.stdout.write('file\tseconds\tline1\tline2\tline3\tchecked\tnames\n');
const refused = new Map();
for (const file of files) {
  const before = process.cpuUsage();
  let lines = [];
  try {
    lines = await linesOf(file);
  } catch (error) {
    refused.set(error.message, (refused.get(error.message) ?? 0) + 1);
  }
  const used = process.cpuUsage(before);
  const seconds = (used.user + used.system) / 1e6;
  const three = [0, 1, 2].map((i) => lines[i] ?? '');
  const tail = lines.length > 0 ? 'digits\tshown' : '\t';
  process.stdout.write([file, seconds.toFixed(4), ...three, tail].join('\t') + '\n');
}
for (const [message, count] of refused) process.stderr.write(`mrz-detection: ${count} pictures: ${message}\n`);
