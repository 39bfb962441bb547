import assert from 'node:assert/strict';
import { InputError } from '../../contract.ts';
import { timeLayout } from './time-formats.ts';
import { zoneSteps } from './zone-steps.ts';

const refusals: readonly (readonly [string, RegExp])[] = [
  ['yyyy-MM', /yyyy, MM and dd are all needed/],
  ['dd/MM/yy', /yy is no part of a time/],
  ['yyyy-MM-ddTHH:mm', /T is no part of a time: letters that stand for themselves go in single quotes/],
  ['yyyy-MM-dd hh:mm', /hh and a belong together/],
  ['yyyy-MM-dd HH:mm a', /hh and a belong together/],
  ['yyyy-MM-dd HH::ss', /seconds need minutes/],
  ['yyyy-MM-dd mm', /minutes need hours/],
  ['yyyy-MM-dd dd', /two parts for the day/],
  ['yyyy-MM-dd HH:hh a', /two parts for the hour/],
  ["yyyy-MM-dd 'T", /is no part of a time/],
];

describe('a format of times', () => {
  it('says where each part is written', () => {
    const { positions, like, strptime, afterBlank } = timeLayout("yyyy年MM月dd日 'at' HH:mm 100%_");
    assert.deepEqual(positions, { year: 1, month: 6, day: 9, hour: 16, minute: 19 });
    assert.equal(like, '____年__月__日 at __:__ 100\\%\\_');
    assert.equal(strptime, '%Y年%m月%d日 at %H:%M 100%%_');
    assert.deepEqual(afterBlank, [16]);
  });

  it('matches the days that exist', () => {
    const matches = (text: string) => new RegExp(`^${timeLayout('dd.MM.yyyy').regex}$`).test(text);
    assert.deepEqual(
      [
        '31.01.2015',
        '31.04.2015',
        '29.02.2015',
        '29.02.2016',
        '29.02.1900',
        '29.02.2000',
        '00.01.2015',
        '01.13.2015',
        '01.01.0999',
      ].map(matches),
      [true, false, false, true, false, true, false, false, false],
    );
  });

  for (const [format, reason] of refusals) {
    it(`refuses ${format}`, () => {
      assert.throws(
        () => timeLayout(format),
        (error) => error instanceof InputError && reason.test(error.message) && error.zh !== null,
      );
    });
  }
});

describe('the steps of a zone', () => {
  it('are none where no offset ever changed, and two a year with summer time', () => {
    assert.deepEqual(zoneSteps('UTC'), { first: 0, steps: [] });
    const { first, steps } = zoneSteps('America/New_York');
    assert.equal(first, -18_000);
    assert.deepEqual(
      steps.filter(({ year }) => year === 2015),
      [
        { local: Date.UTC(2015, 2, 8, 3) / 1000, year: 2015, offset: -14_400 },
        { local: Date.UTC(2015, 10, 1, 2) / 1000, year: 2015, offset: -18_000 },
      ],
    );
  });

  it('refuse a name that is no zone', () => {
    assert.throws(() => zoneSteps('Beijing'), /time zone "Beijing" is not known: write an IANA name/);
  });
});
