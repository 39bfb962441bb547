import assert from 'node:assert/strict';
import type { CollectorOutcome } from '../../../collectors/contract.ts';
import { jobFindings } from './job-findings.ts';
import { retentionDays, retentionFinding, skewFinding } from './prometheus-findings.ts';
import { secretRefsIn } from './settings-findings.ts';

function run(job: string, error: string | null) {
  const outcome: CollectorOutcome = {
    job,
    collector: 'exposition',
    subject: 'lin',
    startedAt: '2026-11-20T08:00:00.000Z',
    durationSeconds: 0.2,
    attempts: 1,
    state: error === null ? 'succeeded' : 'failed',
    samples: 3,
    series: 3,
    records: 0,
    dropped: {},
    gaps: [],
    targets: [],
    error: error === null ? null : { zh: error, en: error },
    remedy: null,
  };
  return { outcome, lastSuccessAt: error === null ? outcome.startedAt : null };
}

describe('findings of the doctor', () => {
  it('name every job whose last run failed, with its error and how to look closer', () => {
    assert.deepEqual(jobFindings([]), []);
    const [all, nodes, ...others] = jobFindings([run('portal', null), run('nodes', 'refused')]);
    assert.deepEqual([all?.verdict, all?.found], ['note', '1 of 2 well at their last run']);
    assert.deepEqual([nodes?.verdict, nodes?.what.en], ['broken', 'Job nodes']);
    assert.equal(nodes?.found, '2026-11-20T08:00:00.000Z: refused (last success: never)');
    assert.equal(nodes?.nextStep?.en, 'citygauge collect nodes runs it alone');
    assert.deepEqual(others, []);
  });

  it('read durations as Prometheus writes them', () => {
    const texts = ['15d', '1y2w', '36h', '0s', '90', 'soon'];
    assert.deepEqual(texts.map(retentionDays), [15, 379, 1.5, 0, null, null]);
  });

  it('name the periods that a retention is too short for', () => {
    assert.equal(retentionFinding(366).verdict, 'good');
    assert.deepEqual(
      [400, 366, 365, 40, 15].map((days) => retentionFinding(days).nextStep?.en.split(':')[0] ?? null),
      [
        null,
        null,
        'shorter than years',
        'shorter than quarters, years',
        'shorter than months, quarters, years',
      ],
    );
    assert.equal(retentionFinding(null).verdict, 'note');
  });

  it('take a clock skew seriously from five seconds, and as broken from a minute', () => {
    assert.deepEqual(
      [0, 4.9, -5, 59, 60, -3600].map((seconds) => skewFinding(seconds).verdict),
      ['good', 'good', 'note', 'note', 'broken', 'broken'],
    );
  });

  it('find every pointer to a secret, however deep, and nothing else', () => {
    const settings = {
      path: 'a.csv',
      auth: { bearer: { env: 'TOKEN' } },
      targets: [{ url: 'http://x', basic: { user: 'u', password: { file: 'p' } } }],
      labels: { env: 'production', layer: 'cloud' },
    };
    assert.deepEqual(secretRefsIn(settings), [{ env: 'TOKEN' }, { file: 'p' }]);
  });
});
