import { dirname, isAbsolute, join } from 'node:path';
import type { CollectorPorts, DataEngine, DataFile, SqlTarget } from '../../contract.ts';
import { serverPlace } from '../../ports/sql/faults.ts';
import type { CheckFile, SourceSpec } from '../check-file/check-spec.ts';
import type { Dialect } from '../sql/dialect.ts';

type FilePlace = Extract<SourceSpec['place'], { driver: 'duckdb' }>;

/** A path of a check file, seen from that file's folder. */
function pathOf(file: CheckFile, path: string): string {
  return isAbsolute(path) ? path : join(dirname(file.name), path);
}

export const engineOf = ({ place }: SourceSpec): DataEngine => place.driver;

function dataFile(file: CheckFile, name: string, place: FilePlace): DataFile {
  const { format, encoding, delimiter } = place;
  return {
    name,
    path: pathOf(file, place.path),
    format,
    ...(encoding === undefined ? {} : { encoding }),
    ...(delimiter === undefined ? {} : { delimiter }),
  };
}

/** Sources that a check of this one compares it with. */
function comparedSources(source: SourceSpec): readonly string[] {
  return source.checks.flatMap((check) =>
    check.kind === 'reference' || check.kind === 'agreement' ? [check.source] : [],
  );
}

/** What to open for a source; files that are compared with each other are seen by one session, its own first. */
export async function targetOf(
  file: CheckFile,
  source: SourceSpec,
  secret: CollectorPorts['secret'],
): Promise<SqlTarget> {
  const { place } = source;
  switch (place.driver) {
    case 'duckdb': {
      const names = new Set(comparedSources(source).filter((id) => id !== source.id));
      const others = file.sources.flatMap((each) =>
        names.has(each.id) && each.place.driver === 'duckdb' ? [dataFile(file, each.id, each.place)] : [],
      );
      return { driver: 'duckdb', files: [dataFile(file, source.id, place), ...others] };
    }
    case 'sqlite':
      return { driver: 'sqlite', path: pathOf(file, place.path) };
    default:
      return {
        driver: place.driver,
        url: typeof place.url === 'string' ? place.url : await secret(place.url),
      };
  }
}

/** What to select from; without an alias. */
export function tableOf({ id, place }: SourceSpec, dialect: Dialect): string {
  if (place.driver === 'duckdb') return dialect.identifier(id);
  if ('query' in place.from) return `(\n${place.from.query}\n)`;
  return place.from.table.split('.').map(dialect.identifier).join('.');
}

/** Where the data are, without credentials: file, or server, database and table. */
export function locationOf({ place }: SourceSpec, target: SqlTarget | null): string {
  if (place.driver === 'duckdb') return place.path;
  const what = 'query' in place.from ? 'query' : place.from.table;
  if (place.driver === 'sqlite') return `${place.path}/${what}`;
  const url = target && 'url' in target ? target.url : typeof place.url === 'string' ? place.url : null;
  return `${(url === null ? null : serverPlace(url)) ?? place.driver}/${what}`;
}
