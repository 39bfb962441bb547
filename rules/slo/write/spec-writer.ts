import type { Slo } from '../../contract.ts';
import type { Feature } from './feature.ts';

/** Writes SLOs in one format. */
export interface SpecWriter {
  /** What the format has no words for. */
  readonly lacks: readonly Feature[];
  /** YAML documents in the order of the SLOs. */
  documentsOf(slos: readonly Slo[]): readonly object[];
}
