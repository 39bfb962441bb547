/** One `TestResult`: a pass of a profile over one target. */
export interface TestResult {
  readonly line: number;
  readonly testSystem: string | null;
  /** As written; may lack a zone. */
  endTime: string | null;
  target: string | null;
  profile: string | null;
  readonly names: string[];
  readonly ruleResults: RuleResult[];
}

export interface RuleResult {
  readonly line: number;
  readonly rule: string;
  readonly severity: string | null;
  /** `pass`, `fail`, `notselected` ... */
  result: string;
  /** What of the target was looked at, where one rule is checked for several things. */
  readonly instances: string[];
}

export interface RuleText {
  readonly severity: string | null;
  title: string | null;
}

/** Results of XCCDF 1.2, section 6.6.4.2. `notselected` is no part of the profile and counts nowhere. */
export const passedResults = new Set(['pass', 'fixed']);
export const failedResults = new Set(['fail']);
export const otherResults = new Set(['error', 'unknown', 'notapplicable', 'notchecked', 'informational']);
/** The rule was to be checked and could not be: what it found before is not known to be mended. */
export const brokenResults = new Set(['error', 'unknown']);
