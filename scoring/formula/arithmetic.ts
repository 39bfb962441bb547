import { round as roundDecimal } from 'mathjs/number';

/** Relative and absolute tolerance of mathjs's comparisons (its defaults), which ours must equal. */
const relativeTolerance = 1e-12;
const absoluteTolerance = 1e-15;

/** Equal up to rounding noise, as mathjs compares: 0.1 + 0.2 == 0.3 holds. */
export function isNearlyEqual(a: number, b: number): boolean {
  if (a === b) return true;
  const difference = Math.abs(a - b);
  if (!(difference < Number.POSITIVE_INFINITY)) return false;
  return difference <= Math.max(relativeTolerance * Math.max(Math.abs(a), Math.abs(b)), absoluteTolerance);
}

export function isAtLeast(a: number, b: number): boolean {
  return a >= b || isNearlyEqual(a, b);
}

function isBelow(a: number, b: number): boolean {
  return a < b && !isNearlyEqual(a, b);
}

/** Half away from zero, after noise beyond the twelfth decimal has been taken away, as mathjs does. */
function round(x: number): number {
  const magnitude = Math.abs(x);
  if (!(magnitude < 2 ** 52)) return x;
  const whole = Math.floor(magnitude);
  const fraction = magnitude - whole;
  if (Math.abs(fraction - 0.5) > 1e-11 * (1 + magnitude)) {
    const rounded = fraction < 0.5 ? whole : whole + 1;
    return x < -absoluteTolerance ? -rounded : rounded;
  }
  const cleaned = roundDecimal(x, 12);
  return roundDecimal(isNearlyEqual(x, cleaned) ? cleaned : x, 0);
}

/** To the decimals given, half away from zero over the shortest decimal form: 1.005 becomes 1.01. */
export function roundToDecimals(x: number, decimals: number): number {
  return Number.isFinite(x) ? roundDecimal(x, decimals) : x;
}

/** Integer part; a value that rounding noise has put just below an integer counts as that integer, as in mathjs. */
function floor(x: number): number {
  const low = Math.floor(x);
  if (x === low) return low;
  return isNearlyEqual(x, low + 1) && !isNearlyEqual(x, low) ? low + 1 : low;
}

function ceil(x: number): number {
  const high = Math.ceil(x);
  if (x === high) return high;
  return isNearlyEqual(x, high - 1) && !isNearlyEqual(x, high) ? high - 1 : high;
}

function min(...values: readonly number[]): number {
  return values.reduce((least, value) => (Number.isNaN(value) || isBelow(value, least) ? value : least));
}

function max(...values: readonly number[]): number {
  return values.reduce((most, value) => (Number.isNaN(value) || isBelow(most, value) ? value : most));
}

function sum(...values: readonly number[]): number {
  return values.reduce((total, value) => total + value);
}

/** The functions of the formula language, with mathjs's own results over real numbers. */
export const functions = {
  abs: { run: Math.abs, arity: [1, 1] },
  min: { run: min, arity: [1, 32] },
  max: { run: max, arity: [1, 32] },
  floor: { run: floor, arity: [1, 1] },
  ceil: { run: ceil, arity: [1, 1] },
  round: { run: round, arity: [1, 1] },
  sqrt: { run: Math.sqrt, arity: [1, 1] },
  exp: { run: Math.exp, arity: [1, 1] },
  log: {
    run: (x: number, base?: number) => (base === undefined ? Math.log(x) : Math.log(x) / Math.log(base)),
    arity: [1, 2],
  },
  sum: { run: sum, arity: [1, 32] },
  mean: { run: (...values: readonly number[]) => sum(...values) / values.length, arity: [1, 32] },
  clamp: { run: (x: number, low: number, high: number) => min(max(x, low), high), arity: [3, 3] },
} as const satisfies Readonly<
  Record<string, { run: (...values: number[]) => number; arity: readonly [number, number] }>
>;
export type FunctionName = keyof typeof functions;

export function isFunctionName(name: string): name is FunctionName {
  return Object.hasOwn(functions, name);
}

/** What the generated code calls. */
export const runtime = {
  ...Object.fromEntries(Object.entries(functions).map(([name, { run }]) => [name, run])),
  isNearlyEqual,
  isAtLeast,
  isBelow,
};
