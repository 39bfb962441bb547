import { InputError } from '../../collectors/contract.ts';
import type { InstalledRules, RuleTest, RuleTestFile } from '../../rules/contract.ts';
import { groupsOf, type RuleStyle, ruleFaults, testsOf } from '../../rules/generate.ts';
import { suiteDefaults, suiteGroups, suiteTests } from '../../rules/suite.ts';
import { thresholdGroups, thresholdTests } from '../../rules/thresholds.ts';
import { sha256Of } from '../../scoring/contract.ts';
import type { Promises } from './promises.ts';

export interface RuleOrder {
  /** ISO instant: thresholds' schedules have the changes of their zones from the beginning of its year on. */
  readonly at: string;
  /** Native when absent. */
  readonly style?: RuleStyle | undefined;
  /** Folder or address of the runbooks, with its slash; `docs/runbooks/` when absent. */
  readonly runbooks?: string | undefined;
}

/** A file system takes 255 bytes; the ending and the temporary name's need some of them. */
const longestName = 180;

/** An id as part of a file's name: what other systems may not write is replaced, and a hash then keeps names apart. */
function namePart(id: string): string {
  const plain = id.replace(/[^\p{L}\p{N}._-]/gu, '_');
  if (plain === id && Buffer.byteLength(id) <= longestName && !id.startsWith('.')) return id;
  const short = Buffer.from(plain)
    .subarray(0, longestName - 20)
    .toString('utf8')
    .replace(/\uFFFD$/, '');
  return `${short.replace(/^\./, '_')}-${sha256Of(id).slice(0, 8)}`;
}

export const rulesFile = (kind: string, id: string) => `${kind}-${namePart(id)}.rules.yaml`;
export const testFileOf = (file: string) => file.replace(/\.rules\.yaml$/, '.test.yaml');

/** Zones change their offset at times that are known for years: within a year the same files are written. */
const beginningOfYear = (at: string) => `${at.slice(0, 4)}-01-01T00:00:00.000Z`;

const thresholdOptions = ({ at, runbooks }: RuleOrder) => ({ at: beginningOfYear(at), runbooks });

const suiteSettings = ({ runbooks }: RuleOrder) => ({
  ...suiteDefaults,
  ...(runbooks !== undefined && { runbooks }),
});

/** All Prometheus rules of an installation, a file per SLO, threshold and group of the suite, in this order. InputError with every fault of every SLO. */
export function installedRules(promises: Promises, order: RuleOrder): InstalledRules[] {
  const { slos, thresholds, catalogues } = promises;
  const options = { style: order.style ?? 'native', catalogues };
  const faults = slos.flatMap((slo) => ruleFaults(slo, options));
  if (faults.length > 0) throw new InputError(faults);
  return [
    ...slos.map((slo) => ({
      file: rulesFile('slo', slo.id),
      origin: { kind: 'slo', id: slo.id } as const,
      groups: groupsOf(slo, options),
    })),
    ...thresholds.map((threshold) => ({
      file: rulesFile('threshold', threshold.id),
      origin: { kind: 'threshold', id: threshold.id } as const,
      groups: thresholdGroups([threshold], thresholdOptions(order)),
    })),
    ...suiteGroups(suiteSettings(order)).map((group) => ({
      file: rulesFile('suite', group.name),
      origin: { kind: 'suite', id: group.name } as const,
      groups: [group],
    })),
  ];
}

function testsOfGroups({ file, groups }: InstalledRules, suite: readonly RuleTest[]): RuleTestFile {
  const rules = groups.flatMap((group) => group.rules);
  const alerts = new Set(rules.flatMap((rule) => ('alert' in rule ? rule.alert : [])));
  const tests = suite.filter(({ alert_rule_test }) =>
    alert_rule_test.some(({ alertname }) => alerts.has(alertname)),
  );
  return { rule_files: [file], evaluation_interval: '1m', tests };
}

/** promtool tests of every file of rules, with the name of their own file; made one by one, for thousands do not fit beside each other. */
export function* installedTests(
  promises: Promises,
  rules: readonly InstalledRules[],
  order: RuleOrder,
): Generator<readonly [string, RuleTestFile]> {
  const slos = new Map(promises.slos.map((slo) => [slo.id, slo]));
  const thresholds = new Map(promises.thresholds.map((threshold) => [threshold.id, threshold]));
  const suite = suiteTests(suiteSettings(order));
  const { catalogues } = promises;
  const testsOfFile = (each: InstalledRules): RuleTestFile => {
    const { kind, id } = each.origin;
    const slo = kind === 'slo' ? slos.get(id) : undefined;
    if (slo) return testsOf(slo, each.groups, { ruleFile: each.file, catalogues });
    const threshold = kind === 'threshold' ? thresholds.get(id) : undefined;
    if (threshold) return thresholdTests([threshold], { ruleFile: each.file, ...thresholdOptions(order) });
    return testsOfGroups(each, suite);
  };
  for (const each of rules) yield [testFileOf(each.file), testsOfFile(each)];
}
