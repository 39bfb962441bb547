import { upTo } from './bounded-bytes.ts';
import { JsonPart } from './json-part.ts';
import { reportLimits } from './limits.ts';
import type { ReportSource } from './reader.ts';
import { reportFault } from './report-fault.ts';
import { reportText } from './report-text.ts';

const quote = 0x22;
const backslash = 0x5c;

function lineAt(text: string, position: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at >= 0 && at < position; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}

/** Looks at the brackets before the parser builds what they hold. */
function checkBrackets(text: string, fileName: string): void {
  let depth = 0;
  let isInString = false;
  for (let at = 0; at < text.length; at += 1) {
    const char = text.charCodeAt(at);
    if (isInString) {
      if (char === backslash) at += 1;
      else if (char === quote) isInString = false;
    } else if (char === quote) isInString = true;
    else if (char === 0x7b || char === 0x5b) {
      depth += 1;
      if (depth > reportLimits.depth) {
        throw reportFault(fileName, `line ${lineAt(text, at)}`, {
          zh: `嵌套超过 ${reportLimits.depth} 层，扫描报告不会如此：已拒绝读取`,
          en: `nested deeper than ${reportLimits.depth} levels, which no scan report is: it is refused`,
        });
      }
    } else if (char === 0x7d || char === 0x5d) depth -= 1;
  }
  if (depth <= 0 && !isInString) return;
  throw reportFault(fileName, `line ${lineAt(text, text.length)}`, {
    zh: '内容在此中断，文件不完整：请重新导出或重新传输',
    en: 'ends in the middle of a value: the file is truncated, export or fetch it again',
  });
}

/** Texts up to this length are searched for the place of a fault; each step of the search reads up to half of it. */
const searchedCharacters = 4_000_000;

/** The parser's complaint about the first characters of the text: null while they may go on well. */
function complaintAbout(text: string, length: number): SyntaxError | null {
  try {
    JSON.parse(text.slice(0, length));
    return null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    const place = / at position (\d+)/.exec(error.message)?.[1];
    const isAtEnd = place === undefined ? /^Unexpected end/.test(error.message) : Number(place) >= length;
    return isAtEnd ? null : error;
  }
}

/** Where the text stops being JSON: the parser does not always tell, and quotes what stands there, which may be anybody's data. */
function faultyLine(text: string): string | null {
  if (text.length > searchedCharacters) return null;
  let [sound, faulty] = [0, text.length];
  while (faulty - sound > 1) {
    const middle = (sound + faulty) >> 1;
    if (complaintAbout(text, middle)) faulty = middle;
    else sound = middle;
  }
  return `line ${lineAt(text, sound)}`;
}

/** The whole document; InputError when it is too large, too deep, truncated or no JSON. */
export async function readJson({ chunks, fileName }: ReportSource): Promise<JsonPart> {
  const pieces: string[] = [];
  for await (const piece of reportText(upTo(reportLimits.documentBytes, chunks, fileName), fileName))
    pieces.push(piece);
  const text = pieces.join('');
  checkBrackets(text, fileName);
  try {
    return new JsonPart(JSON.parse(text));
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw reportFault(
      fileName,
      faultyLine(text),
      { zh: '不是合法的 JSON：请重新导出该报告', en: 'is not JSON here: export the report again' },
      cause,
    );
  }
}
