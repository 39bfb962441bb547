import { existsSync } from 'node:fs';
import { basename, dirname, join, relative, resolve } from 'node:path';
import { type CollectorPorts, InputError } from '../../collectors/contract.ts';
import {
  type CheckFile,
  checksFromProfile,
  chosenSources,
  parseChecks,
  profileSource,
  readChecksFile,
  type SourceProfile,
  type SourceSpec,
} from '../../collectors/data-quality.ts';
import { Redactor, withRedaction } from '../../collectors/runner.ts';
import type { CommandContext } from '../context.ts';
import { checkPorts } from './quality.ts';

export interface ProfileOrder {
  /** A file, an id of `checks`, or with `driver` the id to propose. */
  readonly source?: string | undefined;
  readonly checks?: string;
  readonly driver?: string;
  readonly urlEnv?: string;
  readonly table?: string;
  readonly encoding?: string;
  readonly delimiter?: string;
  /** Where the check file will be: its paths are seen from there; null = from where the user stands. */
  readonly out: string | null;
}

interface Target {
  readonly file: CheckFile;
  readonly source: SourceSpec;
}

const fileForms: readonly (readonly [RegExp, 'csv' | 'parquet' | 'json' | 'sqlite'])[] = [
  [/\.(?:csv|tsv|txt)(?:\.gz)?$/i, 'csv'],
  [/\.parquet$/i, 'parquet'],
  [/\.(?:json|ndjson|jsonl)$/i, 'json'],
  [/\.(?:sqlite3?|db3?)$/i, 'sqlite'],
];

/** `Boston 311.csv.gz` -> `boston-311` */
function idFrom(name: string): string {
  const plain = name.toLowerCase().replace(/(?:\.[a-z0-9]+)+$/, '');
  return plain.replace(/[^a-z0-9]+/g, '-').replace(/^-+|-+$/g, '') || 'source';
}

/** A check file of one source without checks, as if it stood at the path. */
function fileOf(path: string, source: object): Target {
  const file = parseChecks(JSON.stringify({ schema: 'citygauge/checks@1', sources: [source] }), path);
  const [only] = file.sources;
  if (!only) throw new Error('a file of one source has one');
  return { file, source: only };
}

async function onlyTable(path: string, ports: CollectorPorts, signal: AbortSignal): Promise<string> {
  const bounds = { timeoutMilliseconds: 10_000, maxRows: 10_000, signal };
  const session = await ports.sql.open({ driver: 'sqlite', path }, bounds);
  try {
    const rows = await session.query(
      "select name from sqlite_master where type in ('table', 'view') and name not like 'sqlite_%' order by name",
      bounds,
    );
    const names = rows.map(({ name }) => String(name));
    const [only, other] = names;
    if (only !== undefined && other === undefined) return only;
    const known = names.length === 0 ? 'it has none' : `it has ${names.slice(0, 20).join(', ')}`;
    throw new InputError(`${path}: name one of its tables with --table: ${known}`);
  } finally {
    await session.close();
  }
}

async function targetOfFile(order: ProfileOrder, at: string, context: CommandContext): Promise<Target> {
  const named = order.source ?? '';
  const path = context.path(named);
  const form = fileForms.find(([ending]) => ending.test(named))?.[1];
  if (!form) {
    const endings = '.csv, .csv.gz, .parquet, .json, .ndjson or .sqlite';
    const other = existsSync(path) ? '' : '; for a source of a check file give --checks FILE';
    throw new InputError(
      `"${named}" is no file that can be profiled: name one that ends in ${endings}${other}`,
    );
  }
  const { encoding, delimiter } = order;
  const seen = { path: relative(dirname(at), path) };
  const id = idFrom(basename(named));
  if (form === 'parquet' || form === 'json') return fileOf(at, { id, [form]: seen });
  if (form === 'csv') {
    const tab = /\.tsv(?:\.gz)?$/i.test(named) ? '\t' : undefined;
    return fileOf(at, { id, csv: { ...seen, encoding, delimiter: delimiter ?? tab } });
  }
  const ports = checkPorts(context, dirname(at));
  const table = order.table ?? (await onlyTable(path, ports, context.surroundings.signal));
  return fileOf(at, { id, sqlite: { ...seen, table } });
}

function targetOfServer({ driver, urlEnv, table, source }: ProfileOrder, at: string): Target {
  if (driver !== 'postgresql' && driver !== 'mysql') {
    throw new InputError(`--driver "${driver}" is unknown: write postgresql, or mysql (also for MariaDB)`);
  }
  if (urlEnv === undefined || table === undefined) {
    throw new InputError(
      '--driver needs --url-env NAME, the variable that holds the address, and --table TABLE',
    );
  }
  const id = source ?? idFrom(`${table.split('.').at(-1)}`);
  return fileOf(at, { id, [driver]: { url: { env: urlEnv }, table } });
}

function turned(place: SourceSpec['place'], seen: (path: string) => string): SourceSpec['place'] {
  if ('path' in place) return { ...place, path: seen(place.path) };
  const { url } = place;
  return typeof url === 'object' && 'file' in url ? { ...place, url: { file: seen(url.file) } } : place;
}

/** The source of a check file, its paths turned to be seen from where the proposal will stand. */
async function targetOfChecks(order: ProfileOrder, at: string, context: CommandContext): Promise<Target> {
  const path = context.path(order.checks ?? '');
  const file = await readChecksFile(path);
  if (order.source === undefined) {
    const known = file.sources.map(({ id }) => id).join(', ');
    throw new InputError(`name a source of ${path}: it has ${known}`);
  }
  const [source] = chosenSources(file, [order.source]);
  if (!source) throw new Error('an unknown source was refused before');
  const { place } = source;
  const seen = (own: string) => relative(dirname(at), resolve(dirname(path), own));
  const own = { ...source, place: turned(place, seen) };
  return { file: { ...file, name: at, sources: [own] }, source: own };
}

/** Looks a source through and proposes its check file as YAML. */
export async function proposeChecks(
  context: CommandContext,
  order: ProfileOrder,
): Promise<{ readonly yaml: string; readonly profile: SourceProfile }> {
  const at = order.out ?? join(context.surroundings.cwd, 'checks.yaml');
  const find = async () => {
    if (order.driver !== undefined) return targetOfServer(order, at);
    if (order.checks !== undefined) return targetOfChecks(order, at, context);
    if (order.source !== undefined) return targetOfFile(order, at, context);
    throw new InputError('name what is profiled: a file, or --driver with --url-env and --table');
  };
  const { file, source } = await find();
  const ports = withRedaction(checkPorts(context, dirname(at)), new Redactor());
  const profile = await profileSource({ file, source, ports, signal: context.surroundings.signal });
  return { yaml: checksFromProfile(profile, { language: context.language }), profile };
}
