// A machine-readable zone on its picture: where each character stands, which may be others, and why a field is graded so.
import type { Field, Reading } from "./api";
import { regionOf, withoutRegion } from "./trail";
import { plain, t } from "./words.svelte";

/** A character as it was read; margin and lead in whole nats (docs/formats/mrz.md, "The characters"). */
export type Seen = { c: string; other: string; margin: number; lead: number; x: number; y: number };
type Point = [number, number];

// Line, first column and length of each field, as ICAO 9303 prints them; surname and given names share theirs.
const passport = (names: number, optional: number) => ({ document_code: [0, 0, 2], issuer: [0, 2, 3], surname: [0, 5, names], given_names: [0, 5, names], document_number: [1, 0, 9], nationality: [1, 10, 3], birth_date: [1, 13, 6], sex: [1, 20, 1], expiry_date: [1, 21, 6], optional: [1, 28, optional] });
const places: Record<string, Record<string, number[]>> = {
  TD3: passport(39, 14), "MRV-A": passport(39, 16), TD2: passport(31, 7), "MRV-B": passport(31, 8),
  TD1: { document_code: [0, 0, 2], issuer: [0, 2, 3], document_number: [0, 5, 9], optional: [0, 15, 15], birth_date: [1, 0, 6], sex: [1, 7, 1], expiry_date: [1, 8, 6], nationality: [1, 15, 3], optional_2: [1, 18, 11], surname: [2, 0, 30], given_names: [2, 0, 30] },
};

/** Where a field's own characters stand in the lines of a reading: line, first, length. */
export function placeOf(reading: Reading, name: string): [number, number, number] | undefined {
  const found = places[reading.value.format]?.[name];
  const raw: string = reading.value.fields?.[name]?.raw ?? "";
  const line: string = reading.value.lines?.[found?.[0] ?? -1] ?? "";
  if (!found || !raw || !line) return undefined;
  const first = line.indexOf(raw, found[1]);
  const length = raw.replace(/<+$/, "").length || raw.length;
  return first < 0 ? (found as [number, number, number]) : [found[0], first, length];
}

export const charactersOf = (reading: Reading | undefined): Seen[][] => reading?.explained?.characters ?? [];

const apart = (a: Seen, b: Seen): Point => [b.x - a.x, b.y - a.y];
/** One pitch along the line at a character. */
function pitch(line: Seen[], i: number): Point {
  const [from, to] = [Math.max(0, i - 1), Math.min(line.length - 1, i + 1)];
  const [dx, dy] = apart(line[from], line[to]);
  return [dx / Math.max(1, to - from), dy / Math.max(1, to - from)];
}
// OCR-B's letters are as high as one pitch and a little; half of what stands around them, in pitches.
const high = 0.78;
function edge(line: Seen[], i: number, side: number, down: number): Point {
  const [dx, dy] = pitch(line, i);
  return [line[i].x + side * dx - down * high * dy, line[i].y + side * dy + down * high * dx];
}

/** A band around characters, along the line's curve. */
export function band(line: Seen[] | undefined, first: number, length: number): Point[] {
  if (!line?.[first]) return [];
  const last = Math.min(line.length, first + length) - 1;
  const all = Array.from({ length: last - first + 1 }, (_, i) => first + i);
  const along = (down: number) => [edge(line, first, -0.5, down), ...all.map((i) => edge(line, i, 0, down)), edge(line, last, 0.5, down)];
  return [...along(-1), ...along(1).reverse()];
}

/** The trail of a picture of just these characters: as wide as their slots, so that letters can stand under them. */
export function stripAt(image: string, line: Seen[] | undefined, first: number, length: number): string | undefined {
  if (!line?.[first]) return undefined;
  const last = Math.min(line.length, first + length) - 1;
  const corners = [edge(line, first, -0.5, -1), edge(line, last, 0.5, -1), edge(line, last, 0.5, 1), edge(line, first, -0.5, 1)];
  const { page } = regionOf(image);
  return `${withoutRegion(image)}#${page ? `page:${page};` : ""}box:${corners.flat().map(Math.round).join(",")}`;
}

// Margins that the grades ask for (docs/formats/mrz.md, "Grades").
export const doubtOf = (seen: Seen): "shown" | "doubt" | "faint" | "" => (seen.lead < 0 ? "shown" : seen.margin < 3 ? "doubt" : seen.margin < 6 ? "faint" : "");
/** How likely the other character is: one in so many. */
export const oneIn = (seen: Seen): number => [2, 4, 8, 20, 55, 150, 400, 1000, 3000, 8000, 22000, 60000, 160000][Math.max(0, seen.margin)] ?? 160000;

const reasons = new Set(["unlike", "check_fails", "impossible_date", "doubt", "no_check_digit", "characters", "margin", "repaired", "composite_fails", "faint"]);
/** What settled a field of one picture's reading, or why more was withheld; the same as `careo show` prints. */
export function whyOf(reading: Reading | undefined, name: string): string {
  const field = reading?.value?.fields?.[name];
  const own: string = reading?.explained?.fields?.[name] ?? "";
  if (!field || !own) return "";
  if (field.grade === "checked") return t("why.field.checked");
  if (!reasons.has(field.why)) return plain(own);
  const [line, column] = (field.at ?? []) as number[];
  const seen = charactersOf(reading)[line]?.[column];
  const letter = (c: string | undefined) => (c === "<" ? t("slot.filler") : (c ?? "?"));
  return t(`why.field.${field.why}`, { line: (line ?? 0) + 1, at: (column ?? 0) + 1, best: letter(seen?.c), other: letter(seen?.other), odds: seen ? oneIn(seen) : 2 });
}

/** Who else says the same of a field, and who says something else. */
export function heardOn(field: Field): string[] {
  return [
    ...(field.witnesses ?? []).map((witness) => t(`witness.${witness}`)),
    ...(field.against ?? []).map(({ witness, value }) => t(`against.${witness}`, { value: plain(value) })),
  ];
}

/** A line as it is read aloud: its characters in one, then each doubtful one with what else it may be. */
export const spoken = (line: Seen[]) => [line.map(({ c }) => c).join(""), ...line.filter(doubtOf).map(({ c, other }) => `${c} ${t("slot.or", { other })}`)].join(", ");
