// What the page knows of the desk: asked once a second while something is read, every five seconds else.
import { get, post, useWord, Trouble, type Card, type Count, type State } from "./api";
import { useKey } from "./route.svelte";

let state = $state.raw<State | undefined>();
let trouble = $state<Trouble | undefined>();
let said = $state.raw<{ text: string; kind: "note" | "trouble"; undo?: () => void } | undefined>();

export const desk = () => state;
export const deskTrouble = () => trouble;
export const notice = () => said;

// The start page stays while the recovery sheet is shown, though the case is open already: it is shown once.
let sheetShown = $state(false);
export const showingSheet = () => sheetShown;
export const showSheet = (yes: boolean) => (sheetShown = yes);

let timer: ReturnType<typeof setTimeout> | undefined;
let silence: ReturnType<typeof setTimeout> | undefined;

export function say(text: string, kind: "note" | "trouble" = "note", undo?: () => void): void {
  said = { text, kind, undo };
  clearTimeout(silence);
  // What can be undone stays until something else is said: nobody should have to be quick.
  if (!undo) silence = setTimeout(() => (said = undefined), kind === "note" ? 4000 : 9000);
}
export const hush = () => (said = undefined);

export async function look(): Promise<void> {
  clearTimeout(timer);
  try {
    const fresh = await get<State>("state");
    useWord(fresh.word);
    await useKey(fresh.address_key);
    state = fresh;
    trouble = undefined;
  } catch (error) {
    trouble = error instanceof Trouble ? error : new Trouble("bug", String(error));
  }
  timer = setTimeout(look, document.hidden ? 15000 : state?.job?.running ? 800 : 5000);
}
addEventListener("visibilitychange", () => void (document.hidden || look()));

/** Does something and looks again; what goes wrong is said, and thrown on for whoever waits. */
export async function act<T = object>(path: string, body: unknown = {}, query: Record<string, string> = {}): Promise<T> {
  const done = await post<T>(path, body, query);
  await look();
  return done;
}

let unanswered = $state(0);
/** When what is shown should be asked again: the case has grown, nothing is read any more (while something is read the desk may
 *  answer with what it had a moment ago), or an answer did not come. */
const beat = $derived(`${state?.position} ${state?.job?.running} ${unanswered}`);
export const tick = () => beat;

// What several pages share, held until the next tick. Some troubles pass by themselves.
const passing = new Set(["gone", "busy", "io", "bug"]);
export type Documents = { count: Count; rows: Card[]; unread: { trail: string; seems: string }[] };
type Held = { tick: string; answer: Promise<unknown>; value?: unknown };
const held = new Map<string, Held>();
const nameOf = (path: string, query: Record<string, string | number>) => `${path} ${JSON.stringify(query)}`;
export function shared<T>(path: string, query: Record<string, string | number> = {}): Promise<T> {
  const now = tick();
  const name = nameOf(path, query);
  const known = held.get(name);
  if (known && known.tick === now) return known.answer as Promise<T>;
  if (held.size > 200) held.clear();
  const answer = get<T>(path, query);
  const fresh: Held = { tick: now, answer, value: known?.value };
  held.set(name, fresh);
  answer.then((value) => (fresh.value = value), (error) => {
    held.delete(name);
    if (passing.has(error.fault) && tick() === now) setTimeout(() => ++unanswered, 3000);
  });
  return answer;
}
/** The last answer that came, for a page to begin with: drawn at once rather than empty first. */
export const lastOf = <T>(path: string, query: Record<string, string | number> = {}) => held.get(nameOf(path, query))?.value as T | undefined;
export const forgetShared = () => held.clear();
