import { faultSentence, InputError, type YamlFault } from '../../contract.ts';

/** Faults told of one call: a hostile file may hold one per line. */
export const mostFaults = 1000;

/** Collects the faults of all files, to tell them together. */
export class FaultList {
  readonly #order: readonly string[];
  readonly #faults: { readonly file: string; readonly fault: YamlFault }[] = [];

  /** Names of the files in the order in which their faults are told. */
  constructor(order: readonly string[]) {
    this.#order = order;
  }

  add(file: string, fault: YamlFault): void {
    this.#faults.push({ file, fault });
  }

  /** Throws InputError with every fault, by file, line and column. */
  throwIfAny(): void {
    if (this.#faults.length === 0) return;
    const rank = new Map(this.#order.map((file, index) => [file, index]));
    const sentences = this.#faults
      .toSorted(
        (a, b) =>
          (rank.get(a.file) ?? 0) - (rank.get(b.file) ?? 0) ||
          (a.fault.line ?? 0) - (b.fault.line ?? 0) ||
          (a.fault.column ?? 0) - (b.fault.column ?? 0),
      )
      .map(({ file, fault }) => faultSentence(file, fault));
    const told = [...new Set(sentences)];
    const more = told.length - mostFaults;
    throw new InputError(
      more > 0 ? [...told.slice(0, mostFaults), `and ${more} more faults: mend these first`] : told,
    );
  }
}
