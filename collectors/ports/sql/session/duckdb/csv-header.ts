/**
 * Names of the columns from the first record of a CSV file (RFC 4180), made unique without regard to case as DuckDB
 * needs them: a name without letters becomes `column2`, a second `name` becomes `name_1`. Null when the head ends within
 * the record or a quote is misplaced.
 */
export function csvHeader(head: string, delimiter: string): readonly string[] | null {
  const cells = firstRecord(head.replace(/^\uFEFF/, ''), delimiter);
  if (!cells) return null;
  const taken = new Set<string>();
  return cells.map((cell, index) => {
    const wanted = cell.trim() === '' ? `column${index}` : cell.trim();
    let name = wanted;
    for (let number = 1; taken.has(name.toLowerCase()); number += 1) name = `${wanted}_${number}`;
    taken.add(name.toLowerCase());
    return name;
  });
}

function firstRecord(text: string, delimiter: string): readonly string[] | null {
  const cells: string[] = [];
  let at = 0;
  for (;;) {
    const cell = cellAt(text, at, delimiter);
    if (!cell) return null;
    cells.push(cell.value);
    if (cell.end >= text.length || /[\r\n]/.test(text[cell.end] ?? '')) return cells;
    at = cell.end + delimiter.length;
  }
}

interface Cell {
  readonly value: string;
  /** Where its delimiter, its line end or the end of the text is. */
  readonly end: number;
}

function cellAt(text: string, at: number, delimiter: string): Cell | null {
  const isEnd = (index: number) =>
    index >= text.length || text.startsWith(delimiter, index) || text[index] === '\n' || text[index] === '\r';
  let end = at;
  if (text[at] !== '"') {
    while (!isEnd(end)) end += 1;
    return { value: text.slice(at, end), end };
  }
  let value = '';
  for (end = at + 1; end < text.length; end += 1) {
    if (text[end] !== '"') value += text[end];
    else if (text[end + 1] === '"') {
      value += '"';
      end += 1;
    } else return isEnd(end + 1) ? { value, end: end + 1 } : null;
  }
  return null;
}
