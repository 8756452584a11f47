// A table out of text: cells divided by tabs, semicolons or commas, whichever the first line has most of; quoted as RFC 4180
// has it (a doubled quote is one, a quoted cell may hold the divider and line ends).
export function rowsOf(text: string, most: number): string[][] {
  const first = text.slice(0, text.search(/\n|$/));
  const cut = ["\t", ";", ","].map((sign) => ({ sign, n: first.split(sign).length })).sort((a, b) => b.n - a.n)[0].sign;
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < text.length && rows.length < most; ++i) {
    const c = text[i];
    if (quoted) {
      if (c !== '"') cell += c;
      else if (text[i + 1] === '"') cell += text[++i];
      else quoted = false;
    } else if (c === '"' && !cell) quoted = true;
    else if (c === cut || c === "\n") {
      row.push(cell);
      cell = "";
      if (c === "\n") {
        if (row.length > 1 || row[0]) rows.push(row);
        row = [];
      }
    } else if (c !== "\r") cell += c;
  }
  if (rows.length < most && (cell || row.length)) rows.push([...row, cell]);
  return rows;
}
