// What a file says of itself, out of the readings of its opener: rows of a label and a value. A member that no catalog
// knows stands under its own name: none is left out.
import type { Grade, Reading } from "./api";
import { day, lasting, number, plain, t } from "./words.svelte";

export type Row = { label: string; value: string; of?: string };
export type Section = { kind: string; heading: string; brief: string; grade: Grade; open: boolean; lists: Row[][]; left: number };
/** What contradicts itself is said without being asked for. */
export type Warning = { heading: string; lines: string[] };
export type Folder = { path: string; items: string; stated: string; associated: string; wrong: boolean };

// These have a view of their own, or stand in the text at their places.
const elsewhere = new Set(["mail", "mrz", "form", "table", "language", "face", "date", "figure", "contact", "name", "statement", "place", "folder", "words", "picture"]);
const warnings = new Set(["zip_difference", "exif_thumbnail", "type_mismatch"]);
const inText = new Set(["card", "event", "task", "journal", "note"]);
const mostLists = 50;

const known = (key: string, otherwise: string) => (t(key) === key ? plain(otherwise) : t(key));
const labelOf = (key: string) => known(`prop.${key}`, key);
// Dates as a file writes them, with their zone where they have one; a camera's "2009:08:11 09:09:45" has no zone.
const instant = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d)(?::\d\d(?:\.\d+)?)?(Z|[+-]\d\d:?\d\d)?$/;
const camera = /^(\d{4}):(\d\d):(\d\d) (\d\d:\d\d:\d\d)$/;

function word(key: string, value: unknown): string {
  if (value === null || value === undefined) return "";
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (typeof value === "number") return key === "seconds" ? lasting(value) : number(value);
  if (typeof value === "string") {
    const taken = camera.exec(value);
    if (taken) return `${day(`${taken[1]}-${taken[2]}-${taken[3]}`)}, ${taken[4]}`;
    const [, date, time, zone = ""] = instant.exec(value) ?? [];
    return date ? `${day(date)}, ${time} ${zone.replace("Z", "UTC")}`.trim() : plain(value, true);
  }
  if (Array.isArray(value)) return value.map((each) => word(key, each)).filter(Boolean).join(key === "external" || key === "saved_by" || key === "complaints" ? "\n" : ", ");
  const members = Object.values(value as object).map((each) => word(key, each)).filter(Boolean);
  return members.length > 1 && key === "tables" ? `${members[0]} (${members[1]})` : members.join(" ");
}

// "Keyword: moscow-birds" as a row; which standard it is of stands behind it.
const named = (of: string) => (line: unknown): Row => {
  const found = /^([^:]{1,60}): (.*)$/s.exec(String(line));
  return found ? { label: plain(found[1]), value: plain(found[2], true), of } : { label: of, value: plain(String(line), true) };
};
const standards: Record<string, string> = { fields: "EXIF", iptc: "IPTC", xmp: "XMP", comments: "prop.comment" };

function rowsOfValue(kind: string, value: Record<string, unknown>): Row[] {
  const out: Row[] = [];
  for (const [key, each] of Object.entries(value ?? {})) {
    if (key === "latitude") out.push({ label: labelOf("position"), value: positionOf(value) });
    else if (key === "longitude") continue;
    else if (kind === "exif" && key in standards && Array.isArray(each)) out.push(...each.map(named(known(standards[key], standards[key]))));
    else if (key === "custom" && each && typeof each === "object") out.push(...Object.entries(each).map(([name, own]) => ({ label: plain(name), value: word(name, own), of: labelOf("custom") })));
    else out.push({ label: labelOf(key), value: word(key, each) });
  }
  return out.filter((row) => row.value);
}
const positionOf = ({ latitude, longitude }: Record<string, unknown>) =>
  typeof latitude === "number" && typeof longitude === "number" ? `${latitude.toFixed(5)}, ${longitude.toFixed(5)}` : "";

// Many makers write their name into the model as well.
const cameraOf = (make: string, model: string) => plain(model.toLowerCase().startsWith(make.toLowerCase()) ? model : `${make} ${model}`).trim();

// What stands beside a heading while its rows are folded away: the few that are looked for first.
function briefOf(kind: string, value: Record<string, any>): string {
  const first = (...keys: string[]) => word("", keys.map((key) => value?.[key]).find((each) => each));
  if (kind === "document") return [first("last_author", "author", "creator"), first("modified", "created"), first("company")].filter(Boolean).join(" · ");
  if (kind === "exif") return [first("date"), cameraOf(value?.make ?? "", value?.model ?? ""), positionOf(value ?? {})].filter(Boolean).join(" · ");
  if (kind === "media") return word("seconds", value?.seconds);
  if (kind === "database") return t("says.tables", { n: value?.tables?.length ?? 0 });
  if (kind === "database_log") return t("says.frames", { n: value?.frames ?? 0, rows: value?.rows ?? 0 });
  return first("name", "subject", "text", "why");
}

export function sectionsOf(readings: Reading[], type: string): Section[] {
  const by = new Map<string, Reading[]>();
  for (const reading of readings) {
    const hidden = elsewhere.has(reading.kind) || warnings.has(reading.kind) || (inText.has(reading.kind) && type.startsWith("text/"));
    if (!hidden) by.set(reading.kind, [...(by.get(reading.kind) ?? []), reading]);
  }
  return [...by].map(([kind, all]) => ({
    kind,
    heading: known(`says.${kind}`, kind),
    brief: briefOf(kind, all[0].value),
    grade: all[0].grade,
    open: false,
    lists: all.slice(0, mostLists).map((reading) => rowsOfValue(kind, reading.value)).filter((rows) => rows.length),
    left: Math.max(0, all.length - mostLists),
  })).filter((section) => section.lists.length);
}

export function warningsOf(readings: Reading[]): Warning[] {
  const by = new Map<string, string[]>();
  for (const { kind, value } of readings) {
    if (!warnings.has(kind)) continue;
    const said =
      kind === "zip_difference" ? `${plain(value.name)}: ${word("differs", value.differs)}`
      : kind === "type_mismatch" ? `${plain(value.name)}: ${plain(value.found)}`
      : "";
    by.set(kind, [...(by.get(kind) ?? []), said]);
  }
  return [...by].map(([kind, lines]) => ({ heading: t(`says.${kind}`), lines: lines.filter(Boolean) }));
}

/** The folders of a mailbox, with what each says that it holds. */
export const foldersOf = (readings: Reading[]): Folder[] =>
  readings.filter(({ kind }) => kind === "folder").map(({ value, grade }) => ({
    path: value.search ? `${plain(value.path)} · ${t("says.folder.search")}` : plain(value.path) || t("says.folder.root"),
    items: word("", value.items), stated: word("", value.stated), associated: word("", value.associated), wrong: grade === "inconsistent",
  }));
