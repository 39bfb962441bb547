import type { FieldValue, RecordKindSpec, Text } from '../../contract.ts';

type Fields = Readonly<Record<string, FieldValue>>;

function shown(instant: FieldValue): string {
  return String(instant).replace('.000Z', 'Z');
}

function beforeCohort(spec: RecordKindSpec, cohort: string, name: string, fields: Fields): Text {
  const [first, later] = [spec.fields[cohort]?.title, spec.fields[name]?.title];
  const [start, end] = [shown(fields[cohort] ?? null), shown(fields[name] ?? null)];
  return {
    zh: `${later?.zh} ${end} 早于${first?.zh} ${start}`,
    en: `${later?.en} ${end} lies before ${first?.en} ${start}`,
  };
}

/** A record that has gone on, or has no time at all, needs the instant that places it in a period. */
function isStranded(spec: RecordKindSpec, fields: Fields): boolean {
  const steps = Object.keys(spec.fields).filter(
    (name) => spec.fields[name]?.type === 'instant' && !/due$/i.test(name) && fields[name] !== null,
  );
  return steps.length === 0 || steps.some((name) => spec.notBeforeCohort.includes(name));
}

/** Why the record's times are impossible together; null for a sound record. A due time before the start is no fault. */
export function lifeCycleFault(spec: RecordKindSpec, fields: Fields): Text | null {
  const { cohort } = spec;
  if (cohort === null) return null;
  const start = fields[cohort] ?? null;
  if (start === null) {
    const title = spec.fields[cohort]?.title;
    if (!isStranded(spec, fields)) return null;
    return {
      zh: `缺少${title?.zh}，无法据此归入评估周期`,
      en: `${title?.en}, which places it in a period, is missing`,
    };
  }
  // Both are ISO UTC texts of the same form, so that they compare as text.
  const name = spec.notBeforeCohort.find((step) => {
    const at = fields[step] ?? null;
    return at !== null && at < start;
  });
  return name === undefined ? null : beforeCohort(spec, cohort, name, fields);
}
