import type { ExpositionSample } from './exposition.ts';
import { LineFault } from './exposition-fault.ts';
import { byte, type LineCursor } from './line-cursor.ts';
import { millisecondsOf, millisecondsOfSeconds } from './number-text.ts';

/** What stands between the braces: labels, and the name where it is quoted there. */
interface LabelSet {
  readonly labels: Record<string, string>;
  readonly name: string | null;
}

function take(cursor: LineCursor, code: number, zh: string, en: string): void {
  if (cursor.peek() !== code) throw new LineFault(`此处应为${zh}`, `${en} is expected`);
  cursor.at += 1;
}

function checkNew(labels: Record<string, string>, name: string, most: number, count: number): void {
  if (name === '__proto__' || name === '__name__') {
    throw new LineFault(`标签名 ${name} 为保留名`, `the label name ${name} is reserved`);
  }
  if (labels[name] !== undefined && Object.hasOwn(labels, name)) {
    throw new LineFault(`标签 ${name} 出现两次`, `the label ${name} stands twice`);
  }
  if (count > most) throw new LineFault(`标签多于 ${most} 个`, `more than ${most} labels`);
}

/** From the opening brace to behind the closing one. In text commas may be absent or trail, as Prometheus reads it. */
function readLabels(cursor: LineCursor, isStrict: boolean, most: number): LabelSet {
  const labels: Record<string, string> = {};
  let metric: string | null = null;
  cursor.at += 1;
  for (let count = 1; ; count++) {
    if (!isStrict) cursor.skipBlanks();
    if (cursor.peek() === byte.braceClose && !(isStrict && count > 1)) break;
    const isQuoted = cursor.peek() === byte.quote;
    const name = isQuoted ? cursor.quoted() : cursor.name(false);
    if (name === null || name === '') throw new LineFault('此处应为标签名', 'a label name is expected');
    if (!isStrict) cursor.skipBlanks();
    if (isQuoted && count === 1 && cursor.peek() !== byte.equals) metric = name;
    else {
      checkNew(labels, name, most, count);
      take(cursor, byte.equals, '等号', 'an equals sign');
      if (!isStrict) cursor.skipBlanks();
      if (cursor.peek() !== byte.quote) throw new LineFault('标签值须加双引号', 'a label value needs quotes');
      const value = cursor.quoted();
      if (value !== '') labels[name] = value;
      if (!isStrict) cursor.skipBlanks();
    }
    if (cursor.peek() === byte.braceClose) break;
    if (isStrict || cursor.peek() === byte.comma || cursor.peek() < 0) {
      take(cursor, byte.comma, '逗号或右花括号', 'a comma or a closing brace');
    }
  }
  cursor.at += 1;
  return { labels, name: metric };
}

/** ` # {labels} value [timestamp]`, checked and forgotten. */
function skipExemplar(cursor: LineCursor, most: number): void {
  cursor.at += 1;
  take(cursor, byte.space, '空格', 'a space');
  if (cursor.peek() !== byte.braceOpen)
    throw new LineFault('此处应为左花括号', 'an opening brace is expected');
  readLabels(cursor, true, most);
  take(cursor, byte.space, '空格', 'a space');
  cursor.value();
  if (cursor.peek() < 0) return;
  take(cursor, byte.space, '空格', 'a space');
  millisecondsOfSeconds(cursor.token());
}

function readTail(cursor: LineCursor, isStrict: boolean, most: number): number | null {
  if (!isStrict) {
    cursor.skipBlanks();
    if (cursor.peek() < 0) return null;
    const timestamp = millisecondsOf(cursor.token());
    cursor.skipBlanks();
    return timestamp;
  }
  if (cursor.peek() < 0) return null;
  take(cursor, byte.space, '空格', 'a space');
  let timestamp: number | null = null;
  if (cursor.peek() !== byte.hash) {
    timestamp = millisecondsOfSeconds(cursor.token());
    if (cursor.peek() < 0) return timestamp;
    take(cursor, byte.space, '空格', 'a space');
  }
  if (cursor.peek() !== byte.hash)
    throw new LineFault('行尾有多余内容', 'there is more at the end of the line');
  skipExemplar(cursor, most);
  return timestamp;
}

const noLabels: LabelSet = { labels: {}, name: null };

/** A line that is no comment; the cursor stands on its first character. */
export function readSample(cursor: LineCursor, isStrict: boolean, most: number): ExpositionSample {
  const written = cursor.name(true);
  if (!isStrict) cursor.skipBlanks();
  const set = cursor.peek() === byte.braceOpen ? readLabels(cursor, isStrict, most) : noLabels;
  const name = written ?? set.name;
  if (name === null) throw new LineFault('此处应为指标名', 'a metric name is expected');
  if (written !== null && set.name !== null) throw new LineFault('指标名出现两次', 'two metric names');
  if (isStrict) take(cursor, byte.space, '空格', 'a space');
  else cursor.skipBlanks();
  if (cursor.peek() < 0) throw new LineFault('缺少数值', 'the value is missing');
  const value = cursor.value();
  const timestamp = readTail(cursor, isStrict, most);
  if (cursor.peek() >= 0) throw new LineFault('行尾有多余内容', 'there is more at the end of the line');
  return { name, labels: set === noLabels ? {} : set.labels, value, timestamp };
}
