import assert from 'node:assert/strict';
import type { CheckResult, QualityRun } from '../collectors/contract.ts';
import { faultLines, leagueTable, resultsTable } from './quality-tables.ts';

const text = { zh: '文', en: 'text' };

function result(check: string, other: Partial<CheckResult> = {}): CheckResult {
  return {
    ...{ check, title: text, kind: 'completeness', columns: [], problem: 'missing', weight: 1 },
    ...{ dimension: 'completeness', state: 'measured', checked: 12_000, failed: 3000, ratio: 0.25 },
    ...{ figure: null, threshold: 'ratio <= 0.2', isMissed: true, sql: [], sample: null, memory: null },
    ...{ reason: null, remedy: null },
    ...other,
  };
}

function run(id: string, department: string | null, results: readonly CheckResult[]): QualityRun {
  return {
    ...{ subject: 'lin', checksSha256: 'f0', startedAt: '2026-11-20T08:00:00.000Z', durationSeconds: 0.5 },
    ...{ source: { id, title: text, department, engine: 'duckdb', location: 'a.csv', weight: 1 } },
    ...{ rows: 12_000, scans: 1, results },
  };
}

const unknown = { checked: null, failed: null, ratio: null, isMissed: null } as const;
const reason = { zh: '没有表 t', en: 'there is no table t' };
const remedy = { zh: '请确认', en: 'see that it is there' };

/** The cells of each row of a table, without its frame. */
const cellsOf = (table: string) =>
  table
    .split('\n')
    .filter((line) => line.startsWith('│'))
    .map((line) =>
      line
        .split('│')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    );

describe('tables of quality results', () => {
  it('show counts, ratio, the kind’s own figure and the verdict; a dash for what is not known', () => {
    const age = { name: 'age', value: 187_200, unit: 'seconds' };
    const runs = [
      run('a', null, [
        result('has-due', { figure: age }),
        result('later', {
          ...unknown,
          state: 'notApplicable',
          figure: { ...age, name: 'new', value: 100, unit: '' },
        }),
      ]),
    ];
    assert.deepEqual(cellsOf(resultsTable(runs, 'en')).slice(1), [
      [
        'a',
        'has-due',
        'Missing',
        'Completeness',
        '12,000',
        '3,000',
        '25.0 %',
        'age 2.2 d',
        '≤ 20\u00a0%',
        'MISSED',
      ],
      ['a', 'later', 'Missing', 'Completeness', '—', '—', '—', 'new 100', '≤ 20\u00a0%', 'not applicable'],
    ]);
  });

  it('rank departments with equal scores alike, and neither those without a score nor sources of no department', () => {
    const half = (id: string, department: string | null, ratio: number) =>
      run(id, department, [result('one', { ratio })]);
    const broken = run('d', '交通局', [result('one', { ...unknown, state: 'failed' })]);
    const runs = [half('a', '公安局', 0.25), half('b', '水务局', 0.25), half('c', null, 0.5), broken];
    assert.deepEqual(
      cellsOf(leagueTable(runs, 'zh'))
        .slice(1)
        .map((cells) => cells.slice(0, 4)),
      [
        ['1', '公安局', '1', '75.0'],
        ['1', '水务局', '1', '75.0'],
        ['—', '交通局', '1', '未评分'],
        ['—', '未指定责任部门', '1', '50.0'],
      ],
    );
  });

  it('give reasons with remedies, and once only where the source cannot be read', () => {
    const access = result('access', { kind: 'access', failed: 1, ratio: 1, reason, remedy });
    const failed = result('one', { ...unknown, state: 'failed', reason, remedy: null });
    const runs = [run('a', null, [access, failed]), run('b', null, [failed])];
    assert.deepEqual(faultLines(runs, 'zh'), [
      'a / access 超阈：没有表 t；请确认',
      'b / one 未能检核：没有表 t',
    ]);
    assert.equal(faultLines(runs, 'en')[0], 'a / access MISSED: there is no table t; see that it is there');
  });

  it('let no text of a source steer the terminal', () => {
    const sly = result('one', { ...unknown, state: 'failed', reason: { zh: 'x\u001b[31m', en: 'x' } });
    assert.deepEqual(faultLines([run('a', null, [sly])], 'zh'), ['a / one 未能检核：x�[31m']);
  });
});
