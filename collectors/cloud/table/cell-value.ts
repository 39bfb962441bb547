import type { TimeParser } from '../../records/normalise/calendar-time.ts';
import { readBoolean, textOf } from '../../records/normalise/cell-values.ts';
import { readNumber } from '../../records/normalise/number-values.ts';
import { isProblem, type Problem, rejected } from '../../records/normalise/problem.ts';
import { timeParser } from '../../records/normalise/time-format.ts';
import type { ZoneClock } from '../../records/normalise/zoned-time.ts';
import { type Cell, quoted } from '../../records/reading/row.ts';
import type { BoundColumn } from './columns.ts';

export type CellValue = string | number | boolean | null;

/** Longer than any name that identifies something; a label of this length is shown on every page. */
const mostCharacters = 200;

const timeParsers: readonly TimeParser[] = [
  'iso',
  'yyyy-M-d',
  'yyyy-M-d H:mm',
  'yyyy-M-d H:mm:ss',
  'yyyy/M/d',
  'yyyy/M/d H:mm',
  'yyyy/M/d H:mm:ss',
  'yyyy年M月d日',
  'yyyy年M月d日 H:mm',
].map(timeParser);

const results: Readonly<Record<string, boolean>> = {
  成功: true,
  通过: true,
  正常: true,
  合格: true,
  success: true,
  succeeded: true,
  passed: true,
  pass: true,
  ok: true,
  失败: false,
  未通过: false,
  异常: false,
  不合格: false,
  failure: false,
  failed: false,
  fail: false,
  error: false,
};

function shortText(cell: Cell, { header }: BoundColumn): CellValue | Problem {
  const text = textOf(cell);
  if (text.length <= mostCharacters) return text === '' ? null : text;
  return rejected(
    `「${header}」列的文字长 ${text.length} 字符，上限为 ${mostCharacters}：请缩短`,
    `column ${header} holds ${text.length} characters where ${mostCharacters} are allowed: shorten it`,
  );
}

function scaled(cell: Cell, { header, factor, spec }: BoundColumn): CellValue | Problem {
  const value = readNumber(cell, { column: header, field: header, isPercent: false });
  if (value === null || isProblem(value)) return value;
  if (spec.kind === 'count' && value < 0) {
    return rejected(`「${header}」列的值 ${value} 不能为负数`, `${value} in column ${header} is below 0`);
  }
  return value * factor;
}

/** A share from 0 to 1; a percent sign in the cell or in its header makes it a percentage. */
function ratio(cell: Cell, { header, isPercent }: BoundColumn): CellValue | Problem {
  const text = textOf(cell).normalize('NFKC');
  const hasSign = text.endsWith('%');
  const digits = hasSign ? text.slice(0, -1) : cell;
  const written = readNumber(digits, { column: header, field: header, isPercent: false });
  if (written === null || isProblem(written)) return written;
  const value = hasSign || isPercent ? written / 100 : written;
  if (value >= 0 && value <= 1) return value;
  return rejected(
    `「${header}」列的值 ${quoted(text)} 超出 0 到 100%：请写成 85%，或 0 到 1 之间的小数`,
    `${quoted(text)} in column ${header} is outside 0 to 100%: write 85%, or a number from 0 to 1`,
  );
}

function instant(cell: Cell, { header }: BoundColumn, clock: ZoneClock): CellValue | Problem {
  if (cell instanceof Date) return clock(cell.getTime());
  const text = textOf(cell);
  if (text === '') return null;
  for (const parse of timeParsers) {
    const time = parse(text);
    if (time) return time.isLocal ? clock(time.milliseconds) : time.milliseconds;
  }
  return rejected(
    `「${header}」列的时间 ${quoted(text)} 不存在或无法识别：请写成 2026-10-31 或 2026-10-31 08:00`,
    `${quoted(text)} in column ${header} is no time: write 2026-10-31 or 2026-10-31 08:00`,
  );
}

const monthForm = /^(\d{4})\s*[-/.年]\s*(\d{1,2})(?:\s*[-/.月]\s*\d{1,2}\s*日?(?:\s.*)?)?月?$/;

function month(cell: Cell, { header }: BoundColumn): CellValue | Problem {
  const text = textOf(cell);
  if (text === '') return null;
  const match = monthForm.exec(text);
  const number = Number(match?.[2]);
  if (match && number >= 1 && number <= 12) return `${match[1]}-${String(number).padStart(2, '0')}`;
  return rejected(
    `「${header}」列的值 ${quoted(text)} 不是月份：请写成 2026-10`,
    `${quoted(text)} in column ${header} is no month: write 2026-10`,
  );
}

function result(cell: Cell, { header }: BoundColumn): CellValue | Problem {
  const text = textOf(cell).toLowerCase();
  if (Object.hasOwn(results, text)) return results[text] ?? null;
  const value = readBoolean(cell, { column: header, field: header });
  if (!isProblem(value)) return value;
  return rejected(
    `「${header}」列的值 ${quoted(text)} 不是结果：请写“成功”或“失败”`,
    `${quoted(text)} in column ${header} is no result: write success or failed`,
  );
}

function flag(cell: Cell, { header }: BoundColumn): CellValue | Problem {
  const value = readBoolean(cell, { column: header, field: header });
  if (!isProblem(value)) return value;
  const text = textOf(cell);
  return rejected(
    `「${header}」列的值 ${quoted(text)} 不是“是/否”`,
    `${quoted(text)} in column ${header} is neither yes nor no`,
  );
}

/** The value of a cell, null where it is empty, or why it has none. */
export function cellValue(cell: Cell, column: BoundColumn, clock: ZoneClock): CellValue | Problem {
  switch (column.spec.kind) {
    case 'text':
      return shortText(cell, column);
    case 'ratio':
      return ratio(cell, column);
    case 'instant':
      return instant(cell, column, clock);
    case 'month':
      return month(cell, column);
    case 'flag':
      return flag(cell, column);
    case 'result':
      return result(cell, column);
    default:
      return scaled(cell, column);
  }
}
