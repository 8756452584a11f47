// Asking the desk. Every question goes to this page's own origin; nothing else is ever asked.
export type Grade = "checked" | "unconfirmed" | "doubtful" | "inconsistent";
export type Verdict = "fits" | "does_not_fit" | "undecidable" | "nothing_held";
export type Ended = { read: number; cut: number; kept: number; failed: number; waiting: number };

export type Job = {
  running: boolean; phase: string; done: number; total: number; bytes: number; total_bytes: number;
  mails: number; documents: number; failed: number; seconds: number; error: string;
  /** Forgotten in this case before, and not taken in; the first of them by name. */
  left_out_files: number; left_out: { path: string; at: string; by: string; reason: string }[];
  /** Where words were tried on what is locked. */
  unlocked?: Unlocking;
};
/** Parts that nobody could open before, and of them those that a word opened. */
export type Unlocking = { locked: number; opened: number };
export type State = {
  version: string; word: string; address_key: string; last: string; key_file: boolean; open: boolean;
  by: string; tray: number; case?: string; demo?: boolean; job?: Job; position?: number; folder?: string; cases?: string[];
};
export type InventoryHead = Record<"parts" | "read" | "cut" | "kept" | "duplicate" | "failed" | "waiting" | "bytes" | "empty_folders", number> &
  { expected: number | null; adds_up: boolean };
/** Parts that were not simply read and ended alike, all counted; `rows` names the first. */
export type EndedAlike = { outcome: string; reason: string; parts: number; rows: InventoryRow[] };
export type InventoryRow = { trail: string; name: string; outcome: string; reason?: string; media_type: string; bytes: number; unread: number };
export type ContentRow = {
  trail: string; name: string; title?: string; date: string; media_type: string; bytes: number; outcome: string;
  reason: string; children: number; first: boolean; below: Ended; how?: string;
};
/** A person's word beside the machine's grades. */
export type Said = Grade | "corrected";
export type Field = {
  value: string; raw: string; grade: Said; alternatives?: string[]; by?: string; at?: string; read?: { value: string; grade: Grade };
  witnesses?: string[]; against?: { witness: string; value: string }[];
};
export type Card = {
  document: string; grade: Said; person: string; number: string; surname: string; given: string; birth: string; issuer: string;
  expiry: string; reviewed: boolean; image: string; images: number;
};
export type PairWord = { verdict: "same" | "different" | "unsure"; by: string; at: string; stands: boolean; here: string; there: string; other: Card };
export type DocumentPage = {
  document: { document: string; format: string; grade: Said; fields: Record<string, Field>; lines: string[]; images: string[]; reasons: string[]; reviewed?: { by: string; at: string } };
  person: Person; others: Card[]; reviewed_at: string[]; corrected_at: Record<string, string[]>; words: PairWord[];
};
export type Count = { images: number; documents: number; persons: { lower: number; expected: number; upper: number }; unread_images: number; waiting_pages: number };
export type Person = { person: string; names: string[]; birth_date: string; nationality: string; documents: string[]; reasons: string[] };
export type Hit = { trail: string; title: string; date: string; snippet: string; marks: [number, number][]; kind: string; sender: string };
export type Facet = { value: string; hits: number; name?: string };
/** The words of a page read one way up, in lines; `placing` carries their boxes into the picture's grid, as SVG's matrix does. */
export type WordsView = { placing: number[]; lines: { text: string; box: [number, number, number, number] }[][] };
export type Reading = { trail: string; kind: string; grade: Grade; raw: string; value: any; page?: number; box?: [number, number][]; span?: [number, number]; explained?: { characters: { c: string; other: string; margin: number; lead: number; x: number; y: number }[][]; fields: Record<string, string> } };
export type PartAnswer = {
  part: { trail: string; places: string[]; name: string; media_type: string; outcome: string; reason?: string; bytes: number; sha256: string };
  /** A window of all texts; `text_at`: where among them what the trail's region names begins, in code points. */
  text: string; text_from: number; text_total: number; text_at: number; readings: Reading[];
  texts: { page?: number; grade: Grade; begin: number; end: number }[];
  unread: { bytes: number; reason: string; page?: number }[];
  children: { trail: string; name: string; media_type: string; bytes: number; outcome: string; reason: string }[]; children_total: number;
};
export type Claim = {
  claim: string; kind: "statement" | "figure"; article: string; sentence: string; span: [number, number] | []; text: string; value: any;
  confrontation: {
    verdict: Verdict; checker: string; tested: string; untested: string; evidence: string[];
    count?: { lower: number; expected: number; upper: number }; because: string; about: string[]; why: string;
  };
};
/** A part that is nearly the same: by its words, or as a picture, then `scale` times as wide and turned by degrees. */
export type Relative = { trail: string; name: string; alike: number; by: "text" | "picture"; scale?: number; turned?: number };
export type Relation = { kind: "relation"; a: string; b: string; relation: string; why: string };
/** What the article names: each with where it begins, in code points, and its words. */
type Read<Value> = { at: number; text: string; value: Value };
export type Article = { trail: string; title: string; text: string; dates: Read<{ timex: string; type: string }>[]; places: Read<{ name: string; country: string; city: boolean; at?: "in" | "from" | "to" }>[] };

/** What went wrong, in the desk's few kinds; `fault` names the sentence that the person reads. */
export class Trouble extends Error {
  constructor(readonly fault: string, message: string) {
    super(message);
  }
}

let word = "";
export function useWord(fresh: string): void {
  word = fresh;
}

async function answer<T>(request: Promise<Response>): Promise<T> {
  let response: Response;
  try {
    response = await request;
  } catch {
    throw new Trouble("gone", "");
  }
  const body = await response.json().catch(() => null);
  if (!response.ok) throw new Trouble(body?.error?.fault ?? "bug", body?.error?.message ?? "");
  if (body === null) throw new Trouble("gone", "");  // it broke off in the middle of its answer
  return body as T;
}

const address = (path: string, query: Record<string, string | number>) => {
  const words = Object.entries(query).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `/api/${path}${words.length ? "?" + words.join("&") : ""}`;
};

export const get = <T>(path: string, query: Record<string, string | number> = {}, signal?: AbortSignal) =>
  answer<T>(fetch(address(path, query), { signal, cache: "no-store" }));

export const post = <T = object>(path: string, body: unknown = {}, query: Record<string, string | number> = {}, signal?: AbortSignal) =>
  answer<T>(
    fetch(address(path, query), {
      signal,
      method: "POST",
      headers: { "X-Careo": word },
      body: body instanceof Blob ? body : JSON.stringify(body),
    }),
  );

export const pictureAt = (trail: string, side: number) => address("picture", { trail, side });
export const originalAt = (trail: string) => address("original", { trail });
