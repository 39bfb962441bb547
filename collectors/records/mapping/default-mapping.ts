import type { ImportKind, Text } from '../../contract.ts';
import { looseForm, nearest } from './did-you-mean.ts';
import { fieldsOf, idTitle, subjectTitle } from './import-fields.ts';
import type { Mapping } from './mapping.ts';

function columnFor(
  name: string,
  title: { zh: string; en: string },
  columns: readonly string[],
): string | undefined {
  const forms = new Set([name, title.zh, title.en].map(looseForm));
  return columns.find((column) => forms.has(looseForm(column)));
}

/**
 * The mapping of a file that came without one: columns named as the fields or their Chinese or English titles, times in
 * ISO form. It may lack what the kind requires; the check against the file's columns says so.
 */
export function defaultMapping(kind: ImportKind, columns: readonly string[]): Mapping {
  const fields: Record<string, string> = {};
  for (const [name, spec] of Object.entries(fieldsOf(kind))) {
    const column = columnFor(name, spec.title, columns);
    if (column !== undefined) fields[name] = column;
  }
  const id = columnFor('id', idTitle, columns);
  const subject = columnFor('subject', subjectTitle, columns);
  return {
    kind,
    timeFormat: 'iso',
    emptyValues: [],
    fields,
    ...(id === undefined ? {} : { id }),
    ...(subject === undefined
      ? {}
      : { subject: { column: subject, as: 'id' as const, kind: 'department' as const, ids: {}, names: {} } }),
  };
}

/** Says which columns no field was found for, with the field that each may have meant; null when all were used. */
export function unusedColumnsNote(mapping: Mapping, columns: readonly string[]): Text | null {
  const used = new Set([...Object.values(mapping.fields), mapping.id, mapping.subject?.column]);
  const names = Object.keys(fieldsOf(mapping.kind));
  const unused = columns.filter((column) => column !== '' && !used.has(column));
  if (unused.length === 0) return null;
  const shown = unused.slice(0, 20).map((column) => {
    const near = nearest(column, names);
    return {
      zh: near ? `${column}（是否应为 ${near}？）` : column,
      en: near ? `${column} (did you mean ${near}?)` : column,
    };
  });
  return {
    zh: `未使用的列：${shown.map(({ zh }) => zh).join('、')}`,
    en: `columns left aside: ${shown.map(({ en }) => en).join(', ')}`,
  };
}
