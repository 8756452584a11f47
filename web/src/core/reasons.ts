// Why a part was not simply read: the reader's words, said in the person's language where they are known. What is not known
// stands as it was said: a reason is evidence, and none is left out.
import type { Unlocking } from "./api";
import { plain, t, worded } from "./words.svelte";

// What stands in a catalog under the reader's own words, its numbers as {n}, {m} and {k}.
const said = (words: string, values: Record<string, string | number> = {}) => {
  const key = `why.${words}`;
  return worded(key) ? t(key, values) : undefined;
};
const numbered = (words: string) => {
  const values: Record<string, number> = {};
  const names = ["n", "m", "k"];
  const form = words.replace(/\d(?:[\d,]*\d)?/g, (digits) => {
    const name = names.shift();
    if (!name) return digits;
    values[name] = Number(digits.replaceAll(",", ""));
    return `{${name}}`;
  });
  return said(form, values);
};
// Words with a name in them, which may hold anything.
const named: [RegExp, (found: RegExpExecArray) => string | undefined][] = [
  [/^same as (src:.*)$/s, ([, a]) => said("same as {a}", { a: plain(a) })],
  [/^no member (.*)$/s, ([, a]) => said("no member {name}", { name: plain(a) })],
  [/^not all is in its charset (.*)$/s, ([, a]) => said("not all is in its charset {name}", { name: plain(a) })],
  [/^(\d+) answers packed as (.*), which is not undone$/s, ([, n, a]) => said("{n} answers packed as {name}, which is not undone", { n: Number(n), name: plain(a) })],
];

const pieceWithName = (words: string): string => {
  for (const [form, told] of named) {
    const found = form.exec(words);
    if (found) return told(found) ?? plain(words);
  }
  return plain(words);
};

// Its parts are divided by colons and parentheses. From the first that no catalog knows it stands as it was said: that may
// be the name of a file, which may hold any of these words itself.
const clause = (words: string): string => {
  const pieces = words.split(/(: | \(|\))/);
  let told = "";
  for (let i = 0; i < pieces.length; i += 2) {
    const piece = pieces[i] && (said(pieces[i]) ?? numbered(pieces[i]));
    if (piece === undefined) return told + pieceWithName(pieces.slice(i).join(""));
    told += piece + (pieces[i + 1] ?? "");
  }
  return told;
};

/** The whole reason: one or several, divided by semicolons. */
export const why = (reason: string): string => (reason.startsWith("same as ") ? pieceWithName(reason) : reason.split("; ").map(clause).join("; "));

/** A password may open it, or something in it. */
export const waitsForPassword = (reason = "", unread: { reason: string }[] = []) =>
  reason.startsWith("locked: a password is needed") || unread.some((each) => each.reason.startsWith("locked: ") && !each.reason.startsWith("locked: rights management"));
/** What came of words that were tried. */
export const unlocking = ({ locked, opened }: Unlocking) => (opened ? t("unlock.opened", { n: opened, locked }) : t("unlock.none"));
