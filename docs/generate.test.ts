import assert from 'node:assert/strict';
import { referenceFiles, staleFiles } from './generate.ts';

describe('the generated reference', () => {
  it('names files that are missing, stale or no longer generated', () => {
    const expected = new Map([
      ['a.md', 'a'],
      ['b.md', 'new'],
      ['c.md', 'c'],
    ]);
    const found = new Map([
      ['b.md', 'old'],
      ['c.md', 'c'],
      ['gone.md', ''],
    ]);
    assert.deepEqual(staleFiles(expected, found), ['a.md', 'b.md', 'gone.md']);
    assert.deepEqual(staleFiles(expected, expected), []);
  });

  it('describes every command, model, metric and schema, the same at each making', async () => {
    const [first, second] = [await referenceFiles(), await referenceFiles()];
    assert.deepEqual(staleFiles(first, second), []);
    assert.equal(first.size, 15);
    const commands = first.get('commands.md') ?? '';
    for (const name of [
      'start',
      'import',
      'collect',
      'evaluate',
      'drill',
      'report',
      'verify',
      'model check',
      'doctor',
    ]) {
      assert.ok(commands.includes(`## citygauge ${name}`), name);
    }
    for (const name of ['evaluation', 'mapping', 'model', 'slo', 'telemetry', 'thresholds']) {
      assert.match(first.get(`${name}.schema.json`) ?? '', /"\$schema": "https:\/\/json-schema\.org/);
    }
  });
});
