import assert from 'node:assert/strict';
import { negotiateFormat } from './content-type.ts';

describe('the format of the metrics page', () => {
  const cases: readonly [string | undefined, string][] = [
    [undefined, 'text'],
    ['*/*', 'text'],
    ['text/html,application/xhtml+xml', 'text'],
    ['application/openmetrics-text', 'openMetrics'],
    [
      'application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,text/plain;version=0.0.4;q=0.5,*/*;q=0.1',
      'openMetrics',
    ],
    ['text/plain;q=0.9, application/openmetrics-text;q=0.4', 'text'],
    ['application/openmetrics-text;q=0', 'text'],
  ];
  for (const [accept, format] of cases) {
    it(`is ${format} for ${accept ?? 'no Accept header'}`, () =>
      assert.equal(negotiateFormat(accept), format));
  }
});
