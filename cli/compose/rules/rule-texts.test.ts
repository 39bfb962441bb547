import assert from 'node:assert/strict';
import { builtInCatalogues } from '../../../rules/generate.ts';
import { readSlos } from '../../../rules/slo.ts';
import { readThresholds } from '../../../rules/thresholds.ts';
import type { Promises } from '../promises.ts';
import { installedRules, rulesFile, testFileOf } from '../rules.ts';
import { generatedLine, ruleTexts } from './rule-texts.ts';

const at = '2026-11-20T08:00:00.000Z';

const sloText = (service: string, more = '') => `schema: citygauge/slo@1
service: ${service}
slos:
  - name: availability
    objective: 99.9
    period: ${more || '30d'}
    sli: { counters: { bad: 'http_requests_total{code=~"5.."}', total: http_requests_total } }
    alerting: { name: Errors, runbook: docs/runbooks/slo-page.md }
`;

const thresholdText = `schema: citygauge/thresholds@1
thresholds:
  - id: water-level
    title: { zh: 水位, en: Water level }
    metric: water_level_metres
    unit: m
    grades:
      - { colour: red, above: 4.5, role: { zh: 市级指挥长, en: City commander }, plan: { zh: 一级预案, en: Plan 1 } }
      - { colour: yellow, above: 3.5, role: { zh: 街道, en: Street }, plan: { zh: 三级预案, en: Plan 3 } }
`;

function promisesOf(specs: readonly string[], thresholds: readonly string[] = []): Promises {
  const files = (texts: readonly string[]) => texts.map((text, index) => ({ name: `${index}.yaml`, text }));
  return {
    ...readSlos(files(specs)),
    thresholds: readThresholds(files(thresholds)),
    catalogues: builtInCatalogues,
  };
}

describe('the rules of an installation', () => {
  it('are a file per SLO, threshold and group of the suite, in this order, with where they come from', () => {
    const rules = installedRules(promisesOf([sloText('portal'), sloText('hotline')], [thresholdText]), {
      at,
    });
    assert.deepEqual(
      rules.slice(0, 4).map(({ file, origin }) => [file, origin.kind, origin.id]),
      [
        ['slo-portal-availability.rules.yaml', 'slo', 'portal-availability'],
        ['slo-hotline-availability.rules.yaml', 'slo', 'hotline-availability'],
        ['threshold-water-level.rules.yaml', 'threshold', 'water-level'],
        ['suite-citygauge-process.rules.yaml', 'suite', 'citygauge-process'],
      ],
    );
    assert.ok(rules.slice(3).every(({ origin }) => origin.kind === 'suite'));
    assert.ok(rules.every(({ groups }) => groups.length > 0));
  });

  it('have names that every file system writes, and that stay apart', () => {
    assert.equal(rulesFile('slo', '热线-availability'), 'slo-热线-availability.rules.yaml');
    const odd = ['a b', 'a/b', 'a:b'].map((id) => rulesFile('threshold', id));
    for (const name of odd) assert.match(name, /^threshold-a_b-[0-9a-f]{8}\.rules\.yaml$/);
    assert.equal(new Set(odd).size, 3);
    assert.match(rulesFile('slo', '../up'), /^slo-_\._up-[0-9a-f]{8}\.rules\.yaml$/);
    const long = rulesFile('slo', '热'.repeat(90));
    assert.ok(Buffer.byteLength(long) < 220, long);
    assert.match(long, /^slo-热+-[0-9a-f]{8}\.rules\.yaml$/u);
  });

  it('are written the same at each making, with a test file beside every file of rules', () => {
    const promises = promisesOf([sloText('portal')], [thresholdText]);
    const { rules, files } = ruleTexts(promises, { at });
    assert.deepEqual(ruleTexts(promises, { at: '2026-02-01T00:00:00.000Z' }).files, files);
    assert.deepEqual([...files.keys()].sort(), rules.flatMap(({ file }) => [file, testFileOf(file)]).sort());
    for (const [name, text] of files) assert.ok(text.startsWith(`${generatedLine}\n`), name);
  });

  it('are of Sloth’s style where that is asked for', () => {
    const promises = promisesOf([sloText('portal')]);
    const [native] = installedRules(promises, { at });
    const [sloth] = installedRules(promises, { at, style: 'sloth' });
    assert.match(native?.groups[0]?.name ?? '', /^citygauge-slo/);
    assert.match(sloth?.groups[0]?.name ?? '', /^sloth-slo-sli-recordings-/);
  });

  it('are refused with every SLO that has no windows, all together', () => {
    const bad = promisesOf([sloText('portal', '11d'), sloText('water'), sloText('hotline', '13d')]);
    assert.throws(
      () => installedRules(bad, { at }),
      (error: { faults?: readonly string[] }) => {
        assert.equal(error.faults?.length, 2);
        assert.match(error.faults?.[0] ?? '', /^0\.yaml line 4: SLO portal-availability: .* 11d /);
        assert.match(error.faults?.[1] ?? '', /^2\.yaml line 4: SLO hotline-availability: .* 13d /);
        return true;
      },
    );
  });
});
