import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { rejectionOf, scratchFolder } from '../../test/scratch-folder.ts';
import { type ObservationsRequest, readObservations } from './read-observations.ts';
import { testCity, testIndicators } from './test-imports.ts';

const header = 'indicator,value,numerator,denominator,unit,state,reason,provenance,source';

describe('reading observations', () => {
  const folder = scratchFolder();
  const read = (text: string, request: Partial<ObservationsRequest> = {}) =>
    readObservations({
      path: folder.write('o.csv', text),
      subject: testCity,
      period: '2015-Q1',
      mapping: null,
      isSubject: (id) => id === 'boston/isd',
      indicators: testIndicators,
      asOf: '2016-01-01T05:00:00Z',
      ...request,
    });

  it('gives each figure its unit, its standing and the file it comes from', async () => {
    const text = `${header}\nS3.P1,0.83,,,,,,,\n`;
    const { observations, rejects, summary } = await read(text);
    const sha256 = createHash('sha256').update(text).digest('hex');
    assert.deepEqual(rejects, []);
    assert.deepEqual(observations, [
      {
        indicator: 'S3.P1',
        subject: 'boston',
        period: '2015-Q1',
        state: 'selfReported',
        value: 0.83,
        numerator: null,
        denominator: null,
        unit: 'ratio',
        provenance: 'selfReported',
        reason: null,
        source: {
          kind: 'file',
          query: null,
          files: [{ name: 'o.csv', sha256, rows: 1 }],
          rows: null,
          asOf: '2016-01-01T05:00:00Z',
        },
      },
    ]);
    assert.deepEqual([summary.read, summary.rejected, summary.sha256], [1, 0, sha256]);
  });

  for (const [row, state, provenance, value, reason] of [
    ['S3.P1,0.83,,,,,,,report p. 7', 'submitted', 'submitted', 0.83, null],
    ['S3.P1,0.83,,,,measured,,,', 'measured', 'measured', 0.83, null],
    ['S3.P1,0.83,,,,,,measured,', 'measured', 'measured', 0.83, null],
    ['S3.P1,0.83,,,,,,reconciled,', 'measured', 'reconciled', 0.83, null],
    ['S3.P1,0.83,,,,estimated,by sample,,', 'estimated', 'selfReported', 0.83, 'by sample'],
    ['S3.P1,,45,60,ratio,,,,', 'selfReported', 'selfReported', 0.75, null],
    ['S1.T1,,81,18,day,,,,', 'selfReported', 'selfReported', 4.5, null],
    ['S3.P1,,0,0,,,,,', 'zeroBase', null, null, 'The denominator is 0'],
    ['S3.P1,,,,,,,,', 'notReported', null, null, 'The file gives no value'],
    ['S3.P1,,,,,notApplicable,no such service,,', 'notApplicable', null, null, 'no such service'],
    ['S6.P3,0,,,count,,,,', 'selfReported', 'selfReported', 0, null],
  ] as const) {
    it(`takes ${row} as ${state}`, async () => {
      const { observations, rejects } = await read(`${header}\n${row}\n`);
      assert.deepEqual(rejects, []);
      const { value: got, reason: why, ...rest } = observations[0] ?? assert.fail('no observation');
      assert.deepEqual(
        [rest.state, rest.provenance, got, why?.en ?? null],
        [state, provenance, value, reason],
      );
    });
  }

  for (const [row, reason] of [
    ['S3.P9,0.5,,,,,,,', 'there is no indicator "S3.P9"; did you mean S3.P1?'],
    [
      'S3.P1,1.3,,,,,,,',
      '1.3 in column value is outside 0 to 1: if it is a percentage, write 0.85 for 85%; in an import a mapping can set scale: percent',
    ],
    ['S3.P1,-0.1,,,,,,,', '-0.1 in column value is outside 0 to 1: give a ratio from 0 to 1'],
    ['S3.P1,,61,60,,,,,', 'the numerator 61 is above the denominator 60: check whether they are swapped'],
    ['S3.P1,0.5,0,0,,,,,', 'the value 0.5 contradicts a denominator of 0: leave it empty'],
    ['S1.T1,-3,,,,,,,', 'the value -3 is negative: an indicator in day cannot be below 0'],
    ['S1.T1,3,,,hour,,,,', 'the unit hour is not day, which the model declares for S1.T1: convert the value'],
    [
      'S3.P1,NaN,,,,,,,',
      '"NaN" in column value is not a finite number: write digits without thousands separators',
    ],
    ['S3.P1,,,,,measured,,,', 'the state is measured but there is no value: give one, or write notReported'],
    [
      'S3.P1,0.5,,,,notReported,,,',
      'the state notReported goes without a value, but 0.5 is given: clear one of them',
    ],
    [
      'S3.P1,0.5,,,,selfReported,,measured,',
      'the state selfReported contradicts the provenance measured: give only one of them',
    ],
    ['S3.P1,,,,,notApplicable,,,', 'the state notApplicable needs a reason: fill in the column reason'],
    [
      'S3.P1,0.5,,,,mesured,,,',
      '"mesured" in column state is none of measured, estimated, submitted, selfReported, notReported, notApplicable, failed, stale, zeroBase, conflict, excluded (did you mean measured?): list it under fields.state.values of the mapping',
    ],
    [',0.5,,,,,,,', 'the indicator is missing'],
    ['S3.P1,0.5', '2 cells where the header has 9 columns: check delimiters and quotes'],
  ] as const) {
    it(`rejects ${row}`, async () => {
      const { observations, rejects, summary } = await read(`${header}\n${row}\n`);
      assert.deepEqual(observations, []);
      assert.deepEqual(
        rejects.map((reject) => [reject.line, reject.reason]),
        [[2, reason]],
      );
      assert.deepEqual([summary.read, summary.rejected], [1, 1]);
    });
  }

  it('needs no column but the indicator', async () => {
    const { observations } = await read('indicator\nS3.P1\nS3.P2\n');
    assert.deepEqual(
      observations.map(({ indicator, state }) => [indicator, state]),
      [
        ['S3.P1', 'notReported'],
        ['S3.P2', 'notReported'],
      ],
    );
    const error = await rejectionOf(read('value\n0.5\n'));
    assert.match(error.message, /has no column for "indicator" \(指标\) of observations/);
  });

  it('takes subject and period from the row where it has them, and one figure of each', async () => {
    const text =
      'indicator,subject,period,value\nS3.P1,boston/isd,2015-02,0.4\nS3.P1,,,0.5\nS3.P1,,2015-Q1,0.6\nS3.P1,,2015-Q5,0.6\n';
    const { observations, rejects } = await read(text);
    assert.deepEqual(
      observations.map(({ subject, period, value }) => [subject, period, value]),
      [
        ['boston/isd', '2015-02', 0.4],
        ['boston', '2015-Q1', 0.5],
      ],
    );
    assert.deepEqual(
      rejects.map(({ line, reason }) => `${line}: ${reason}`),
      [
        '4: repeats line 3: one indicator has one value per subject and period',
        '5: the period "2015-Q5" does not parse: write 2026-W37, 2026-09, 2026-Q3 or 2026',
      ],
    );
    assert.equal(
      (await read(text, { period: null })).rejects[0]?.reason,
      'the period is missing: fill in period or name one',
    );
  });
});
