import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkKindSpecs, checkKinds } from '../../collectors/contract.ts';
import { parseChecks } from '../../collectors/data-quality.ts';
import { checkExamples, qualityChecksPage } from './quality-checks.ts';

describe('the page of checks', () => {
  it('has a sound example of every kind', () => {
    const indented = Object.values(checkExamples).map(
      (example) => `      - ${example.split('\n').join('\n        ')}`,
    );
    const yaml = [
      'schema: citygauge/checks@1',
      'sources:',
      '  - { id: units, csv: units.csv }',
      '  - id: orders',
      '    csv: orders.csv',
      '    checks:',
      ...indented,
    ].join('\n');
    const [, orders] = parseChecks(yaml, 'examples').sources;
    const kinds = orders?.checks.map(({ kind }) => kind);
    assert.deepEqual(kinds, checkKinds.slice(1));
  });

  it('has a how-to beside it whose check file is sound', () => {
    const text = readFileSync(join(import.meta.dirname, '../data-quality.md'), 'utf8');
    const files = [...text.matchAll(/```yaml\n(schema: citygauge\/checks@1\n[^`]*)```/g)].map(
      ([, yaml]) => yaml,
    );
    const counts = files.map((yaml) => parseChecks(yaml ?? '', 'data-quality.md').sources[0]?.checks.length);
    assert.deepEqual(counts, [4]);
  });

  it('says of every kind what it counts to', () => {
    const page = qualityChecksPage();
    for (const kind of checkKinds) {
      const row = page.split('\n').find((line) => line.startsWith('|') && line.includes(`\`${kind}\``)) ?? '';
      assert.ok(row.includes(`\`${checkKindSpecs[kind].dimension}\``), kind);
      const { problem } = checkKindSpecs[kind];
      if (problem !== null) assert.ok(row.includes(`\`${problem}\``), kind);
    }
  });
});
