import { type FieldValue, parsePeriod } from '../../contract.ts';
import { quoted } from '../reading/row.ts';
import { figureProblem, indicatorProblem } from './figure.ts';
import { type Problem, rejected } from './problem.ts';
import type { RowContext } from './row-context.ts';

type Fields = Readonly<Record<string, FieldValue>>;

/** An entry is identified by what it is about. */
export function deriveEntryId(fields: Fields, subject: string): string | null {
  const { indicator = null, period = null } = fields;
  return indicator === null || period === null ? null : `${indicator}|${period}|${subject}`;
}

export function periodProblem(period: string, timeZone: string): Problem | null {
  try {
    parsePeriod(period, timeZone);
    return null;
  } catch {
    return rejected(
      `周期 ${quoted(period)} 无法识别：请写成 2026-W37、2026-09、2026-Q3 或 2026`,
      `the period ${quoted(period)} does not parse: write 2026-W37, 2026-09, 2026-Q3 or 2026`,
    );
  }
}

/** Why an entry's figure cannot be taken; null for a good one. */
export function entryProblem(fields: Fields, context: RowContext): Problem | null {
  const indicator = String(fields.indicator);
  const figure = {
    value: fields.value as number | null,
    numerator: fields.numerator as number | null,
    denominator: fields.denominator as number | null,
  };
  const isEmpty = figure.value === null && (figure.numerator === null || figure.denominator === null);
  if (isEmpty) {
    return rejected(
      '缺少数值：请填写“数值”，或同时填写“分子”和“分母”',
      'there is no figure: give a value, or numerator and denominator',
    );
  }
  const unit = context.indicators?.unitOf(indicator) ?? null;
  return (
    periodProblem(String(fields.period), context.root.timeZone) ??
    indicatorProblem(indicator, context.indicators) ??
    figureProblem(figure, unit)
  );
}
