import type { FieldSpec } from '../../contract.ts';
import type { FieldRule } from '../mapping/mapping.ts';
import type { Cell } from '../reading/row.ts';
import { quoted } from '../reading/row.ts';
import {
  type CellReader,
  codeReader,
  instantReader,
  readBoolean,
  readList,
  readText,
  textOf,
} from './cell-values.ts';
import { readInteger, readNumber, readRatio } from './number-values.ts';
import type { PercentWatch } from './percent-watch.ts';
import { rejected } from './problem.ts';
import { timeParser } from './time-format.ts';
import type { ZoneClock } from './zoned-time.ts';

/** What the readers of one file share. */
export interface ReaderContext {
  readonly timeFormats: readonly string[];
  readonly clock: ZoneClock;
  readonly emptyValues: ReadonlySet<string>;
  readonly percents: PercentWatch;
}

type ColumnRule = Extract<FieldRule, { column: string }>;

function formatsOf(rule: ColumnRule, context: ReaderContext): readonly string[] {
  if (!rule.timeFormat) return context.timeFormats;
  return typeof rule.timeFormat === 'string' ? [rule.timeFormat] : rule.timeFormat;
}

/** Reads the field's type, before translation of values. */
function plainReader(field: string, spec: FieldSpec, rule: ColumnRule, context: ReaderContext): CellReader {
  const place = { column: rule.column, field };
  const numbers = { ...place, isPercent: rule.scale === 'percent', percents: context.percents };
  switch (spec.type) {
    case 'text':
      return (cell) => readText(cell, place);
    case 'code':
      return codeReader(spec, place);
    case 'instant':
      return instantReader(formatsOf(rule, context).map(timeParser), context.clock, place);
    case 'number':
      return (cell, unit) => readNumber(cell, numbers, unit);
    case 'integer':
      return (cell) => readInteger(cell, place);
    case 'ratio':
      return (cell) => readRatio(cell, numbers);
    case 'boolean':
      return (cell) => readBoolean(cell, place);
    case 'list':
      return (cell) => readList(cell, rule.separator ?? null);
  }
}

/** Translates by the rule's `values` first; what they do not list goes the way of `otherwise`. */
function translating(read: CellReader, rule: ColumnRule, field: string): CellReader {
  if (!rule.values) return read;
  const values = new Map(Object.entries(rule.values));
  return (cell, unit) => {
    const text = textOf(cell);
    const value = values.get(text);
    if (value !== undefined) return read(value, unit);
    if (text === '' || rule.otherwise === 'keep') return read(cell, unit);
    if (rule.otherwise === null) return null;
    return rejected(
      `「${rule.column}」列的值 ${quoted(text)} 未在映射文件的 fields.${field}.values 中列出：请补充，或设置 otherwise`,
      `${quoted(text)} in column ${rule.column} is not listed under fields.${field}.values of the mapping: add it, or set otherwise`,
    );
  };
}

/** The reader of one column for one field: empty values, translation, type. */
export function fieldReader(
  field: string,
  spec: FieldSpec,
  rule: ColumnRule,
  context: ReaderContext,
): CellReader {
  const read = translating(plainReader(field, spec, rule, context), rule, field);
  if (context.emptyValues.size === 0)
    return (cell, unit) => (cell === '' || cell === null ? null : read(cell, unit));
  return (cell: Cell, unit) => {
    if (cell === '' || cell === null) return null;
    return typeof cell === 'string' && context.emptyValues.has(cell.trim()) ? null : read(cell, unit);
  };
}
