// A table out of text. A text/csv or a table of tabs is quoted as RFC 4180 has it: a doubled quote is one, a quoted cell may hold the
// divider and line ends; a quote that nothing closes is a letter as any other. What came out of a workbook is not quoted.
/** `at`: where each code point of the cell stands in the text. */
export type Cell = { text: string; at: number[] };

export function rowsOf(text: string, divider: string, quoting: boolean): Cell[][] {
  const points = Array.from(text);
  const lastQuote = points.lastIndexOf('"');
  const rows: Cell[][] = [];
  let row: Cell[] = [];
  let cell: Cell = { text: "", at: [] };
  let quoted = false;
  const take = (i: number) => {
    cell.text += points[i];
    cell.at.push(i);
  };
  const endCell = () => {
    row.push(cell);
    cell = { text: "", at: [] };
  };
  const endRow = () => {
    endCell();
    if (row.length > 1 || row[0].text) rows.push(row);
    row = [];
  };
  for (let i = 0; i < points.length; ++i) {
    const c = points[i];
    if (quoted) {
      if (c !== '"') take(i);
      else if (points[i + 1] === '"') take(++i);
      else quoted = false;
    } else if (quoting && c === '"' && !cell.text && i < lastQuote) quoted = true;
    else if (c === divider) endCell();
    else if (c === "\n") endRow();
    else if (c !== "\r") take(i);
  }
  endRow();
  return rows;
}

/** Spans in order, those that meet made one: each is one mark on the page. */
export function joined(spans: [number, number][]): [number, number][] {
  const out: [number, number][] = [];
  for (const [begin, end] of spans) {
    const last = out[out.length - 1];
    if (last && begin < last[1]) last[1] = Math.max(last[1], end);
    else out.push([begin, end]);
  }
  return out;
}

/** The spans of a text as they lie in one of its cells. */
export function marksIn({ at }: Cell, spans: [number, number][]): [number, number][] {
  const out: [number, number][] = [];
  const first = at[0];
  const last = at[at.length - 1];
  for (const [begin, end] of spans) {
    if (!(begin <= last && end > first)) continue;
    const from = at.findIndex((place) => place >= begin);
    const to = at.findIndex((place) => place >= end);
    out.push([from, to < 0 ? at.length : to]);
  }
  return out;
}
