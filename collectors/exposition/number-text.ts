import { LineFault } from './exposition-fault.ts';

/** 10^0 .. 10^15: all exact in a double, so that one division by them rounds once. */
export const powersOfTen = Array.from({ length: 16 }, (_, i) => 10 ** i);

const decimal = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;
const infinite = /^([+-]?)inf(?:inity)?$/i;

/** A number as Prometheus reads it: decimal, `Inf` with or without sign, `NaN`; no hexadecimal, no underscores. */
export function numberOf(text: string): number {
  if (decimal.test(text)) {
    const value = Number(text);
    if (Number.isFinite(value)) return value;
    throw new LineFault(`数值 ${text} 超出范围`, `the value ${text} is out of range`);
  }
  const sign = infinite.exec(text)?.[1];
  if (sign !== undefined) return sign === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^nan$/i.test(text)) return Number.NaN;
  const shown = JSON.stringify(text.length > 40 ? `${text.slice(0, 37)}...` : text);
  throw new LineFault(`${shown} 不是数值`, `${shown} is no number`);
}

/** Milliseconds since 1970 of a whole number of them (text 0.0.4). */
export function millisecondsOf(text: string): number {
  const value = /^-?\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
  if (Number.isSafeInteger(value)) return value;
  throw new LineFault(
    `时间戳 ${text} 不是整数毫秒`,
    `the timestamp ${text} is no whole number of milliseconds`,
  );
}

/** Milliseconds since 1970 of seconds with decimals (OpenMetrics), rounded: Prometheus cuts off and may be one less. */
export function millisecondsOfSeconds(text: string): number {
  const value = Math.round(numberOf(text) * 1000);
  if (Number.isSafeInteger(value)) return value;
  throw new LineFault(`时间戳 ${text} 超出范围`, `the timestamp ${text} is out of range`);
}
