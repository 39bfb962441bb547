import { InputError } from '../../contract.ts';
import { JsonProblem, JsonTable, parseObject } from './json-cells.ts';
import { maxRecordBytes, quoted, type RowGroup } from './row.ts';

type Place = 'beforeArray' | 'beforeRecord' | 'inRecord' | 'afterRecord' | 'afterArray';

const quote = 0x22;
const backslash = 0x5c;
const newline = 0x0a;

/** Cuts a JSON array of objects into the texts of its objects, however the text is cut into pieces. */
class ArrayCutter {
  line = 1;
  place: Place = 'beforeArray';
  private depth = 0;
  private isInString = false;
  private isEscaped = false;
  private startLine = 1;
  private held: string[] = [];
  private heldLength = 0;
  private readonly name: string;

  constructor(name: string) {
    this.name = name;
  }

  /** The objects that end in this piece. */
  cut(piece: string): { text: string; line: number }[] {
    const found: { text: string; line: number }[] = [];
    let start = 0;
    for (let i = 0; i < piece.length; i += 1) {
      const char = piece.charCodeAt(i);
      if (char === newline) this.line += 1;
      if (this.place !== 'inRecord') {
        if (char === 0x20 || char === newline || char === 0x0d || char === 0x09) continue;
        start = i;
        this.expect(piece.charAt(i));
      } else if (this.isInString) {
        this.inString(char);
      } else if (char === quote) {
        this.isInString = true;
      } else if (char === 0x7b || char === 0x5b) {
        this.depth += 1;
      } else if (char === 0x7d || char === 0x5d) {
        this.depth -= 1;
        if (this.depth === 0) {
          found.push({ text: this.held.join('') + piece.slice(start, i + 1), line: this.startLine });
          this.held = [];
          this.heldLength = 0;
          this.place = 'afterRecord';
        }
      }
    }
    if (this.place === 'inRecord') this.hold(piece.slice(start));
    return found;
  }

  private inString(char: number): void {
    if (this.isEscaped) this.isEscaped = false;
    else if (char === backslash) this.isEscaped = true;
    else if (char === quote) this.isInString = false;
  }

  private hold(text: string): void {
    this.held.push(text);
    this.heldLength += text.length;
    if (this.heldLength <= maxRecordBytes) return;
    throw new InputError(
      `${this.name} line ${this.startLine}: the object that starts here is larger than ${maxRecordBytes / 1e6} MB; look for a bracket or quote that is not closed`,
    );
  }

  /** Moves on over a character between objects. */
  private expect(char: string): void {
    if (this.place === 'beforeArray' && char === '[') {
      this.place = 'beforeRecord';
    } else if ((this.place === 'beforeRecord' || this.place === 'afterRecord') && char === ']') {
      this.place = 'afterArray';
    } else if (this.place === 'beforeRecord' && char === '{') {
      this.place = 'inRecord';
      this.depth = 1;
      this.startLine = this.line;
    } else if (this.place === 'afterRecord' && char === ',') {
      this.place = 'beforeRecord';
    } else {
      const wanted =
        this.place === 'beforeArray'
          ? 'the file must be an array of objects, [{...}, {...}]; for one object per line name it .ndjson'
          : 'objects of the array are separated by commas, and nothing follows the array';
      throw new InputError(`${this.name} line ${this.line}: ${quoted(char)} is not expected here; ${wanted}`);
    }
  }
}

function addObject(table: JsonTable, { text, line }: { text: string; line: number }, name: string): void {
  try {
    table.add(parseObject(text), line);
  } catch (cause) {
    if (!(cause instanceof JsonProblem)) throw cause;
    throw new InputError(`${name} line ${line}: ${cause.message}`, { cause });
  }
}

/** Rows of a JSON array of objects, with bounded memory. */
export async function* jsonRows(text: AsyncIterable<string>, name: string): AsyncGenerator<RowGroup> {
  const table = new JsonTable();
  const cutter = new ArrayCutter(name);
  for await (const piece of text) {
    const objects = cutter.cut(piece);
    for (const each of objects) addObject(table, each, name);
    if (objects.length > 0) yield table.flush();
  }
  if (cutter.place !== 'afterArray') {
    throw new InputError(
      `${name} line ${cutter.line}: the file ends before its array is closed; it is truncated`,
    );
  }
}
