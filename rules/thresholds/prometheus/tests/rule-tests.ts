import {
  type AlertingRule,
  offsetAt,
  type RuleTest,
  type RuleTestFile,
  type Threshold,
  type ThresholdGrade,
} from '../../../contract.ts';
import { durationText } from '../../../promql/durations.ts';
import { isOn } from '../../schedule.ts';
import { type ThresholdRuleOptions, thresholdGroups } from '../rule-groups.ts';
import { type ExampleSeries, exampleSeries } from './example-series.ts';
import { calmValue, endingValue, gradeValue, keptValue } from './example-values.ts';
import { plainNumber, rendered } from './rendered.ts';

/** The options that the rules were generated with, and their file. */
export interface ThresholdTestOptions extends ThresholdRuleOptions {
  /** The rule file's name, as the tests name it. */
  readonly ruleFile: string;
}

type AlertTest = RuleTest['alert_rule_test'][number];

/** promtool's time begins at 1970; a schedule is on within so many days of it. */
const daysLookedThrough = 15;
/** Calm judgements before something happens. */
const calmSteps = 3;

/** Test files of alerts: each stays silent on calm values, and fires when its grade or silence has lasted. */
export function thresholdTests(
  thresholds: readonly Threshold[],
  { ruleFile, ...options }: ThresholdTestOptions,
): RuleTestFile {
  return {
    rule_files: [ruleFile],
    evaluation_interval: durationText(thresholds.map(({ everySeconds }) => everySeconds).reduce(gcd, 0)),
    tests: thresholds.flatMap((threshold) => new TestWriter(threshold, options).write()),
  };
}

const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));

class TestWriter {
  readonly #threshold: Threshold;
  readonly #alerts: readonly AlertingRule[];
  readonly #series: ExampleSeries;
  readonly #every: number;
  /** ISO instant of the generation. */
  readonly #at: string;

  constructor(threshold: Threshold, options: ThresholdRuleOptions) {
    this.#threshold = threshold;
    this.#every = threshold.everySeconds;
    this.#at = options.at;
    const [group] = thresholdGroups([threshold], options);
    this.#alerts = (group?.rules ?? []).filter((rule) => 'alert' in rule);
    this.#series = exampleSeries(threshold);
  }

  write(): RuleTest[] {
    return [
      ...this.#silence(),
      ...this.#threshold.grades.flatMap((grade, index) => this.#firing(grade, this.#alerts[index])),
      ...this.#withoutData(),
    ];
  }

  #silence(): RuleTest[] {
    const calm = calmValue(this.#threshold);
    const longest = Math.max(...this.#threshold.grades.map(({ forSeconds }) => forSeconds));
    const start = this.#start(longest);
    if (calm === null || start === null) return [];
    const end = start + calmSteps + this.#steps(longest) + 1;
    return [
      this.#test(
        'calm values',
        [[calm, end + 1]],
        this.#alerts.map((alert) => this.#expect(alert, end, null)),
      ),
    ];
  }

  /** Calm, then a value of the grade until it is given; kept within the margin, and taken away beyond it. */
  #firing(grade: ThresholdGrade, alert: AlertingRule | undefined): RuleTest[] {
    const [value, ending] = [gradeValue(this.#threshold, grade), endingValue(this.#threshold, grade)];
    const start = this.#start(grade.forSeconds + 4 * this.#every);
    if (value === null || ending === null || start === null || !alert) return [];
    const begins = start + calmSteps;
    const fires = begins + this.#steps(grade.forSeconds);
    const kept = keptValue(this.#threshold, grade);
    const ends = kept === null ? fires + 1 : fires + 2;
    const phases: [number, number][] = [
      [ending, begins],
      [value, fires - begins + 1],
      ...(kept === null ? [] : [[kept, 1] as [number, number]]),
      [ending, 2],
    ];
    return [
      this.#test(`${grade.colour} is given`, phases, [
        this.#expect(alert, fires - 1, null),
        this.#expect(alert, fires, value),
        ...(kept === null ? [] : [this.#expect(alert, fires + 1, kept)]),
        this.#expect(alert, ends, null),
      ]),
    ];
  }

  #withoutData(): RuleTest[] {
    const { noData } = this.#threshold;
    const alert = this.#alerts.at(this.#threshold.grades.length);
    const start = this.#start(noData?.forSeconds ?? 0);
    if (noData === null || !alert || start === null) return [];
    const fires = start + this.#steps(noData.forSeconds);
    const expected = { ...this.#expect(alert, fires, null), exp_alerts: [rendered(alert, {}, null)] };
    return [
      this.#test('no data', [], [...(fires > 0 ? [this.#expect(alert, fires - 1, null)] : []), expected]),
    ];
  }

  #test(
    name: string,
    phases: readonly (readonly [number, number])[],
    alerts: readonly AlertTest[],
  ): RuleTest {
    const values = phases
      .filter(([, count]) => count > 0)
      .map(([value, count]) => (count === 1 ? plainNumber(value) : `${plainNumber(value)}x${count - 1}`));
    return {
      name: `${this.#threshold.id}: ${name}`,
      interval: durationText(this.#every),
      input_series: phases.length === 0 ? [] : [{ series: this.#series.series, values: values.join(' ') }],
      alert_rule_test: alerts,
    };
  }

  /** Null = it does not fire. */
  #expect(alert: AlertingRule, step: number, value: number | null): AlertTest {
    return {
      eval_time: durationText(step * this.#every),
      alertname: alert.alert,
      exp_alerts: value === null ? [] : [rendered(alert, this.#series.labels, value)],
    };
  }

  #steps(seconds: number): number {
    return Math.ceil(seconds / this.#every);
  }

  /** The first judgement from which the schedule is on for so long; null when it never is. */
  #start(seconds: number): number | null {
    const { schedule } = this.#threshold;
    if (schedule === null) return 0;
    const needed = this.#steps(seconds) + calmSteps + 2;
    const most = (daysLookedThrough * 86_400) / this.#every;
    // Before their generation the rules keep the offset of then.
    const offset = offsetAt(schedule.timeZone, this.#at);
    let on = 0;
    for (let step = 0; step < most; step += 1) {
      on = isOn(schedule, step * this.#every + offset) ? on + 1 : 0;
      if (on > needed) return step - needed;
    }
    return null;
  }
}
