import type { Slo, WindowCatalogue } from '../../contract.ts';

export const ruleStyles = ['native', 'sloth'] as const;
export type RuleStyle = (typeof ruleStyles)[number];

export interface RuleOptions {
  readonly style: RuleStyle;
  /** Looked through from the first: own ones stand before the built-in ones. */
  readonly catalogues: readonly WindowCatalogue[];
  /** Added to every recorded series, and so to every alert. */
  readonly extraLabels?: Readonly<Record<string, string>>;
  /** Of the program, as the label `sloth_version` says it. */
  readonly version?: string;
}

/** An SLO whose windows are found, with all labels that its series bear. */
export interface RuleTask {
  readonly slo: Slo;
  readonly catalogue: WindowCatalogue;
  readonly extraLabels: Readonly<Record<string, string>>;
  readonly version: string;
}
