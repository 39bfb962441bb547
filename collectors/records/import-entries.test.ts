import assert from 'node:assert/strict';
import { scratchFolder } from '../../test/scratch-folder.ts';
import { runImport } from './test-imports.ts';

describe('importing entries', () => {
  const folder = scratchFolder();
  const run = (text: string, yaml?: string) =>
    runImport({
      path: folder.write('entries.csv', text),
      kind: 'entries',
      ...(yaml === undefined ? {} : { yaml }),
    });

  it('derives the id from indicator, period and subject', async () => {
    const { records } = await run('indicator,period,value,evidence\nS3.P1,2015-Q1,0.83,doc.pdf\n');
    assert.deepEqual(records, [
      {
        id: 'S3.P1|2015-Q1|boston',
        subject: 'boston',
        fields: {
          indicator: 'S3.P1',
          period: '2015-Q1',
          value: 0.83,
          numerator: null,
          denominator: null,
          evidence: 'doc.pdf',
          submittedBy: null,
          verifiedBy: null,
        },
        fault: null,
        line: 2,
      },
    ]);
  });

  it('takes a denominator of 0 as it is and rejects figures that cannot be', async () => {
    const { records, rejects } = await run(`indicator,period,value,numerator,denominator
S3.P1,2015-01,,0,0
S3.P1,2015-02,1.3,,
S3.P1,2015-03,-0.1,,
S3.P1,2015-04,83,,
S3.P1,2015-05,83%,,
S3.P1,2015-06,,7,6
S3.P1,2015-07,,7,
S3.P1,2015-08,0.9,45,60
S3.P1,2015-13,0.9,,
S3.PI,2015-09,0.9,,
S6.P3,2015-09,-2,,
S8.X,2015-09,104,,
S3.P1,2015-10,,,
,2015-10,0.4,,
S3.P1,2015-11,NaN,,
S3.P1,2015-12,0.75,45,60
S3.P1,2015-01,,5,0
S1.T1,2015-01,85%,,
`);
    assert.deepEqual(
      records.map(({ fields: f }) => [f.period, f.value, f.numerator, f.denominator]),
      [
        ['2015-01', null, 0, 0],
        ['2015-12', 0.75, 45, 60],
      ],
    );
    assert.deepEqual(
      rejects.map(({ line, reason }) => `${line}: ${reason}`),
      [
        '3: 1.3 in column value is outside 0 to 1: if it is a percentage, write 0.85 for 85%; in an import a mapping can set scale: percent',
        '4: -0.1 in column value is outside 0 to 1: give a ratio from 0 to 1',
        '5: 83 in column value is outside 0 to 1: if it is a percentage, write 0.85 for 85%; in an import a mapping can set scale: percent',
        '6: "83%" in column value is a percentage: write 0.85 for 85%; in an import a mapping can set scale: percent',
        '7: the numerator 7 is above the denominator 6: check whether they are swapped',
        '8: there is no figure: give a value, or numerator and denominator',
        '9: the value 0.9 is not numerator 45 / denominator 60',
        '10: the period "2015-13" does not parse: write 2026-W37, 2026-09, 2026-Q3 or 2026',
        '11: there is no indicator "S3.PI"; did you mean S3.P1?',
        '12: the value -2 is negative: an indicator in count cannot be below 0',
        '13: the score 104 is outside 0 to 100',
        '14: there is no figure: give a value, or numerator and denominator',
        '15: indicator is missing',
        '16: "NaN" in column value is not a finite number: write digits without thousands separators',
        '18: the numerator is 5 though the denominator is 0: where there is nothing to count both are 0, correct one of them',
        '19: "85%" in column value is a percentage, but the indicator is in day: write its figure in day, without percent sign',
      ],
    );
  });
});
