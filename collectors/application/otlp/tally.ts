import type { DropReason } from '../../contract.ts';

/** What became of one request's points or spans. */
export class Tally {
  accepted = 0;
  rejected = 0;
  /** In English, as OTLP asks; of the first that was rejected. */
  firstReason = '';
  private readonly dropped: Partial<Record<DropReason, number>>;

  /** `dropped` is counted up, for the run's outcome. */
  constructor(dropped: Partial<Record<DropReason, number>>) {
    this.dropped = dropped;
  }

  reject(reason: DropReason, sentence: string): void {
    this.rejected += 1;
    this.dropped[reason] = (this.dropped[reason] ?? 0) + 1;
    if (this.firstReason === '') this.firstReason = sentence;
  }
}
