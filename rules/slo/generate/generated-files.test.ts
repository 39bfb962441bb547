import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireSharedData } from '../../../test/real-parts.ts';
import { acceptedBy } from '../../../test/rule-programs.ts';
import { type ScratchFolder, scratchFolder } from '../../../test/scratch-folder.ts';
import type { Slo } from '../../contract.ts';
import { builtInCatalogues, groupsOf, printRules, printTests, ruleStyles, testsOf } from '../../generate.ts';
import { readSlos } from '../../slo.ts';
import { catalogueOfWeek, sliKinds, slo } from './slo-fixtures.ts';

const catalogues = [...builtInCatalogues, catalogueOfWeek];
const samples = join(import.meta.dirname, '../../../samples/slo');

function specsIn(folder: string): { name: string; text: string }[] {
  return readdirSync(folder)
    .filter((name) => /\.ya?ml$/.test(name) && !/plugin|contrib|victoria/.test(name))
    .toSorted()
    .map((name) => ({ name, text: readFileSync(join(folder, name), 'utf8') }));
}

/** The public specs name no runbook; theirs would be the team's. */
const withRunbook = (each: Slo): Slo => ({
  ...each,
  alerting: { ...each.alerting, runbook: 'docs/runbooks/slo.md' },
});

interface Written {
  readonly rules: readonly string[];
  readonly tests: readonly string[];
  readonly alerts: number;
}

/** One rule file and one test file of each SLO and style; ids of the public specs repeat from file to file. */
function writeAll(folder: ScratchFolder, slos: readonly Slo[]): Written {
  let alerts = 0;
  const written = slos.flatMap((each, index) =>
    ruleStyles.map((style) => {
      const groups = groupsOf(each, { style, catalogues });
      alerts += groups.flatMap(({ rules }) => rules).filter((rule) => 'alert' in rule).length;
      const ruleFile = `${index}-${style}.rules.yaml`;
      const rules = folder.write(ruleFile, printRules({ groups }));
      const { tests, ...head } = testsOf(each, groups, { ruleFile, catalogues });
      return {
        rules,
        tests:
          tests.length === 0
            ? null
            : folder.write(`${index}-${style}.test.yaml`, printTests({ tests, ...head })),
      };
    }),
  );
  return {
    rules: written.map(({ rules }) => rules),
    tests: written.flatMap(({ tests }) => tests ?? []),
    alerts,
  };
}

const { alerting } = slo();

/** Own windows, guards, texts that templates and YAML read in their own way, alerts whose texts hold values. */
const unusual: readonly Slo[] = [
  slo({ period: { kind: 'rolling', days: 7 }, objectivePercent: 80, minimumEvents: 50 }),
  slo({ period: { kind: 'rolling', days: 28 }, objectivePercent: 99.9999 }),
  slo({ description: '{{ $value }} 100 %: "quoted" # 门户\n第二行', labels: { tier: '2', owner: 'yes' } }),
  slo({ alerting: { ...alerting, annotations: { summary: 'burns at {{ $value | humanize }}' } } }),
  slo({ alerting: { ...alerting, labels: { team: '{{ $labels.owner }}' }, ticket: null } }),
];

function slosOf(folder: string): Slo[] {
  const specs = [...specsIn(folder), ...specsIn(samples), ...specsIn(join(samples, 'examples'))];
  const read = specs.flatMap((spec) => readSlos([spec]).slos).map(withRunbook);
  return [
    ...read,
    ...sliKinds.map((sli, index) => slo({ id: `kinds-${index}`, name: `${index}`, sli })),
    ...unusual,
  ];
}

describe('generated rule files', function () {
  this.timeout(120_000);
  const folder = scratchFolder();
  let written: Written;

  before(function () {
    written = writeAll(folder, slosOf(requireSharedData(this, 'sloth/examples')));
  });

  it('are rules for promtool', function () {
    const said = acceptedBy(this, 'promtool', ['check', 'rules', ...written.rules]);
    assert.equal(said.match(/SUCCESS: \d+ rules found/g)?.length, written.rules.length);
  });

  it('have alerts that fire and stay silent as their tests say', function () {
    const said = acceptedBy(this, 'promtool', ['test', 'rules', ...written.tests]);
    assert.equal(said.match(/SUCCESS/g)?.length, written.tests.length);
    console.log(
      `      ${written.rules.length} rule files, ${written.alerts} alerts, ${written.tests.length} test files`,
    );
  });

  it('are rules for vmalert', function () {
    acceptedBy(this, 'vmalert', ['-dryRun', ...written.rules.map((file) => `-rule=${file}`)]);
  });
});
