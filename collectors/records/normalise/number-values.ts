import type { Text, Unit } from '../../contract.ts';
import { type Cell, quoted } from '../reading/row.ts';
import { type Place, textOf } from './cell-values.ts';
import type { PercentWatch } from './percent-watch.ts';
import { isProblem, type Problem, rejected } from './problem.ts';

const numberPattern = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?$/i;

/** How the numbers of one column are written. */
export interface NumberPlace extends Place {
  /** The mapping says `scale: percent`: 0 to 100, with or without percent sign. */
  readonly isPercent: boolean;
  readonly percents?: PercentWatch;
}

/**
 * A finite number. `unit` is that of the indicator in the row, null where a number is of none: percentages are divided by
 * 100 only where they can be meant, for a ratio.
 */
export function readNumber(
  cell: Cell,
  place: NumberPlace,
  unit: Unit | null = null,
): number | null | Problem {
  const { column } = place;
  const isScaled = place.isPercent && (unit === null || unit === 'ratio');
  if (typeof cell === 'number' && Number.isFinite(cell)) return isScaled ? share(cell, place, unit) : cell;
  const written = textOf(cell);
  if (written === '') return null;
  const text = written.normalize('NFKC');
  const digits = isScaled ? text.replace(/\s*%$/, '') : text;
  const value = numberPattern.test(digits) ? Number(digits) : Number.NaN;
  if (Number.isFinite(value)) {
    if (!isScaled) return value;
    return share(value, digits === text ? place : { ...place, percents: undefined }, unit);
  }
  if (text.endsWith('%')) return percentProblem(written, column, unit);
  return rejected(
    `「${column}」列的值 ${quoted(written)} 不是有限的数：请填写不带千位分隔符的数字`,
    `${quoted(written)} in column ${column} is not a finite number: write digits without thousands separators`,
  );
}

/** A percentage as a share; of a ratio it lies within 0 to 100. */
function share(written: number, { column, percents }: SharePlace, unit: Unit | null): number | Problem {
  percents?.take(column, written);
  if (unit !== 'ratio' || (written >= 0 && written <= 100)) return written / 100;
  return rejected(
    `「${column}」列的值 ${written} 不在 0 到 100 之间：映射文件将该列视为百分数（scale: percent），请更正该单元格`,
    `${written} in column ${column} is outside 0 to 100: the mapping reads this column as percentages (scale: percent), correct the cell`,
  );
}

interface SharePlace {
  readonly column: string;
  readonly percents?: PercentWatch | undefined;
}

/** Not every caller takes a mapping: the remedy that always works stands first. */
const percentRemedy: Text = {
  zh: '85% 请写成 0.85；导入时也可在映射文件中写 scale: percent',
  en: 'write 0.85 for 85%; in an import a mapping can set scale: percent',
};

function percentProblem(written: string, column: string, unit: Unit | null): Problem {
  if (unit === null || unit === 'ratio') {
    return rejected(
      `「${column}」列的值 ${quoted(written)} 是百分数：${percentRemedy.zh}`,
      `${quoted(written)} in column ${column} is a percentage: ${percentRemedy.en}`,
    );
  }
  return rejected(
    `「${column}」列的值 ${quoted(written)} 是百分数，但该指标的单位为 ${unit}：请按该单位填写数值，不带百分号`,
    `${quoted(written)} in column ${column} is a percentage, but the indicator is in ${unit}: write its figure in ${unit}, without percent sign`,
  );
}

export function readInteger(cell: Cell, place: Place): number | null | Problem {
  const value = readNumber(cell, { ...place, isPercent: false });
  if (value === null || isProblem(value) || Number.isSafeInteger(value)) return value;
  return rejected(
    `「${place.column}」列的值 ${quoted(value)} 不是整数`,
    `${quoted(value)} in column ${place.column} is not a whole number`,
  );
}

/** 0..1. */
export function readRatio(cell: Cell, place: NumberPlace): number | null | Problem {
  const value = readNumber(cell, place, 'ratio');
  if (value === null || isProblem(value) || (value >= 0 && value <= 1)) return value;
  return ratioProblem(value, place.column);
}

export function ratioProblem(value: number, column: string): Problem {
  const isLikelyPercent = value > 1 && value <= 100;
  return rejected(
    `「${column}」列的值 ${value} 不在 0 到 1 之间${isLikelyPercent ? `：如果是百分数，${percentRemedy.zh}` : '：比率须填 0 到 1 之间的数'}`,
    `${value} in column ${column} is outside 0 to 1${isLikelyPercent ? `: if it is a percentage, ${percentRemedy.en}` : ': give a ratio from 0 to 1'}`,
  );
}
