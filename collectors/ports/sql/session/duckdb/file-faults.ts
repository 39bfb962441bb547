import { InputError, type Text } from '../../../../contract.ts';
import type { ReadyFile } from './data-file.ts';

/** DuckDB quotes the line itself, which may hold personal data: only its number is shown. */
const faults: readonly (readonly [RegExp, (found: RegExpExecArray) => Text])[] = [
  [
    /Expected Number of Columns: (\d+) Found: (\d+)/,
    ([, expected, found]) => ({
      en: `${found} columns instead of ${expected}`,
      zh: `有 ${found} 列，应为 ${expected} 列`,
    }),
  ],
  [
    /unterminated quote/,
    () => ({ en: 'a quote that is not closed, or text after it', zh: '引号未闭合，或引号后有多余文字' }),
  ],
  [
    /Invalid unicode/,
    () => ({ en: 'not UTF-8: give the encoding', zh: '不是 UTF-8 编码：请用 encoding 指明' }),
  ],
  [
    /[Mm]aximum line size|does not support a full read/,
    () => ({ en: 'too long: a quote may not be closed', zh: '行过长：可能引号未闭合' }),
  ],
  [/Malformed JSON/, () => ({ en: 'malformed JSON', zh: 'JSON 格式错误' })],
  [
    /non-record JSON/,
    () => ({
      en: 'holds no JSON objects: write an array of objects, or one object on each line',
      zh: '文件中没有 JSON 对象：应为对象数组，或每行一个对象',
    }),
  ],
  [
    /JSON transform error/,
    () => ({
      en: 'no object, or an object with the same key twice',
      zh: '不是 JSON 对象，或对象中有重复的键',
    }),
  ],
  [
    /No magic bytes|Could not read enough bytes|decompression failure|TProtocolException|Thrift|corrupt/i,
    () => ({
      en: 'damaged or cut off: copy or write it again',
      zh: '文件已损坏或不完整：请重新复制或生成',
    }),
  ],
  [
    /state machine reached an invalid state/,
    () => ({
      en: 'no CSV as RFC 4180 has it: are its line ends mixed?',
      zh: '不符合 RFC 4180：换行符是否混用？',
    }),
  ],
];

/** DuckDB has read the record that follows a malformed one already, and counts no blank lines. */
function placeIn(message: string): Text {
  const line = /Line: (\d+)/.exec(message)?.[1];
  if (line) return { en: `line ${line}: `, zh: `第 ${line} 行：` };
  const record = Number(/(?:in line|record\/value) (\d+)/.exec(message)?.[1] ?? 0);
  const own = message.includes('Malformed') ? record - 1 : record;
  return own > 0 ? { en: `record ${own}: `, zh: `第 ${own} 条记录：` } : { en: '', zh: '' };
}

/** A fault in reading a file as an InputError with its own name and line; null when it is about something else. */
export function fileFault(error: unknown, files: readonly ReadyFile[]): InputError | null {
  const message = error instanceof Error ? error.message : String(error);
  const found = faults.map(([sign, say]) => [sign.exec(message), say] as const).find(([match]) => match);
  const ready =
    files.find(({ path }) => message.includes(path)) ?? (files.length === 1 ? files[0] : undefined);
  if (!found?.[0] || !ready) return null;
  const said = found[1](found[0]);
  const at = placeIn(message);
  const { path } = ready.file;
  return new InputError(`${path}: ${at.en}${said.en}`, { zh: `${path}：${at.zh}${said.zh}` });
}

/** What DuckDB says, on one line and without the statement it points into. */
export function shortMessage(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(message.split('\n', 1)[0]?.trim() || 'DuckDB failed');
}
