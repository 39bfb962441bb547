import assert from 'node:assert/strict';
import { acceptedBy } from '../../test/rule-programs.ts';
import { scratchFolder } from '../../test/scratch-folder.ts';
import type { ThresholdSchedule } from '../contract.ts';
import { localDayPromql, localTimePromql, schedulePromql } from './prometheus/schedule-promql.ts';
import { isWatched } from './schedule.ts';

const minutes = (text: string) => {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
};
const schedule = (
  timeZone: string,
  days: ThresholdSchedule['days'],
  hours: readonly (readonly [string, string])[],
  dates: Partial<ThresholdSchedule> = {},
): ThresholdSchedule => ({
  ...{ timeZone, days, holidays: [], workedInstead: [] },
  hours: hours.map(([from, to]) => ({ fromMinute: minutes(from), toMinute: minutes(to) })),
  ...dates,
});

interface PromtoolTest {
  readonly interval: string;
  readonly input_series?: readonly object[];
  readonly promql_expr_test: readonly object[];
}

const china = { holidays: ['2026-10-01', '2026-10-02'], workedInstead: ['2026-10-10'] };

describe('a schedule', () => {
  const office = schedule('Asia/Shanghai', 'working', [['08:30', '12:00']], china);

  it('is on within its hours of local time, the end left out', () => {
    const on = (at: string) => isWatched(office, at);
    assert.deepEqual(
      ['2026-09-30T00:29:59Z', '2026-09-30T00:30:00Z', '2026-09-30T03:59:59Z', '2026-09-30T04:00:00Z'].map(
        on,
      ),
      [false, true, true, false],
    );
  });

  it('knows working days, holidays and days worked instead', () => {
    const free = { ...office, days: 'free' as const };
    const days = ['2026-09-30', '2026-10-01', '2026-10-03', '2026-10-10', '2026-10-11'];
    const on = (of: ThresholdSchedule) => days.map((day) => isWatched(of, `${day}T01:00:00Z`));
    assert.deepEqual(on(office), [true, false, false, true, false]);
    assert.deepEqual(on(free), [false, true, true, false, true]);
  });

  it('goes over midnight with the day on which it began', () => {
    const night = schedule('Asia/Shanghai', 'working', [['22:00', '06:00']]);
    const friday = '2026-10-16T';
    const on = (at: string) => isWatched(night, at);
    assert.deepEqual(
      [`${friday}14:00:00Z`, `${friday}21:59:00Z`, `${friday}22:00:00Z`, '2026-10-17T14:00:00Z'].map(on),
      [true, true, false, false],
    );
  });

  describe('as PromQL', function () {
    this.timeout(60_000);
    const folder = scratchFolder();
    const dates = { holidays: ['1970-04-27', '1970-04-28', '1970-05-01'], workedInstead: ['1970-05-02'] };
    const nights = [['22:00', '06:00'] as const, ['12:00', '13:00'] as const];
    const all: readonly ThresholdSchedule[] = [
      schedule('America/New_York', 'all', [['01:00', '03:30']]),
      schedule('America/New_York', 'working', nights, dates),
      schedule('Asia/Shanghai', 'free', [], dates),
      schedule('Asia/Kathmandu', 'free', [['23:30', '00:30']], dates),
      schedule('Europe/London', 'working', [['00:00', '24:00']]),
      schedule('UTC', 'all', []),
    ];
    /** Half hours since 1970: the last week of April and the first of May, every five and a half hours. */
    const instants = Array.from({ length: 44 }, (_, index) => 1_800_000 * (5478 + 11 * index));
    const iso = (at: number) => new Date(at).toISOString();
    /** Another reckoning than the one of the program: what the runtime prints for the zone. */
    const localSeconds = (timeZone: string, at: number) =>
      Date.parse(`${new Date(at).toLocaleString('sv-SE', { timeZone }).replace(' ', 'T')}Z`) / 1000;

    const accepts = (context: Mocha.Context, test: PromtoolTest) => {
      const files = { rule_files: [], evaluation_interval: test.interval, tests: [test] };
      acceptedBy(context, 'promtool', ['test', 'rules', folder.write('test.yaml', JSON.stringify(files))]);
    };

    it('has the local time of its zone, over changes of summer time', function () {
      const zones = [...new Map(all.map((each) => [each.timeZone, each])).values()];
      const checks = zones.flatMap((zone) => {
        const expr = localTimePromql(zone, '1970-01-01T00:00:00Z');
        return instants.map((at) => ({
          ...{ expr, eval_time: `${at / 1000}s` },
          exp_samples: [{ labels: '{}', value: localSeconds(zone.timeZone, at) }],
        }));
      });
      accepts(this, { interval: '1d', promql_expr_test: checks });
      const offsets = instants.map((at) => localSeconds('America/New_York', at) - at / 1000);
      assert.deepEqual([...new Set(offsets)], [-18_000, -14_400]);
    });

    it('is on at the same instants, over midnight and on free days', function () {
      const verdicts = all.map((each) => instants.map((at) => (isWatched(each, iso(at)) ? 1 : 0)));
      const series = all.map((each, index) => ({
        series: `local_time{schedule="${index}"}`,
        values: instants.map((at) => localSeconds(each.timeZone, at)).join(' '),
      }));
      const checks = all.flatMap((each, index) => {
        const time = `local_time{schedule="${index}"}`;
        const expr = `sum(${schedulePromql(each, { time, day: localDayPromql(time) })})`;
        return instants.map((_, minute) => ({
          ...{ expr, eval_time: `${minute}m` },
          exp_samples: [{ labels: '{}', value: verdicts[index]?.[minute] ?? -1 }],
        }));
      });
      accepts(this, { interval: '1m', input_series: series, promql_expr_test: checks });
      assert.deepEqual(
        [verdicts.flat().length, verdicts.flat().filter((each) => each === 1).length],
        [264, 110],
      );
    });
  });
});
