import assert from 'node:assert/strict';
import { version } from '../cli/version-file.ts';
import { scoringEngine } from '../scoring/engine.ts';

describe('the name of the engine', () => {
  it('carries the version of the package', () => {
    assert.equal(scoringEngine.name, `citygauge ${version}`);
  });
});
