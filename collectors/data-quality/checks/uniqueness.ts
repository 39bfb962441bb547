import { z } from 'zod';
import type { SqlValue } from '../../contract.ts';
import type { CheckOf } from '../check-file/check-spec.ts';
import type { CheckPlan } from './check.ts';
import { allOf, anyOf } from './condition.ts';
import { nothingToCheck } from './nothing-to-check.ts';
import type { PlanParts } from './plan-parts.ts';

/** Different repeated keys whose rows may serve as examples. */
const sampleKeys = 20;

/** Rows with a key (no part of it missing) less different keys, so that no join or sort of its own is needed. */
export function planUniqueness(
  { columns }: CheckOf<'uniqueness'>,
  { dialect, source, value, where, table }: PlanParts,
): CheckPlan {
  const parts = columns.map(value);
  const hasKey = allOf(where, ...parts.map(({ isPresent }) => isPresent));
  const keys = parts.map(({ key }) => `case when ${hasKey} then ${key} end`);
  const texts = parts.map(({ key }) => key);
  const names = texts.map((text, index) => `${text} as k${index}`);
  const aliases = texts.map((_, index) => `k${index}`).join(', ');
  const repeated = `select ${names.join(', ')} from ${table} as t where ${hasKey} group by ${texts.join(', ')} having count(*) > 1 limit ${sampleKeys}`;
  return {
    how: 'aggregates',
    values: {
      rows: dialect.countIf(hasKey),
      keys: dialect.countDistinct(keys),
      ...(dialect.someRepeated && source.sampleRows > 0
        ? { repeated: dialect.someRepeated(texts, hasKey, sampleKeys) }
        : {}),
    },
    judge(values) {
      const checked = Number(values.rows);
      if (checked === 0) return nothingToCheck;
      const found = { state: 'measured', checked, failed: checked - Number(values.keys) } as const;
      const repeatedKeys = keysOf(values.repeated ?? null);
      if (repeatedKeys.length === 0 || repeatedKeys.length * 2 < source.sampleRows) return found;
      const isOf = (key: readonly string[]) =>
        allOf(...parts.map(({ text }, index) => `${text} = ${dialect.literal(key[index] ?? '')}`));
      return { ...found, someOffending: allOf(hasKey, anyOf(repeatedKeys.map(isOf))) };
    },
    // The inner query stands in brackets of its own because MySQL takes no limit right behind IN.
    offending: allOf(
      hasKey,
      `(${texts.join(', ')}) in (select ${aliases} from (${repeated}) as repeated_keys)`,
    ),
  };
}

const keysOf = (json: SqlValue) =>
  z.array(z.array(z.string())).parse(typeof json === 'string' ? JSON.parse(json) : []);
