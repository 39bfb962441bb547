import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { requireSharedData } from '../../../../test/real-parts.ts';
import type { RuleGroup } from '../../../contract.ts';
import {
  builtInCatalogues,
  groupsOf,
  manifestsOf,
  printYaml,
  type RuleManifest,
  ruleManifest,
} from '../../../generate.ts';
import { readSlos } from '../../../slo.ts';

/** As the expected rules were made: `sloth generate --extra-labels cmd=examplesgen.sh`, a build called dev. */
const options = {
  style: 'sloth',
  catalogues: builtInCatalogues,
  extraLabels: { cmd: 'examplesgen.sh' },
  version: 'dev',
} as const;

interface Golden extends Partial<RuleManifest> {
  readonly groups?: readonly RuleGroup[];
}

const rulesIn = (groups: readonly RuleGroup[]) => groups.reduce((sum, { rules }) => sum + rules.length, 0);

function goldenOf(folder: string, name: string): Golden[] {
  const text = readFileSync(join(folder, '_gen', name), 'utf8');
  return parseAllDocuments(text)
    .map((document) => document.toJS() as Golden | null)
    .filter((each) => each !== null);
}

describe('rules in the style of Sloth', () => {
  it('equal those of Sloth 0.16 for every public spec that needs no Go plugin', function () {
    const folder = requireSharedData(this, 'sloth/examples');
    const names = readdirSync(folder)
      .filter((name) => /\.ya?ml$/.test(name) && !/plugin|contrib/.test(name))
      .toSorted();
    let [documents, rules, plainRules] = [0, 0, 0];
    for (const name of names) {
      const text = readFileSync(join(folder, name), 'utf8');
      const groups = readSlos([{ name, text }]).slos.map((slo) => ({
        id: slo.id,
        groups: groupsOf(slo, options),
      }));
      const of = (ids: readonly string[]) =>
        groups.filter(({ id }) => ids.includes(id)).flatMap((each) => each.groups);
      const golden = goldenOf(folder, name);
      const manifests = manifestsOf(text).map((manifest) => ruleManifest(manifest, of(manifest.slos)));
      const written = manifests.length > 0 ? manifests : [{ groups: groups.flatMap((each) => each.groups) }];
      const expected =
        manifests.length > 0 ? golden : [{ groups: golden.flatMap((each) => each.groups ?? []) }];
      const parsed = written.map((document) => parse(printYaml(document)) as Golden);
      assert.deepEqual(parsed, expected, name);
      const count = rulesIn(expected.flatMap((each) => each.groups ?? each.spec?.groups ?? []));
      documents += golden.length;
      rules += count;
      if (!name.startsWith('victoria')) plainRules += count;
    }
    console.log(
      `      ${names.length} specs, ${documents} documents, ${rules} rules compared, ${plainRules} of plain PromQL`,
    );
    assert.deepEqual(
      { specs: names.length, documents, rules, plainRules },
      { specs: 12, documents: 15, rules: 330, plainRules: 296 },
    );
  });
});
