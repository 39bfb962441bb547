import { InputError } from '../../contract.ts';
import { nearest } from '../../records/mapping/did-you-mean.ts';
import { isoInstant } from '../checks/iso-instant.ts';
import { portableRegex } from '../sql/portable-regex.ts';
import type { ReadForm } from './check-kind.ts';
import { parseComparison } from './comparison.ts';

/** Something that the shape of a check cannot tell: where in the check, and what. */
export type SenseFault = readonly [path: readonly (string | number)[], text: string];

interface Surroundings {
  readonly source: string;
  /** Ids of all sources of the file. */
  readonly sources: readonly string[];
}

function sourceFaults(path: string, name: string, { source, sources }: Surroundings): SenseFault[] {
  if (name === source) return [];
  if (sources.includes(name)) return [];
  const near = nearest(name, sources);
  const remedy = near === null ? `: the file has ${sources.join(', ')}` : `; did you mean ${near}?`;
  return [[[path, 'source'], `there is no source "${name}"${remedy}`]];
}

function lengthFaults(
  path: readonly string[],
  one: readonly string[],
  other: readonly string[],
): SenseFault[] {
  if (one.length === other.length) return [];
  return [[path, `names ${other.length} columns for ${one.length}: name one for each, in the same order`]];
}

function regexFault(pattern: string): string | null {
  try {
    portableRegex(pattern);
    return null;
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
}

function validityFaults({
  type,
  range,
  length,
  pattern,
  codes,
}: Extract<ReadForm, { kind: 'validity' }>['form']) {
  const faults: SenseFault[] = [];
  if ([type, range, length, pattern, codes].every((each) => each === undefined)) {
    faults.push([
      ['validity'],
      'the check says nothing of the values: give type, range, length, pattern or codes',
    ]);
  }
  const slip = pattern === undefined ? null : regexFault(pattern);
  if (slip !== null) faults.push([['pattern'], slip]);
  const isOfTimes = type === 'instant' || type === 'date';
  for (const side of ['min', 'max'] as const) {
    const bound = range?.[side];
    if (bound === undefined) continue;
    if (typeof bound === 'string' && !isOfTimes) {
      faults.push([['range', side], `"${bound}" is no number: write one, or give the type instant or date`]);
    } else if (isOfTimes && (typeof bound === 'number' || isoInstant(bound, 'UTC') === null)) {
      faults.push([['range', side], `"${bound}" is no ISO time: write for example '2015-01-01'`]);
    }
  }
  if (type === 'boolean' && range) faults.push([['range'], 'true and false have no range: remove it']);
  return faults;
}

function formatFaults({ format, as, bounds }: Extract<ReadForm, { kind: 'format' }>['form']): SenseFault[] {
  const wanted = as === 'coordinates' ? 2 : 1;
  const faults: SenseFault[] = [];
  if (format.length !== wanted) {
    const remedy = wanted === 2 ? 'two columns, longitude and latitude' : 'one column';
    faults.push([['format'], `${as} is the format of ${remedy}, not of ${format.length}`]);
  }
  if (bounds && as !== 'coordinates') faults.push([['bounds'], `${as} has no bounds: remove them`]);
  return faults;
}

/** What is wrong with one check whose shape is right. */
export function senseFaults({ kind, form }: ReadForm, around: Surroundings): readonly SenseFault[] {
  switch (kind) {
    case 'validity':
      return validityFaults(form);
    case 'format':
      return formatFaults(form);
    case 'columns':
      return parseComparison(form.columns)
        ? []
        : [[['columns'], `"${form.columns}" compares no two columns: write for example closed >= opened`]];
    case 'reference': {
      const { columns, source, to } = form.reference;
      return [
        ...sourceFaults('reference', source, around),
        ...lengthFaults(['reference', 'to'], columns, to),
      ];
    }
    case 'agreement': {
      const { key, columns, source, to } = form.agreement;
      return [
        ...sourceFaults('agreement', source, around),
        ...lengthFaults(['agreement', 'to', 'key'], key, to?.key ?? key),
        ...lengthFaults(['agreement', 'to', 'columns'], columns, to?.columns ?? columns),
      ];
    }
    case 'freshness':
      return (form.newest === undefined) === (form.each === undefined)
        ? [
            [
              ['freshness'],
              'the check needs either newest (age of the newest row) or each (age of every row)',
            ],
          ]
        : [];
    case 'volume':
      return form.volume.tolerance !== undefined && form.volume.history === undefined
        ? [[['volume', 'tolerance'], 'a tolerance belongs to history: give history, or remove it']]
        : [];
    default:
      return [];
  }
}
