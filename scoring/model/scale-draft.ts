import type { Leaf, Scale } from '../contract.ts';
import { scoreOnScale } from '../engine/scale.ts';
import type { LeafFields } from './schema.ts';

type ScaledFields = Pick<LeafFields, 'scale' | 'direction' | 'best' | 'worst' | 'range' | 'unit'>;

/** The scale with `best` and `worst` put in; null when a linear scale lacks its worst value. */
export function makeScale(fields: Pick<LeafFields, 'scale' | 'best' | 'worst'>): Scale | null {
  const { scale, best, worst } = fields;
  if (scale === 'none') return { kind: 'none' };
  if (scale === 'linear') return worst === null ? null : { kind: 'linear', worst, best };
  if ('band' in scale) return { kind: 'band', ...scale.band };
  return { kind: 'steps', steps: scale.steps };
}

/** What contradicts itself among direction, best, worst, range and scale; key of the field and the fault. */
export function scaleFaults(fields: ScaledFields): { key: keyof ScaledFields; message: string }[] {
  const { direction, best, worst, range, unit } = fields;
  const faults: { key: keyof ScaledFields; message: string }[] = [];
  if (range.min !== null && range.max !== null && range.min >= range.max) {
    faults.push({ key: 'range', message: `min ${range.min} is not below max ${range.max}` });
  }
  if (unit === 'ratio' && (range.min === null || range.min < 0 || range.max === null || range.max > 1)) {
    faults.push({ key: 'range', message: 'a ratio lies in 0..1; for a percentage divide by 100' });
  }
  for (const [key, value] of [
    ['best', best],
    ['worst', worst],
  ] as const) {
    if (value !== null && isOutside(range, value)) {
      faults.push({ key, message: `${key} ${value} lies outside the range of values that may occur` });
    }
  }
  if (worst !== null && direction !== 'band' && (direction === 'higher') !== best > worst) {
    faults.push({
      key: 'direction',
      message: `"${direction}" is better, yet best is ${best} and worst ${worst}`,
    });
  }
  return [...faults, ...ownScaleFaults(fields)];
}

export function isOutside(range: Leaf['range'], value: number): boolean {
  return (range.min !== null && value < range.min) || (range.max !== null && value > range.max);
}

function ownScaleFaults(fields: ScaledFields): { key: keyof ScaledFields; message: string }[] {
  const at = (message: string) => [{ key: 'scale' as const, message }];
  const scale = makeScale(fields);
  if (!scale) return at('a linear scale needs a "worst" value');
  if ((scale.kind === 'band') !== (fields.direction === 'band') && scale.kind !== 'none') {
    return at('a band scale and "direction: band" go together');
  }
  if (scale.kind === 'band') {
    const { low, bestLow, bestHigh, high } = scale;
    if (!(low < bestLow && bestLow <= bestHigh && bestHigh < high)) {
      return at('a band needs low < bestLow <= bestHigh < high');
    }
  }
  if (
    scale.kind === 'steps' &&
    scale.steps.some((step, index) => step.from <= (scale.steps[index - 1]?.from ?? -Infinity))
  ) {
    return at('steps stand in ascending order of "from"');
  }
  const top = scoreOnScale(scale, fields.best);
  return top === null || top === 100
    ? []
    : at(`at best (${fields.best}) the scale gives ${top} instead of 100`);
}
