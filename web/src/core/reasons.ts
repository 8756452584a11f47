// Why a part was not simply read: the reader's words, said in the person's language where they are known. What is not known
// stands as it was said: a reason is evidence, and none is left out.
import type { Unlocking } from "./api";
import { plain, t } from "./words.svelte";

const known: Record<string, string> = {
  "locked": "why.locked",
  "a password is needed": "why.password",
  "more were given than can be tried": "why.passwords",
  "rights management hides the document": "why.rights",
  "damaged": "why.damaged",
  "the structure is damaged": "why.structure",
  "crashed": "why.crashed",
  "vanished": "why.vanished",
  "limit": "why.limit",
  "time limit": "why.time",
  "memory limit": "why.memory",
  "nested too deep": "why.deep",
  "unsupported type": "why.unsupported",
  "ends early": "why.early",
  "the end is missing": "why.end",
  "ends without its end mark": "why.mark",
  "the directory is missing": "why.directory",
  "no directory": "why.carved",
  "old bytes in free space": "why.free",
  "old bytes in free sectors": "why.sectors",
  "blocks that nothing in the store uses": "why.blocks",
  "bytes behind the document's end": "why.behind",
  "no page could be found": "why.nopage",
  "its pages are still to be looked at": "why.tosee",
  "not all pages could be looked at": "why.unseen",
  "a page too large to draw": "why.large",
  "no header that can be read": "why.header",
  "streams share their bytes": "why.shared",
  "a volume of a set": "why.volume",
  "no text": "why.nothing",
  "numbers of lists in letters or words that are not read": "why.numbers",
  "numbers of lists with longer words than are given": "why.numberwords",
  "more numbers of lists than are given": "why.manynumbers",
  "numbers of lists whose formatting is damaged": "why.listnumbers",
  "numbers of lists on slides whose formatting is damaged": "why.slidenumbers",
  "numbers of lists that a master gives are not read": "why.masternumbers",
  "numbers of headings, or in tables, of Word 6 and 95 are not read": "why.oldnumbers",
  "1 file has not come in whole": "why.onefile",
  "add the same again": "why.again",
  "add the same folder again": "why.againfolder",
};
const forms: [RegExp, (found: RegExpExecArray) => string][] = [
  [/^([\d,]+) files have not come in$/, ([, n]) => t("why.files", { n })],
  [/^same as (src:.*)$/s, ([, a]) => t("why.same", { a: plain(a) })],
  [/^page (\d+) cannot be read$/, ([, n]) => t("why.page", { n })],
  [/^page (\d+) cannot be drawn$/, ([, n]) => t("why.drawn", { n })],
  [/^more than (\d+) pages to look at$/, ([, n]) => t("why.toomany", { n })],
];

const piece = (words: string): string => {
  if (known[words]) return t(known[words]);
  for (const [form, said] of forms) {
    const found = form.exec(words);
    if (found) return said(found);
  }
  return plain(words);
};

/** The whole reason; its parts are divided by colons and semicolons. */
export const why = (reason: string): string => (reason.startsWith("same as ") ? piece(reason) : reason.split(/(: |; )/).map((each, i) => (i % 2 ? each : piece(each))).join(""));

/** A password may open it, or something in it. */
export const waitsForPassword = (reason = "", unread: { reason: string }[] = []) =>
  reason.startsWith("locked: a password is needed") || unread.some((each) => each.reason.startsWith("locked: ") && !each.reason.startsWith("locked: rights management"));
/** What came of words that were tried. */
export const unlocking = ({ locked, opened }: Unlocking) => (opened ? t("unlock.opened", { n: opened, locked }) : t("unlock.none"));
