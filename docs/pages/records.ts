import { type RecordKind, recordKindSpecs, recordKinds } from '../../collectors/contract.ts';
import { generatedMark, tableOf } from './markdown.ts';

function sectionOf(kind: RecordKind): string {
  const spec = recordKindSpecs[kind];
  const rows = Object.entries(spec.fields).map(([name, field]) => [
    `\`${name}\`${field.isRequired ? ' (required)' : ''}`,
    field.title.zh,
    field.title.en,
    field.codes ? `code: ${field.codes.join(', ')}` : field.type,
  ]);
  const slices = Object.keys(spec.slices);
  return [
    `## ${kind} (${spec.title.zh})\n`,
    spec.cohort ? `Placed in a period by \`${spec.cohort}\`.` : 'Names its period itself.',
    spec.notBeforeCohort.length > 0
      ? `A record with one of ${spec.notBeforeCohort.map((name) => `\`${name}\``).join(', ')} before \`${spec.cohort}\` is faulty: kept, counted, left out of cohorts.`
      : '',
    slices.length > 0 ? `Drill-down by ${[...slices, 'subject'].join(', ')}.` : '',
    '',
    tableOf(['field', '中文', 'English', 'type'], rows),
    '',
  ].join('\n');
}

/** Every kind of record with its fields, from the one place where they are spelt. */
export function recordsPage(): string {
  return [
    '# Records\n',
    generatedMark,
    'Every record also has `id` and the subject it belongs to. Times are instants; a local time is read in the zone of the mapping. Empty means unknown.\n',
    ...recordKinds.map(sectionOf),
  ].join('\n');
}
