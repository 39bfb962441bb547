import type { GradeCondition } from '../contract.ts';

/** One comparison with a bound; alternatives of a condition are `or`, the rest `and`. */
export interface Comparison {
  readonly operator: '<' | '<=' | '>' | '>=';
  readonly bound: number;
}

/** A condition as alternatives of comparisons that hold together: what both the judge and PromQL are made of. */
export type Comparisons = readonly (readonly Comparison[])[];

const compare: Readonly<Record<Comparison['operator'], (value: number, bound: number) => boolean>> = {
  '<': (value, bound) => value < bound,
  '<=': (value, bound) => value <= bound,
  '>': (value, bound) => value > bound,
  '>=': (value, bound) => value >= bound,
};

/** When the grade is entered: bounds are inside it. */
export function entering(when: GradeCondition): Comparisons {
  switch (when.kind) {
    case 'above':
      return [[{ operator: '>=', bound: when.bound }]];
    case 'below':
      return [[{ operator: '<=', bound: when.bound }]];
    case 'outside':
      return [[{ operator: '<=', bound: when.low }], [{ operator: '>=', bound: when.high }]];
    case 'inside':
      return [
        [
          { operator: '>=', bound: when.low },
          { operator: '<=', bound: when.high },
        ],
      ];
  }
}

/** When a grade that was given is kept: until the value has come back over the bound by the whole margin. */
export function keeping(when: GradeCondition, margin: number): Comparisons {
  switch (when.kind) {
    case 'above':
      return [[{ operator: '>', bound: when.bound - margin }]];
    case 'below':
      return [[{ operator: '<', bound: when.bound + margin }]];
    case 'outside':
      return [[{ operator: '<', bound: when.low + margin }], [{ operator: '>', bound: when.high - margin }]];
    case 'inside':
      return [
        [
          { operator: '>', bound: when.low - margin },
          { operator: '<', bound: when.high + margin },
        ],
      ];
  }
}

export function holds(comparisons: Comparisons, value: number): boolean {
  return comparisons.some((all) => all.every(({ operator, bound }) => compare[operator](value, bound)));
}
