import { InputError, type Text } from '../../../../contract.ts';
import type { ReadyFile } from './data-file.ts';

/** DuckDB quotes the line itself, which may hold personal data: only its number is shown. */
const csvFaults: readonly (readonly [RegExp, (found: RegExpExecArray) => Text])[] = [
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
    /[Mm]aximum line size/,
    () => ({ en: 'too long: a quote may not be closed', zh: '行过长：可能引号未闭合' }),
  ],
  [/Malformed JSON/, () => ({ en: 'malformed JSON', zh: 'JSON 格式错误' })],
  [
    /state machine reached an invalid state/,
    () => ({
      en: 'no CSV as RFC 4180 has it: are its line ends mixed?',
      zh: '不符合 RFC 4180：换行符是否混用？',
    }),
  ],
];

/** A fault in reading a file as an InputError with its own name and line; null when it is about something else. */
export function fileFault(error: unknown, files: readonly ReadyFile[]): InputError | null {
  const message = error instanceof Error ? error.message : String(error);
  const found = csvFaults.map(([sign, say]) => [sign.exec(message), say] as const).find(([match]) => match);
  const ready =
    files.find(({ path }) => message.includes(path)) ?? (files.length === 1 ? files[0] : undefined);
  if (!found?.[0] || !ready) return null;
  const said = found[1](found[0]);
  const line = /(?:Line:|in line|record\/value) (\d+)/.exec(message)?.[1];
  const { path } = ready.file;
  return new InputError(`${path}: ${line ? `line ${line}: ` : ''}${said.en}`, {
    zh: `${path}：${line ? `第 ${line} 行：` : ''}${said.zh}`,
  });
}

/** What DuckDB says, on one line and without the statement it points into. */
export function shortMessage(error: unknown): Error {
  const message = error instanceof Error ? error.message : String(error);
  return new Error(message.split('\n', 1)[0]?.trim() || 'DuckDB failed');
}
