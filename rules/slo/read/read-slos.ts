import { nearest, type PathStep, readYamlDocuments, sha256Of, type YamlLimits } from '../../contract.ts';
import { nativeFormat } from './citygauge/form.ts';
import { readNative } from './citygauge/read-citygauge.ts';
import { FaultList } from './fault-list.ts';
import { ObjectTable } from './openslo-v1/object-table.ts';
import { readOpenSlo } from './openslo-v1/read-openslo-v1.ts';
import { readOpenSloAlpha } from './openslo-v1alpha/read-openslo-v1alpha.ts';
import { checkQueries } from './queries.ts';
import { readSloth, readSlothResource } from './sloth/read-sloth.ts';
import { type ReadSlo, refuse, type SpecDocument } from './spec-document.ts';

export interface SpecFile {
  readonly name: string;
  readonly text: string;
}

/** A city's promises in one file, 10,000 SLOs of some 30 values each, and room to spare. */
export const specLimits: YamlLimits = {
  characters: 64 * 1024 * 1024,
  nodes: 4_000_000,
  depth: 24,
  faults: 20,
};

/** An object of a document: the document itself, or one of the list that it is. */
interface SpecObject {
  readonly document: SpecDocument;
  readonly path: readonly PathStep[];
  readonly fields: Readonly<Record<string, unknown>>;
}

function readOpenSloObjects(objects: readonly SpecObject[]): ReadSlo[] {
  const table = new ObjectTable();
  for (const { document, path, fields } of objects) table.add({ document, path }, fields.kind);
  return readOpenSlo(table);
}

const readers: Readonly<Record<string, (objects: readonly SpecObject[]) => ReadSlo[]>> = {
  [nativeFormat]: (objects) => objects.flatMap(({ document }) => readNative(document)),
  'openslo/v1': readOpenSloObjects,
  'openslo/v1alpha': (objects) =>
    objects.flatMap(({ document, path, fields }) => readOpenSloAlpha(document, path, fields.kind)),
  'prometheus/v1': (objects) => objects.flatMap(({ document }) => readSloth(document)),
  'sloth.slok.dev/v1': (objects) => objects.flatMap(({ document }) => readSlothResource(document)),
};

/** The documents of a file; those that are no YAML are told and left out. */
function documentsOf(file: SpecFile, faults: FaultList): Omit<SpecDocument, 'order'>[] {
  const sha256 = sha256Of(file.text);
  let starts: number[] | null = null;
  const lineStart = (line: number) => {
    starts ??= [0, ...[...file.text.matchAll(/\n/g)].map(({ index }) => index + 1)];
    return starts[line - 1] ?? 0;
  };
  const documents = readYamlDocuments(file.text, specLimits);
  if (documents.length === 0) {
    faults.add(file.name, { path: '', line: null, column: null, message: 'the file is empty' });
  }
  return documents.flatMap((yaml) => {
    for (const fault of yaml.faults) faults.add(file.name, fault);
    const document = { file: file.name, sha256, text: file.text, yaml, faults, lineStart };
    return yaml.faults.length > 0 ? [] : [document];
  });
}

const formatKeys = ['schema', 'version', 'apiVersion'] as const;

const fieldsOf = (value: unknown) =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {};

/** OpenSLO's own tools write several objects as a list. */
function objectsOf(document: SpecDocument): SpecObject[] {
  const { value } = document.yaml;
  if (!Array.isArray(value)) return [{ document, path: [], fields: fieldsOf(value) }];
  if (value.length === 0) refuse(document, [], 'the list is empty: give at least one object');
  return value.map((each, index) => ({ document, path: [index], fields: fieldsOf(each) }));
}

/** What an object says it is: the value of `schema`, `version` or `apiVersion`. */
function formatOf({ document, path, fields }: SpecObject): string | null {
  const known = Object.keys(readers).join(', ');
  const key = formatKeys.find((each) => typeof fields[each] === 'string');
  if (key === undefined) {
    const message = `it does not say its format: begin it with schema, version or apiVersion (${known})`;
    refuse(document, path, message);
    return null;
  }
  const format = String(fields[key]);
  if (Object.hasOwn(readers, format) && (path.length === 0 || format.startsWith('openslo/'))) return format;
  const near = nearest(format, Object.keys(readers));
  const remedy = near === null || near === format ? `known: ${known}` : `did you mean ${near}?`;
  const place =
    path.length === 0 ? 'is no format of SLOs that is read here' : 'is not read as a part of a list';
  refuse(document, [...path, key], `"${format.slice(0, 60)}" ${place}; ${remedy}`);
  return null;
}

function refuseDuplicates(all: readonly ReadSlo[]): void {
  const first = new Map<string, ReadSlo>();
  for (const read of all) {
    const { id } = read.slo;
    const other = first.get(id);
    if (other === undefined) {
      first.set(id, read);
      continue;
    }
    const { file, line } = other.slo.source;
    const message = `the SLO "${id}" stands in ${file} line ${line} already: give one of them another name`;
    refuse(read.document, (read.places.name ?? read.places.slo).path, message);
  }
}

/** SLOs of all files in the order of their sources; InputError with every fault of every file. */
export function readAll(files: readonly SpecFile[]): readonly ReadSlo[] {
  const faults = new FaultList(files.map(({ name }) => name));
  const documents = files
    .flatMap((file) => documentsOf(file, faults))
    .map((document, order): SpecDocument => ({ ...document, order }));
  const byFormat = Map.groupBy(documents.flatMap(objectsOf), formatOf);
  const all = [...byFormat]
    .flatMap(([format, group]) => (format === null ? [] : (readers[format]?.(group) ?? [])))
    .toSorted((a, b) => a.document.order - b.document.order);
  refuseDuplicates(all);
  for (const read of all) checkQueries(read);
  faults.throwIfAny();
  return all;
}
