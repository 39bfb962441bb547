import {
  type LampColour,
  lampTitles,
  type Text,
  type Threshold,
  type ThresholdGrade,
  unitNames,
  unitOf,
} from '../../contract.ts';
import { escapeTemplate, ratioTemplate, subjectTemplate, valueTemplate } from './templates.ts';

type Annotations = Readonly<Record<string, string>>;

const languages = ['en', 'zh'] as const;

/** `key` in English, `key_zh` in Chinese. */
function inBoth(key: string, text: Text): Annotations {
  return Object.fromEntries(
    languages.map((language) => [language === 'en' ? key : `${key}_zh`, text[language]]),
  );
}

/** A figure with the threshold's unit; one of its own stands as it is written. */
function withUnit(threshold: Threshold, figure: string): Text {
  const known = unitOf(threshold);
  const name = known === null ? { zh: threshold.unit, en: threshold.unit } : unitNames[known];
  const beside = (unit: string) => (unit === '' ? figure : `${figure} ${escapeTemplate(unit)}`);
  return { zh: beside(name.zh), en: beside(name.en) };
}

function boundText(threshold: Threshold, bound: number): Text {
  if (unitOf(threshold) !== 'ratio') return withUnit(threshold, String(bound));
  // A hundred times 0.07 is 7.000000000000001.
  const percent = `${Number((bound * 100).toPrecision(12))}%`;
  return { zh: percent, en: percent };
}

function conditionText(threshold: Threshold, { when }: ThresholdGrade): Text {
  const print = (bound: number) => boundText(threshold, bound);
  switch (when.kind) {
    case 'above': {
      const bound = print(when.bound);
      return { zh: `不低于 ${bound.zh}`, en: `at or above ${bound.en}` };
    }
    case 'below': {
      const bound = print(when.bound);
      return { zh: `不高于 ${bound.zh}`, en: `at or below ${bound.en}` };
    }
    case 'outside': {
      const [low, high] = [print(when.low), print(when.high)];
      return {
        zh: `不高于 ${low.zh} 或不低于 ${high.zh}`,
        en: `at or below ${low.en}, or at or above ${high.en}`,
      };
    }
    case 'inside': {
      const [low, high] = [print(when.low), print(when.high)];
      return { zh: `处于 ${low.zh} 至 ${high.zh}`, en: `from ${low.en} to ${high.en}` };
    }
  }
}

/** Seconds in the biggest unit of which they are a whole number. */
function lengthText(seconds: number): Text {
  const units = [
    { size: 86_400, unit: 'day' },
    { size: 3600, unit: 'hour' },
    { size: 60, unit: 'minute' },
  ] as const;
  const { size, unit } = units.find((each) => seconds > 0 && seconds % each.size === 0) ?? {
    ...{ size: 1, unit: 'second' as const },
  };
  const { zh, en } = unitNames[unit];
  return { zh: `${seconds / size} ${zh}`, en: `${seconds / size} ${en}` };
}

function summaryOf({ title }: Threshold, colour: LampColour, rest: Text): Text {
  const lamp = lampTitles[colour];
  return {
    zh: `${escapeTemplate(title.zh)}：${lamp.zh}预警${rest.zh}，对象 ${subjectTemplate}`,
    en: `${escapeTemplate(title.en)}: ${lamp.en.toLowerCase()} warning${rest.en}, subject ${subjectTemplate}`,
  };
}

/** What the alert of a grade says; `runbooks` with its slash, for a grade that names none. */
export function gradeAnnotations(threshold: Threshold, grade: ThresholdGrade, runbooks: string): Annotations {
  const value =
    unitOf(threshold) === 'ratio'
      ? { zh: ratioTemplate, en: ratioTemplate }
      : withUnit(threshold, valueTemplate);
  const condition = conditionText(threshold, grade);
  return {
    ...inBoth('summary', summaryOf(threshold, grade.colour, { zh: '', en: '' })),
    ...inBoth('description', {
      zh: `当前值 ${value.zh}，达到预警条件（${condition.zh}）；责任角色：${escapeTemplate(grade.role.zh)}`,
      en: `The value is ${value.en}; the grade is given ${condition.en}. Role: ${escapeTemplate(grade.role.en)}`,
    }),
    ...inBoth('plan', { zh: escapeTemplate(grade.plan.zh), en: escapeTemplate(grade.plan.en) }),
    runbook_url: escapeTemplate(grade.runbook ?? `${runbooks}threshold-grade.md`),
  };
}

/** What the alert of silence says. */
export function noDataAnnotations(
  threshold: Threshold,
  { forSeconds, colour, role }: NonNullable<Threshold['noData']>,
  runbooks: string,
): Annotations {
  const length = lengthText(forSeconds);
  return {
    ...inBoth('summary', summaryOf(threshold, colour, { zh: '（无数据）', en: ' (no data)' })),
    ...inBoth('description', {
      zh: `已有 ${length.zh}没有数据，无法判定；责任角色：${escapeTemplate(role.zh)}`,
      en: `There have been no data for ${length.en}, so nothing is known. Role: ${escapeTemplate(role.en)}`,
    }),
    runbook_url: escapeTemplate(`${runbooks}threshold-no-data.md`),
  };
}
