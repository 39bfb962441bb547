import assert from 'node:assert/strict';
import type { AlertingRule } from '../../contract.ts';
import { readThresholds } from '../read/read-thresholds.ts';
import { thresholdGroups } from './rule-groups.ts';

const threshold = (unit: string, condition: string) => `
  - id: lag
    title: { zh: 时延, en: Lag }
    metric: x
    ${unit === '' ? '' : `unit: ${unit}`}
    grades:
      - { colour: red, ${condition}, role: { zh: 主任, en: Head }, plan: p }
      - { colour: blue, above: 0.07, role: r, plan: p, runbook: 'https://wiki.example/{{a}}' }
    noData: { for: 90m, colour: blue, role: { zh: 值班, en: Duty } }
`;

function alertsOf(unit: string, condition: string, runbooks?: string): readonly AlertingRule[] {
  const text = `schema: citygauge/thresholds@1\nthresholds:${threshold(unit, condition)}`;
  const [group] = thresholdGroups(readThresholds([{ name: 't.yaml', text }]), {
    at: '2026-11-01T00:00:00Z',
    runbooks,
  });
  return (group?.rules ?? []).filter((rule) => 'alert' in rule);
}

const told = (unit: string, condition: string) => {
  const { description = '', description_zh = '' } = alertsOf(unit, condition)[0]?.annotations ?? {};
  return [description, description_zh];
};

describe('what alerts of thresholds say', () => {
  it('is the figure and the bound in the unit of each language', () => {
    assert.deepEqual(told('seconds', 'above: 7200'), [
      'The value is {{ $value }} s; the grade is given at or above 7200 s. Role: Head',
      '当前值 {{ $value }} 秒，达到预警条件（不低于 7200 秒）；责任角色：主任',
    ]);
    assert.deepEqual(told('ratio', 'above: 0.14'), [
      'The value is {{ $value | humanizePercentage }}; the grade is given at or above 14%. Role: Head',
      '当前值 {{ $value | humanizePercentage }}，达到预警条件（不低于 14%）；责任角色：主任',
    ]);
    assert.deepEqual(told('mg/L', 'above: 3'), [
      'The value is {{ $value }} mg/L; the grade is given at or above 3 mg/L. Role: Head',
      '当前值 {{ $value }} mg/L，达到预警条件（不低于 3 mg/L）；责任角色：主任',
    ]);
    assert.deepEqual(told('', 'above: 3'), [
      'The value is {{ $value }}; the grade is given at or above 3. Role: Head',
      '当前值 {{ $value }}，达到预警条件（不低于 3）；责任角色：主任',
    ]);
  });

  it('is for how long nothing came', () => {
    const { description, description_zh } = alertsOf('', 'above: 3')[2]?.annotations ?? {};
    assert.equal(description, 'There have been no data for 90 min, so nothing is known. Role: Duty');
    assert.equal(description_zh, '已有 90 分钟没有数据，无法判定；责任角色：值班');
  });

  it('names the runbook of the grade, else that of all grades or of silence', () => {
    const runbooks = (base?: string) =>
      alertsOf('', 'above: 3', base).map(({ annotations }) => annotations?.runbook_url);
    assert.deepEqual(runbooks(), [
      'docs/runbooks/threshold-grade.md',
      'https://wiki.example/{{ "{{" }}a}}',
      'docs/runbooks/threshold-no-data.md',
    ]);
    assert.equal(runbooks('https://wiki.example/')[0], 'https://wiki.example/threshold-grade.md');
  });
});
