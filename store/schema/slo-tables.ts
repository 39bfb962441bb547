import type { Generated } from 'kysely';
import type { ExclusionKind, SloFigure } from '../../rules/contract.ts';

export interface SloDefinitionsTable {
  /** Of `body`. */
  sha256: string;
  /** Canonical JSON of the definition. */
  body: string;
}

export interface SloFiguresTable {
  id: Generated<number>;
  subject_id: string;
  slo_id: string;
  span_kind: SloFigure['span']['kind'];
  span_id: string;
  from_at: string;
  to_at: string;
  as_of: string;
  /** A span of the SLO's own period, as opposed to a day of it. */
  is_period: boolean;
  has_ended: boolean;
  state: SloFigure['state'];
  revision: number;
  definition_sha256: string;
  /** Canonical JSON of the figure without its revision. */
  body: string;
}

export interface SloExclusionsTable {
  id: Generated<number>;
  subject_id: string;
  slo_id: string;
  kind: ExclusionKind;
  from_at: string;
  to_at: string;
  reason: string;
  signed_by: string;
  evidence: string;
  recorded_at: string;
  withdrawn_at: string | null;
  withdrawn_by: string | null;
}

/** Tables of the SLO register. */
export interface SloSchema {
  slo_definitions: SloDefinitionsTable;
  slo_figures: SloFiguresTable;
  slo_exclusions: SloExclusionsTable;
}
