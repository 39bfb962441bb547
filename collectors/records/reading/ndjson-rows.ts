import { InputError } from '../../contract.ts';
import { JsonProblem, JsonTable, parseObject } from './json-cells.ts';
import { maxRecordBytes, type Reject, type RowGroup, rejectOf } from './row.ts';

function checkLength(text: string, name: string, line: number): void {
  if (text.length <= maxRecordBytes) return;
  throw new InputError(
    `${name} line ${line}: the line is larger than ${maxRecordBytes / 1e6} MB; each record is one short line`,
  );
}

/** A line that is not an object is a reject: the lines after it are still whole. */
function addLine(table: JsonTable, rejects: Reject[], text: string, line: number): void {
  if (text.trim() === '') return;
  try {
    table.add(parseObject(text), line);
  } catch (cause) {
    if (!(cause instanceof JsonProblem)) throw cause;
    rejects.push(rejectOf(line, null, cause.text));
  }
}

/** Rows of newline-delimited JSON objects, with bounded memory. */
export async function* ndjsonRows(text: AsyncIterable<string>, name: string): AsyncGenerator<RowGroup> {
  const table = new JsonTable();
  let rest = '';
  let line = 0;
  for await (const piece of text) {
    const lines = (rest + piece).split('\n');
    rest = lines.pop() ?? '';
    const rejects: Reject[] = [];
    for (const text of lines) {
      line += 1;
      checkLength(text, name, line);
      addLine(table, rejects, text, line);
    }
    checkLength(rest, name, line + 1);
    if (lines.length > 0) yield { ...table.flush(), rejects };
  }
  const rejects: Reject[] = [];
  addLine(table, rejects, rest, line + 1);
  yield { ...table.flush(), rejects };
}
