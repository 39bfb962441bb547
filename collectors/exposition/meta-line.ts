import { LineFault } from './exposition-fault.ts';
import { byte, type LineCursor } from './line-cursor.ts';

export const familyTypes = [
  'counter',
  'gauge',
  'histogram',
  'summary',
  'untyped',
  'unknown',
  'info',
  'stateset',
  'gaugehistogram',
] as const;
export type FamilyType = (typeof familyTypes)[number];

/** What a page says about the metrics of one name. */
export interface Family {
  readonly type: FamilyType;
  readonly help: string;
  /** Only OpenMetrics tells it. */
  readonly unit: string;
}

const plainTypes = ['counter', 'gauge', 'histogram', 'summary', 'untyped', 'unknown'];
const strictTypes = familyTypes.filter((type) => type !== 'untyped');

function typeOf(text: string, isStrict: boolean): FamilyType {
  const known: readonly string[] = isStrict ? strictTypes : plainTypes;
  if (known.includes(text)) return text as FamilyType;
  const shown = JSON.stringify(text.slice(0, 40));
  throw new LineFault(`指标类型 ${shown} 不存在`, `there is no metric type ${shown}`);
}

function keywordAt(cursor: LineCursor, isStrict: boolean): string | null {
  cursor.at += 1;
  const blanksFrom = cursor.at;
  cursor.skipBlanks();
  if (cursor.at === blanksFrom || (isStrict && cursor.at !== blanksFrom + 1)) return null;
  const keyword = cursor.token();
  return ['HELP', 'TYPE', 'UNIT', 'EOF'].includes(keyword) ? keyword : null;
}

function nameAt(cursor: LineCursor, keyword: string): string {
  const name = cursor.peek() === byte.quote ? cursor.quoted() : cursor.name(true);
  if (name) return name;
  throw new LineFault(`${keyword} 之后应为指标名`, `a metric name is expected after ${keyword}`);
}

/** Reads a line that begins with `#` into `families`; true when it is OpenMetrics' `# EOF`. */
export function readMeta(cursor: LineCursor, families: Map<string, Family>, isStrict: boolean): boolean {
  const keyword = keywordAt(cursor, isStrict);
  if (isStrict && keyword === 'EOF' && cursor.peek() < 0) return true;
  if (keyword === null || keyword === 'EOF' || (keyword === 'UNIT' && !isStrict)) {
    if (isStrict) throw new LineFault('OpenMetrics 不允许此注释', 'OpenMetrics has no such comment');
    return false;
  }
  cursor.skipBlanks();
  if (!isStrict && cursor.peek() < 0) return false;
  const name = nameAt(cursor, keyword);
  const next = cursor.peek();
  if (next >= 0 && next !== byte.space && next !== byte.tab) {
    throw new LineFault('指标名有误', 'the metric name is malformed');
  }
  const text = cursor.unescaped(Math.min(cursor.at + 1, cursor.end), cursor.end);
  const known = families.get(name) ?? { type: isStrict ? 'unknown' : 'untyped', help: '', unit: '' };
  if (keyword === 'HELP') families.set(name, { ...known, help: text });
  else if (keyword === 'TYPE') families.set(name, { ...known, type: typeOf(text.trim(), isStrict) });
  else families.set(name, { ...known, unit: unitOf(name, text) });
  return false;
}

function unitOf(name: string, unit: string): string {
  if (unit === '' || name.endsWith(`_${unit}`)) return unit;
  throw new LineFault(`单位 ${unit} 不是指标名 ${name} 的后缀`, `the unit ${unit} is no suffix of ${name}`);
}
