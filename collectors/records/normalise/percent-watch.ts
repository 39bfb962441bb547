import type { Text } from '../../contract.ts';
import { quoted } from '../reading/row.ts';

/** Looks at the numbers of columns that the mapping calls percentages: are they percentages at all? */
export class PercentWatch {
  readonly #greatest = new Map<string, number>();

  /** A number of the column as it is written, without percent sign. */
  take(column: string, written: number): void {
    const magnitude = Math.abs(written);
    if (magnitude > (this.#greatest.get(column) ?? -1)) this.#greatest.set(column, magnitude);
  }

  /** One note for each column in which no number is above 1. */
  notes(): Text[] {
    return [...this.#greatest].flatMap(([column, greatest]): Text[] => {
      if (greatest === 0 || greatest > 1) return [];
      const shown = quoted(column);
      return [
        {
          zh: `映射文件将 ${shown} 列视为百分数并除以 100，但该列没有大于 1 的数，可能本来就是 0 到 1 的比率：请核对，必要时去掉 scale: percent`,
          en: `the mapping divides column ${shown} by 100 as percentages, but none of its numbers is above 1: they look like ratios already; if so, remove scale: percent`,
        },
      ];
    });
  }
}
