import assert from 'node:assert/strict';
import { objections } from './rule-programs.ts';

describe('what a program objects to in rules', () => {
  it('is told without the files that it found good', () => {
    const printed = `  FAILED:
c.rules.yaml: 7:11: group "c", rule 1: could not parse expression
Checking a.rules.yaml
  SUCCESS: 10 rules found

Checking c.rules.yaml
Unit Testing:  /tmp/b.test.yaml
  SUCCESS

Checking d.rules.yaml
  SUCCESS: 2 rules found
`;
    assert.equal(
      objections(printed),
      [
        'FAILED:',
        'c.rules.yaml: 7:11: group "c", rule 1: could not parse expression',
        'Checking c.rules.yaml',
      ].join('\n'),
    );
  });
});
