import { createHash } from 'node:crypto';
import { faultSentence, InputError, type PathStep, readYaml } from '../../contract.ts';
import { knownKeys } from '../../known-keys.ts';
import { type ShapeFault, shapeFaults } from '../../shape-faults.ts';
import { type ReadForm, readForm } from './check-kind.ts';
import { checkOfForm } from './check-of-form.ts';
import { senseFaults } from './check-sense.ts';
import type { CheckFile } from './check-spec.ts';
import { fileForm } from './file-form.ts';
import { placeForms } from './source-form.ts';
import { sourceOfForm } from './source-of-form.ts';

type Raw = Readonly<Record<string, unknown>>;

const missingRemedies = {
  id: ': give the source a name of its own',
  path: ': name the file',
  url: ': name the address, or { env: NAME }',
  sources: ': name what is checked',
};

function listOf(value: unknown, key: string): readonly unknown[] {
  const list = typeof value === 'object' && value !== null ? (value as Raw)[key] : [];
  return Array.isArray(list) ? list : [];
}

const isRaw = (value: unknown): value is Raw => typeof value === 'object' && value !== null;
const textOf = (value: unknown, key: string) =>
  isRaw(value) && typeof value[key] === 'string' ? (value[key] as string) : null;

function placeFaults(source: unknown, at: readonly PathStep[]): ShapeFault[] {
  if (!isRaw(source)) return [];
  const places = Object.keys(placeForms);
  const [first, second] = Object.keys(source).filter((key) => places.includes(key));
  if (first === undefined)
    return [{ path: at, text: `the source names no place: give one of ${places.join(', ')}` }];
  if (second === undefined) return [];
  const text = `"${first}" and "${second}" are two places: make two sources of them`;
  return [{ path: [...at, second], at: 'key', text }];
}

interface ReadSource {
  readonly checks: readonly ReadForm[];
  readonly faults: readonly ShapeFault[];
}

function readSource(source: unknown, at: readonly PathStep[], sources: readonly string[]): ReadSource {
  const around = { source: textOf(source, 'id') ?? '', sources };
  const faults = placeFaults(source, at);
  const checks: ReadForm[] = [];
  const ids = new Map<string, number>();
  for (const [index, check] of listOf(source, 'checks').entries()) {
    const place = [...at, 'checks', index];
    const read = readForm(check, place);
    if (!('kind' in read)) {
      faults.push(...read);
      continue;
    }
    checks.push(read);
    faults.push(...senseFaults(read, around).map(([path, text]) => ({ path: [...place, ...path], text })));
    const { id } = checkOfForm(read);
    const first = ids.get(id);
    if (first === undefined) ids.set(id, index);
    else {
      const text = `"${id}" is the id of checks[${first}] already: give each its own id`;
      faults.push({ path: read.form.id === undefined ? place : [...place, 'id'], text });
    }
  }
  return { checks, faults };
}

function repeatedSources(sources: readonly unknown[]): ShapeFault[] {
  const ids = sources.map((source) => textOf(source, 'id'));
  return ids.flatMap((id, index): ShapeFault[] => {
    const first = ids.indexOf(id);
    if (id === null || first === index) return [];
    const text = `"${id}" is the id of sources[${first}] already: give each its own`;
    return [{ path: ['sources', index, 'id'], text }];
  });
}

/** A check file from its YAML; InputError with every fault, each with its line, column and path. */
export function parseChecks(yaml: string, name: string): CheckFile {
  const document = readYaml(yaml);
  if (document.faults.length > 0) {
    throw new InputError(document.faults.map((fault) => faultSentence(name, fault)));
  }
  const parsed = fileForm.safeParse(document.value);
  const raw = listOf(document.value, 'sources');
  const ids = raw.flatMap((source) => textOf(source, 'id') ?? []);
  const sources = raw.map((source, index) => readSource(source, ['sources', index], ids));
  const words = { knownKeys: knownKeys(fileForm), missingRemedies };
  const faults = [
    ...(parsed.success ? [] : shapeFaults(parsed.error, document.value, words)),
    ...repeatedSources(raw),
    ...sources.flatMap((source) => source.faults),
  ]
    .map(({ path, text, at }) => document.fault(path, text, at))
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
  if (faults.length > 0) throw new InputError(faults.map((fault) => faultSentence(name, fault)));
  return {
    name,
    sha256: createHash('sha256').update(yaml).digest('hex'),
    sources: fileForm
      .parse(document.value)
      .sources.map((source, index) => sourceOfForm(source, sources[index]?.checks ?? [])),
  };
}
