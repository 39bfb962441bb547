import type { Text, Unit } from '../../collectors/contract.ts';
import type { Measure } from './measure.ts';
import type { StageSpec } from './stage.ts';

/** A checked model (评估模型), made from YAML by `scoring/model`. Numbers that are policy live in the file, not in code. */
export interface Model {
  readonly id: string;
  readonly version: string;
  readonly title: Text;
  readonly description: Text;
  /** Lower-case hex SHA-256 of the YAML bytes. */
  readonly sha256: string;
  /** The YAML text itself, embedded into reports. */
  readonly yaml: string;
  readonly source: ModelSource;
  /** 0..1; below it a node prints its coverage and no grade. */
  readonly coverageFloor: number;
  /** Decimals to round to at every level, or null to compare unrounded values. */
  readonly roundTo: number | null;
  /** Best grade first; the last one starts at 0. */
  readonly grades: readonly GradeBand[];
  readonly overall: OverallRule;
  readonly interpretations: readonly Interpretation[];
  /** Lowest first; empty for a model without stages. */
  readonly stages: readonly StageSpec[];
  /** Top nodes (L1 modules), in display order. */
  readonly nodes: readonly ModelNode[];
}

export interface ModelSource {
  readonly document: Text;
  readonly section: Text;
  /** Whose numbers the weights and scales are: the document's, or ours. */
  readonly weightsBy: 'document' | 'citygauge';
  readonly notes: readonly Text[];
}

export interface GradeBand {
  readonly grade: string;
  /** Score 0..100; reached with `>=`. */
  readonly from: number;
  readonly meaning: Text;
}

export type OverallRule =
  /** The weighted mean of the modules, graded on `grades`. Weights are the modules' own. */
  | { readonly kind: 'score'; readonly explanation: Text }
  /** Rules over the counts of module grades, first match wins; the last has no condition. */
  | { readonly kind: 'gradeCounts'; readonly rules: readonly GradeCountRule[]; readonly explanation: Text };

export interface GradeCountRule {
  readonly id: string;
  readonly grade: string;
  /** A formula over grade letters (their counts), or one per option of an interpretation; null matches always. */
  readonly when:
    | string
    | { readonly interpretation: string; readonly options: Readonly<Record<string, string>> }
    | null;
  readonly reason: Text;
}

/** A point the source document leaves open, with the readings it allows. */
export interface Interpretation {
  readonly id: string;
  readonly question: Text;
  readonly default: string;
  readonly options: readonly { readonly id: string; readonly title: Text }[];
}

/** Any node of the tree; a leaf has no children and a measure. */
export interface ModelNode {
  /** Full id, `S1.T1`: the parent's id, a dot, the local id. */
  readonly id: string;
  /** Last part of the id: what the parent's formula calls it. */
  readonly localId: string;
  readonly level: number;
  readonly title: Text;
  readonly meaning: Text;
  readonly unit: Unit;
  /** Share of the parent, 0..1; null where the parent combines by a formula. */
  readonly weight: number | null;
  readonly combine: Combine | null;
  readonly children: readonly ModelNode[];
  readonly leaf: Leaf | null;
}

export type Combine =
  /** mathjs over local child ids; a sum whose terms each use one child gives that child its points. */
  | { readonly kind: 'formula'; readonly formula: string }
  | { readonly kind: 'method'; readonly method: 'arithmetic' };

export interface Leaf {
  readonly measure: Measure;
  readonly direction: 'higher' | 'lower' | 'band';
  /** Where the leaf earns all of its points, in its unit. */
  readonly best: number;
  /** Where it earns none; null where the formula's own floor decides. */
  readonly worst: number | null;
  /** The values that may occur; outside them is bad input. Null end = open. */
  readonly range: { readonly min: number | null; readonly max: number | null };
  /** Score 0..100 from the value; `none` where the parent's formula takes the raw value. */
  readonly scale: Scale;
  /** Relative difference up to which two sources are reconciled. */
  readonly tolerance: number;
  readonly zeroBase: 'notApplicable' | 'full' | 'zero';
  readonly frequency: 'week' | 'month' | 'quarter' | 'year';
  /** Who owes the figure. */
  readonly owner: Text;
  /** What to do when it is out of its range (干预计划). */
  readonly intervention: Text;
  /** Published figures to compare with; never norms. */
  readonly referencePoints: readonly {
    readonly value: number;
    readonly label: Text;
    readonly source: Text;
  }[];
}

export type Scale =
  | { readonly kind: 'none' }
  | { readonly kind: 'linear'; readonly worst: number; readonly best: number }
  /** 0 outside [low, high], 100 inside [bestLow, bestHigh], linear between. */
  | {
      readonly kind: 'band';
      readonly low: number;
      readonly bestLow: number;
      readonly bestHigh: number;
      readonly high: number;
    }
  /** Ascending `from`; the score of the last step whose `from` <= value; 0 below the first. */
  | { readonly kind: 'steps'; readonly steps: readonly { readonly from: number; readonly score: number }[] };

/** All nodes below and including `nodes`, in tree order. */
export function flattenNodes(nodes: readonly ModelNode[]): ModelNode[] {
  return nodes.flatMap((node) => [node, ...flattenNodes(node.children)]);
}

export function leavesOf(model: Model): ModelNode[] {
  return flattenNodes(model.nodes).filter((node) => node.leaf !== null);
}
