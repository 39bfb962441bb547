import type { InstalledRules, RuleTestFile } from '../../rules/contract.ts';
import { groupsOf, type RuleStyle, testsOf } from '../../rules/generate.ts';
import { suiteDefaults, suiteGroups, suiteTests } from '../../rules/suite.ts';
import { thresholdGroups } from '../../rules/thresholds.ts';
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

const rulesFile = (kind: string, id: string) => `${kind}-${namePart(id)}.rules.yaml`;
export const testFileOf = (file: string) => file.replace(/\.rules\.yaml$/, '.test.yaml');

/** Zones change their offset at times that are known for years: within a year the same files are written. */
const beginningOfYear = (at: string) => `${at.slice(0, 4)}-01-01T00:00:00.000Z`;

const suiteSettings = ({ runbooks }: RuleOrder) => ({
  ...suiteDefaults,
  ...(runbooks !== undefined && { runbooks }),
});

/** All Prometheus rules of an installation, a file per SLO, threshold and group of the suite, in this order. InputError when an SLO's period has no windows. */
export function installedRules(promises: Promises, order: RuleOrder): InstalledRules[] {
  const { slos, thresholds, catalogues } = promises;
  const style = order.style ?? 'native';
  const at = beginningOfYear(order.at);
  return [
    ...slos.map((slo) => ({
      file: rulesFile('slo', slo.id),
      origin: { kind: 'slo', id: slo.id } as const,
      groups: groupsOf(slo, { style, catalogues }),
    })),
    ...thresholds.map((threshold) => ({
      file: rulesFile('threshold', threshold.id),
      origin: { kind: 'threshold', id: threshold.id } as const,
      groups: thresholdGroups([threshold], { at }),
    })),
    ...suiteGroups(suiteSettings(order)).map((group) => ({
      file: rulesFile('suite', group.name),
      origin: { kind: 'suite', id: group.name } as const,
      groups: [group],
    })),
  ];
}

/** promtool tests of the files of rules, by the name of their file. */
export function installedTests(
  promises: Promises,
  rules: readonly InstalledRules[],
  order: RuleOrder,
): ReadonlyMap<string, RuleTestFile> {
  const slos = new Map(promises.slos.map((slo) => [slo.id, slo]));
  const suite = suiteTests(suiteSettings(order));
  const tests = rules.flatMap(({ file, origin, groups }): [string, RuleTestFile][] => {
    const slo = origin.kind === 'slo' ? slos.get(origin.id) : undefined;
    if (slo) {
      const { catalogues } = promises;
      return [[testFileOf(file), testsOf(slo, groups, { ruleFile: file, catalogues })]];
    }
    if (origin.kind !== 'suite') return [];
    const own = new Set(
      groups.flatMap((group) => group.rules.flatMap((rule) => ('alert' in rule ? rule.alert : []))),
    );
    const mine = suite.filter(({ alert_rule_test }) =>
      alert_rule_test.some(({ alertname }) => own.has(alertname)),
    );
    return [[testFileOf(file), { rule_files: [file], evaluation_interval: '1m', tests: mine }]];
  });
  return new Map(tests);
}
