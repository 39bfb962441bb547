import { nearest, readYamlDocuments, sha256Of, type YamlLimits } from '../../contract.ts';
import { FaultList } from './fault-list.ts';
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

const readers: Readonly<Record<string, (documents: readonly SpecDocument[]) => ReadSlo[]>> = {
  'prometheus/v1': (documents) => documents.flatMap(readSloth),
  'sloth.slok.dev/v1': (documents) => documents.flatMap(readSlothResource),
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

/** What a document says it is: the value of `schema`, `version` or `apiVersion`. */
function formatOf(document: SpecDocument): string | null {
  const { value } = document.yaml;
  const fields = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  const key = formatKeys.find((each) => typeof fields[each] === 'string');
  if (key === undefined) {
    const known = Object.keys(readers).join(', ');
    refuse(
      document,
      [],
      `the document does not say its format: begin it with schema, version or apiVersion (${known})`,
    );
    return null;
  }
  const format = String(fields[key]);
  if (Object.hasOwn(readers, format)) return format;
  const near = nearest(format, Object.keys(readers));
  const remedy = near === null ? `known: ${Object.keys(readers).join(', ')}` : `did you mean ${near}?`;
  refuse(document, [key], `"${format.slice(0, 60)}" is no format of SLOs that is read here; ${remedy}`);
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
  const byFormat = Map.groupBy(documents, formatOf);
  const all = [...byFormat]
    .flatMap(([format, group]) => (format === null ? [] : (readers[format]?.(group) ?? [])))
    .toSorted((a, b) => a.document.order - b.document.order);
  refuseDuplicates(all);
  for (const read of all) checkQueries(read);
  faults.throwIfAny();
  return all;
}
