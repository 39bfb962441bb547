import type { CollectorPorts } from '../../contract.ts';
import type { CheckFile, SourceSpec } from '../check-file/check-spec.ts';
import type { CheckContext } from '../checks/check.ts';
import type { Budget } from './budget.ts';
import type { Sessions } from './opened-source.ts';

/** What is to be run. */
export interface CheckOrder {
  readonly subject: string;
  readonly file: CheckFile;
  /** One of the file's. */
  readonly source: SourceSpec;
  readonly ports: Pick<CollectorPorts, 'sql' | 'clock' | 'secret'>;
  /** Earlier results of one check of this source, newest first; none where there is no store. */
  history(check: string, limit: number): ReturnType<CheckContext['history']>;
  readonly signal: AbortSignal;
}

/** An order while it is carried out. */
export interface RunningOrder {
  readonly order: CheckOrder;
  readonly sessions: Sessions;
  readonly budget: Budget;
  /** ISO instant. */
  readonly startedAt: string;
}
