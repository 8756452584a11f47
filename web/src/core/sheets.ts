// The tables in a part's texts: each sheet of a workbook, each table of a database, the groups of a database's log.
import type { PartAnswer, Reading } from "./api";
import { rowsOf, type Cell } from "./table";
import { t } from "./words.svelte";

/** Spans are of code points in `text`. `page`: of a workbook or database; none of a text that is one table itself. */
export type Sheet = { name: string; page?: number; rows?: number; hidden?: boolean; begin: number; end: number; log: boolean };
export type Table = { caption: string; head: Cell[] | undefined; lines: Cell[][] };

/**
 * Which texts of a part are tables of their own, in order; none where the part is no workbook or database. A sheet without
 * cells has no reading: its text begins with its name all the same, as `textOf` gives it.
 */
export function sheetsOf({ texts, readings }: Pick<PartAnswer, "texts" | "readings">, workbook: boolean, textOf: (text: { begin: number; end: number }) => string): Sheet[] {
  const tables = new Map(readings.filter(({ kind, page }) => kind === "table" && page).map((reading) => [reading.page!, reading.value]));
  const log = readings.some(({ kind }) => kind === "database_log");
  const out: Sheet[] = [];
  for (const { page, begin, end } of texts) {
    if (page === undefined || !(tables.has(page) || log || workbook)) continue;
    const value = tables.get(page);
    const name = log ? t(`part.log.${page}`) : (value?.sheet ?? textOf({ begin, end }).split("\n", 1)[0]);
    out.push({ name, page, rows: value && value.rows - (value.heads ? 1 : 0), hidden: value?.hidden, begin, end, log });
  }
  return out;
}

const letters = (count: number): Cell[] => Array.from({ length: count }, (_, i) => ({ text: (i >= 26 ? String.fromCharCode(64 + Math.floor(i / 26)) : "") + String.fromCharCode(65 + (i % 26)), at: [] }));
const wordsOf = (row: Cell[] | undefined) => (row ?? []).map((cell) => cell.text).join("\t");

/** A sheet's text: its name, then its rows; the first of them names the columns where the reading says so. */
export function tableOf(text: string, sheet: Sheet, reading: Reading | undefined): Table[] {
  const rows = rowsOf(text, "\t", false);
  if (sheet.log) return groupsOf(rows.slice(1));  // the first says of all of them what the sheet's name says
  if (wordsOf(rows[0]).startsWith(sheet.name)) rows.shift();
  const heads = reading?.value?.heads;
  const width = Math.min(702, Math.max(0, ...rows.slice(0, 1000).map((row) => row.length)));
  return [{ caption: "", head: heads ? rows[0] : letters(width), lines: heads ? rows.slice(1) : rows }];
}

// "[message, frame 7: before it was changed]" begins a group; "[page 5, frame 7]" one whose columns have no names.
function groupsOf(rows: Cell[][]): Table[] {
  const out: Table[] = [];
  for (const row of rows) {
    const line = wordsOf(row);
    if (row.length === 1 && /^\[.*\]$/s.test(line)) out.push({ caption: line.slice(1, -1), head: undefined, lines: [] });
    else if (!out.length) out.push({ caption: "", head: undefined, lines: [row] });
    else if (!out[out.length - 1].lines.length && !out[out.length - 1].head && !/^page \d+, frame/.test(out[out.length - 1].caption)) out[out.length - 1].head = row;
    else out[out.length - 1].lines.push(row);
  }
  return out;
}
