/** Seconds that `work` takes, with its result. */
export async function timed<T>(work: () => Promise<T>): Promise<{ seconds: number; result: T }> {
  const start = process.hrtime.bigint();
  const result = await work();
  return { seconds: Number(process.hrtime.bigint() - start) / 1e9, result };
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[sorted.length % 2 ? middle : middle - 1], sorted[middle]];
  return (low + high) / 2;
}

/** One line of a bench: `import  boston once   rows per second  52,310`. */
export function print(bench: string, what: string, figure: string): void {
  console.log(`${bench.padEnd(10)} ${what.padEnd(58)} ${figure}`);
}

export const whole = (value: number) => Math.round(value).toLocaleString('en');
export const ratio = (value: number) => `x ${value.toFixed(2)}`;
