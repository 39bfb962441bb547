import type { CheckResult, QualityRun } from '../../collectors/contract.ts';

/** Runs of data-quality checks, with every result, kept for good. */
export interface QualityTable {
  /** Idempotent by subject, source and start: the same run again replaces itself. */
  save(run: QualityRun): Promise<void>;
  /** Of each source of these subjects the newest run that started before `before` (ISO instant; null = of all), by source id. */
  latest(subjects: readonly string[], before: string | null): Promise<readonly QualityRun[]>;
  /** Runs of one source, newest first. */
  runs(key: SourceKey, limit: number): Promise<readonly QualityRun[]>;
  /** Earlier results of one check, newest first, with the instant of their run. */
  results(
    key: SourceKey & { readonly check: string },
    limit: number,
  ): Promise<readonly (CheckResult & { readonly at: string })[]>;
}

export interface SourceKey {
  readonly subject: string;
  /** Id of the source in its check file. */
  readonly source: string;
}
