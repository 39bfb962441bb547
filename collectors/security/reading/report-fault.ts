import { InputError, type Text } from '../../contract.ts';

/** The report as a whole cannot be used: names file and place (`line 12`, `runs[0].tool`), what is wrong and the remedy. */
export function reportFault(fileName: string, place: string | null, text: Text, cause?: unknown): InputError {
  const at = place ? `${fileName} ${place}` : fileName;
  const zhAt = place ? `${fileName} ${place.replace(/^line (\d+)/, '第 $1 行')}` : fileName;
  return new InputError(`${at}: ${text.en}`, { cause, zh: `${zhAt}：${text.zh}` });
}

/** One entry of a report cannot be understood; caught by the reader, which counts it as skipped. */
export class EntryFault extends Error {
  readonly place: string;
  readonly reason: Text;
  constructor(place: string, reason: Text) {
    super(`${place}: ${reason.en}`);
    this.name = 'EntryFault';
    this.place = place;
    this.reason = reason;
  }
}

/** The value for a message: short, and no line of its own. */
export function shown(value: unknown): string {
  if (Array.isArray(value)) return '[...]';
  if (typeof value === 'object' && value !== null) return '{...}';
  const text = String(value);
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}
