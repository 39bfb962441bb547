import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { requireProgram } from '../../test/real-parts.ts';
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

    it('is on at the same instants, over changes of summer time and over midnight', function () {
      const program = requireProgram(this, 'promtool');
      const dates = { holidays: ['1970-04-27', '1970-04-28', '1970-05-01'], workedInstead: ['1970-05-02'] };
      const all: readonly ThresholdSchedule[] = [
        schedule('America/New_York', 'all', [['01:00', '03:30']]),
        schedule(
          'America/New_York',
          'working',
          [
            ['22:00', '06:00'],
            ['12:00', '13:00'],
          ],
          dates,
        ),
        schedule('Asia/Shanghai', 'free', [], dates),
        schedule('Asia/Kathmandu', 'free', [['23:30', '00:30']], dates),
        schedule('Europe/London', 'working', [['00:00', '24:00']]),
        schedule('UTC', 'all', []),
      ];
      const [generated, stepMinutes, days] = ['1970-01-01T00:00:00Z', 30, 124] as const;
      const expressions = all.map((each) => {
        const time = `(${localTimePromql(each, generated)})`;
        return schedulePromql(each, { time, day: localDayPromql(time) });
      });
      const steps = Array.from({ length: (days * 1440) / stepMinutes }, (_, step) => step).filter(
        (step) => step >= (114 * 1440) / stepMinutes && step % 11 === 0,
      );
      const verdicts = steps.map((step) => {
        const at = new Date(step * stepMinutes * 60_000).toISOString();
        return all.map((each) => (isWatched(each, at) ? 1 : 0));
      });
      const test = {
        name: 'schedules',
        interval: `${stepMinutes}m`,
        promql_expr_test: steps.flatMap((step, index) =>
          expressions.map((expr, each) => ({
            expr,
            eval_time: `${step * stepMinutes}m`,
            exp_samples: [{ labels: '{}', value: verdicts[index]?.[each] ?? -1 }],
          })),
        ),
      };
      const path = join(folder.path, 'test.yaml');
      const files = { rule_files: [], evaluation_interval: `${stepMinutes}m`, tests: [test] };
      writeFileSync(path, JSON.stringify(files));
      execFileSync(program, ['test', 'rules', path], { stdio: 'pipe' });
      assert.equal(verdicts.flat().length, 264);
      assert.equal(verdicts.flat().filter((value) => value === 1).length, 110);
    });
  });
});
