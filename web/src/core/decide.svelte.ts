// A person's word: signed, said to the desk, and taken back by a later one. Nothing is overwritten.
import { Trouble, type Count } from "./api";
import { act, desk, say } from "./desk.svelte";
import { plain, t } from "./words.svelte";

export type Word = { verdict: "same" | "different" | "unsure" | "corrected" | "reviewed"; things: string[]; fields?: Record<string, string | null> };

// Who decides is kept by the desk, in memory; the case keeps it with each decision.
let given = $state("");
let pending = $state.raw<((name: string) => void) | undefined>();
export const signer = () => given || (desk()?.by ?? "");
export const signing = () => pending !== undefined;
export const askName = () => new Promise<string>((ready) => (pending = ready));
export function sign(name: string): void {
  if (name) given = name;
  pending?.(name);
  pending = undefined;
}

let last: Word | undefined;
/** Says `word`; `back` takes it back, from the notice or by `u`. The document in which its picture stands now. */
export async function decide(word: Word, back?: Word): Promise<string | undefined> {
  const by = signer() || (await askName());
  if (!by) return undefined;
  try {
    const done = await act<{ document: string; count: Count }>("decide", { ...word, by });
    last = back;
    say(t(back ? "decide.done" : "decide.undone", { n: done.count.persons.lower }), "note", back && (() => void undo()));
    return done.document;
  } catch (error) {
    const { fault, message } = error instanceof Trouble ? error : new Trouble("bug", "");
    say(t(`trouble.${fault}`) + (fault === "refused" && message ? ` (${plain(message)})` : ""), "trouble");
    return undefined;
  }
}
export async function undo(): Promise<void> {
  const back = last;
  last = undefined;
  if (back) await decide(back);
}
