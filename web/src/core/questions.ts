// Questions as the person wrote them: narrowed by a word, and why one cannot be understood, in the person's language (what is
// not known stands as it was said).
import { plain, t } from "./words.svelte";

const known: [RegExp, (found: string[]) => string][] = [
  [/^more than (\d+) terms$/, ([n]) => t("query.terms", { n: +n })],
  [/^more than (\d+) parentheses inside each other$/, ([n]) => t("query.depth", { n: +n })],
  [/^nothing stands before '?([^']+)'?$/, ([word]) => t("query.before", { word: plain(word) })],
  [/^nothing stands behind the operator$/, () => t("query.behind")],
  [/^'([()])' without its '([()])'$/, ([one, other]) => t("query.alone", { one, other })],
  [/^NOT after NOT$/, () => t("query.not")],
  [/^a quotation mark that is not closed$/, () => t("query.quote")],
  [/^'\*' stands only at the end of a word$/, () => t("query.star")],
  [/^no letter or digit to search for in '(.*)'$/s, ([word]) => t("query.letters", { word: plain(word) })],
  [/^(\w+): needs a value: .*$/s, ([field]) => t("query.value", { field })],
  [/^(\w+): needs a word right behind it$/, ([field]) => t("query.value", { field })],
  [/^'(.*)' is no date for (\w+): .*$/s, ([word, field]) => t("query.date", { word: plain(word), field })],
  [/^'(.*)' is no form that is known .*$/s, ([word]) => t("query.form", { word: plain(word) })],
  [/^a field inside the group of another field$/, () => t("query.group")],
  [/^no field is called '(.*)'; .*$/s, ([word]) => t("query.field", { word: plain(word) })],
  [/^a query longer than (\d+) bytes$/, ([n]) => t("query.long", { n: +n })],
  [/^nothing to search for$/, () => t("query.nothing")],
];

export function notUnderstood(message: string): string {
  const [, words, at] = /^(.*?)(?: \(character (\d+)\))?$/s.exec(message)!;
  const found = known.map(([form, said]) => [form.exec(words), said] as const).find(([met]) => met);
  const why = found ? found[1](found[0]!.slice(1)) : plain(words);
  return at ? t("query.at", { why, n: +at }) : why;
}

/** The question without `word`, by which all of it is narrowed; undefined where it is not: a part of a longer word, one of several
 *  that OR joins or that a parenthesis holds, one behind NOT. */
export function without(q: string, word: string): string | undefined {
  const words = [...q.matchAll(/[()]|(?:[^\s()"]|"[^"]*"?)+/g)].map((found) => ({ text: found[0], begin: found.index, end: found.index + found[0].length }));
  let depth = 0;
  let at = -1;
  for (const [i, { text }] of words.entries()) {
    if (text === "(") ++depth;
    else if (text === ")") --depth;
    else if (depth === 0 && text === "OR") return undefined;
    else if (depth === 0 && text === word && words[i - 1]?.text !== "NOT") at = i;
  }
  if (at < 0) return undefined;
  const from = words[at - 1]?.text === "AND" ? at - 1 : at;
  const to = from === at && words[at + 1]?.text === "AND" ? at + 1 : at;
  return (q.slice(0, words[from].begin) + q.slice(words[to].end)).replace(/\s+/g, " ").trim();
}
