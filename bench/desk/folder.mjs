// SPDX-License-Identifier: Apache-2.0
// A folder to be added, of mails that say nothing: node folder.mjs DIR MB SMALL. SMALL files of one mail each, and one mailbox
// that fills up the MB. The same words give the same bytes.
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from "node:fs";
import { join } from "node:path";

const [dir, megabytes, small] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
let state = 7;
const next = (below) => (state = (state * 1103515245 + 12345) % 2147483648) % below;
const syllables = ["ka", "lo", "mi", "ren", "tus", "vel", "dor", "pa", "sin", "que", "bar", "no"];
const words = Array.from({ length: 5000 }, () => Array.from({ length: 2 + next(3) }, () => syllables[next(syllables.length)]).join(""));
const sentence = () => Array.from({ length: 12 }, () => words[next(words.length)]).join(" ");
const mail = (i) => {
  const day = new Date(Date.UTC(2023, 0, 1 + (i % 365), i % 24)).toUTCString().replace("GMT", "+0000");
  const who = `person${next(400)}@example.org`;
  return `From: ${who}\nTo: person${next(400)}@example.org\nSubject: ${sentence().slice(0, 40)}\nDate: ${day}\nMessage-ID: <${i}@example.org>\nContent-Type: text/plain; charset=utf-8\n\n${Array.from({ length: 4 + next(60) }, sentence).join("\n")}\n`;
};
mkdirSync(dir, { recursive: true });
let bytes = 0;
let number = 0;
for (; number < small; ++number) {
  const text = mail(number);
  if (number % 1000 === 0) mkdirSync(join(dir, `mails-${number / 1000}`));
  writeFileSync(join(dir, `mails-${Math.floor(number / 1000)}`, `${number}.eml`), text);
  bytes += text.length;
}
const box = openSync(join(dir, "all.mbox"), "w");
for (; bytes < megabytes * 1e6; ++number) {
  const text = `From person@example.org Sun Jan  1 00:00:00 2023\n${mail(number)}\n`;
  writeSync(box, text);
  bytes += text.length;
}
closeSync(box);
console.log(`${number} mails, ${small} of them in files of their own, ${(bytes / 1e6).toFixed(0)} MB`);
