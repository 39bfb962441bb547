import { posix } from 'node:path';

export interface SourceFile {
  /** Relative to the root, with forward slashes. */
  readonly path: string;
  readonly text: string;
}

export interface Finding {
  readonly files: number;
  readonly imports: number;
  readonly crossings: number;
  readonly breaches: readonly string[];
}

const contracts = (...folders: string[]) => folders.map((folder) => `${folder}/contract.ts`);
const everything = null;

/** What each folder may import of other folders; null = everything (the composer, tests and benches). */
const mayImport: Readonly<Record<string, readonly string[] | null>> = {
  collectors: [],
  scoring: contracts('collectors'),
  rules: contracts('collectors', 'scoring'),
  store: contracts('collectors', 'scoring', 'rules'),
  reports: contracts('scoring', 'rules'),
  dashboards: contracts('collectors', 'scoring', 'rules', 'store', 'reports'),
  samples: contracts('collectors', 'scoring', 'rules', 'store', 'reports', 'dashboards'),
  cli: everything,
  '.': everything,
  docs: everything,
  test: everything,
  bench: everything,
};

/** Folders (or single files) where a library that is a design choice may be imported. */
const libraryPlaces: Readonly<Record<string, readonly string[]>> = {
  mathjs: ['scoring/formula'],
  pdfkit: ['reports/pdf'],
  'svg-to-pdfkit': ['reports/pdf'],
  'pdfjs-dist': ['reports/bundle'],
  'write-excel-file': ['reports/xlsx'],
  'csv-stringify': ['reports/csv', 'cli'],
  'csv-parse': ['collectors/records'],
  saxes: ['collectors/records', 'collectors/security'],
  yauzl: ['collectors/records'],
  'prom-client': ['collectors/output'],
  protobufjs: ['collectors/wire'],
  snappyjs: ['collectors/wire'],
  re2js: ['collectors/contract'],
  croner: ['collectors/runner'],
  'p-limit': ['collectors/runner'],
  'json-p3': ['collectors/application'],
  'ipaddr.js': ['collectors/ports', 'collectors/security'],
  mysql2: ['collectors/ports'],
  '@duckdb/node-api': ['collectors/ports'],
  '@prometheus-io/lezer-promql': ['collectors/contract', 'scoring/model', 'rules/promql'],
  '@lezer/common': ['collectors/contract', 'scoring/model', 'rules/promql'],
  '@lezer/lr': ['collectors/contract', 'scoring/model', 'rules/promql'],
  pino: ['cli'],
  '@opentelemetry/api': ['cli'],
  '@opentelemetry/sdk-node': ['cli'],
  '@opentelemetry/resources': ['cli'],
  '@opentelemetry/exporter-trace-otlp-proto': ['cli'],
  'temporal-polyfill': ['collectors'],
  kysely: ['store'],
  pg: ['store', 'collectors/ports'],
  '@electric-sql/pglite': ['store'],
  express: ['dashboards/web'],
  helmet: ['dashboards/web'],
  busboy: ['dashboards/web'],
  handlebars: ['dashboards/web', 'reports'],
  echarts: ['dashboards/web', 'reports/charts'],
  commander: ['cli'],
  'cli-table3': ['cli'],
  'cli-progress': ['cli/progress.ts'],
  canonicalize: ['scoring/contract'],
  yaml: ['collectors/contract', 'rules/output'],
  '@grafana/grafana-foundation-sdk': ['dashboards/grafana'],
  'openapi-fetch': ['dashboards/grafana'],
  i18next: ['dashboards/web/texts.ts'],
  'fastest-levenshtein': ['collectors/records/mapping', 'scoring/model'],
};

const worldModules =
  /^node:(?:fs|fs\/promises|net|http|https|http2|child_process|os|dns|tls|worker_threads|sqlite)$/;
/** The part of a file's name that says it touches disk, network, processes, clock or environment. */
const worldlyName =
  /(?:file|files|folder|server|process|client|driver|stream|spool|lock|fonts|open-store)\.ts$/;
const clock =
  /\bDate\.now\(\)|\bnew Date\(\)|\bperformance\.now\(\)|\bTemporal\.Now\b|\bMath\.random\(\)|\bprocess\.env\b/;
const freeOfRules = new Set(['cli', '.', 'docs', 'test', 'bench']);

const importPattern =
  /(?:^|\n)\s*(?:import|export)\s+(?:type\s+)?(?:[\w*{}\s,$]+\s+from\s+)?'([^']+)'|\bimport\(\s*'([^']+)'\s*\)/g;

const folderOf = (path: string) => (path.includes('/') ? (path.split('/')[0] ?? '.') : '.');
const packageOf = (specifier: string) =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');

function breachOfCrossing(path: string, target: string): string | null {
  const [from, to] = [folderOf(path), folderOf(target)];
  if (!(from in mayImport)) return `${path}: the folder ${from}/ is not in the import table`;
  const allowed = mayImport[from];
  const isTest = path.endsWith('.test.ts') && to === 'test';
  if (allowed === everything || isTest || allowed?.includes(target)) return null;
  return `${path}: ${from}/ may not import ${target}`;
}

function breachOfLibrary(path: string, specifier: string): string | null {
  const name = packageOf(specifier);
  const places = libraryPlaces[name];
  const isFree = path.endsWith('.test.ts') || ['test', 'bench', 'docs'].includes(folderOf(path));
  if (!places || isFree || places.some((place) => path === place || path.startsWith(`${place}/`)))
    return null;
  return `${path}: ${name} belongs to ${places.join(' and ')}`;
}

function breachesOfWorld({ path, text }: SourceFile, specifiers: readonly string[]): string[] {
  if (freeOfRules.has(folderOf(path)) || path.endsWith('.test.ts') || worldlyName.test(path)) return [];
  const modules = specifiers.filter((specifier) => worldModules.test(specifier));
  return [
    ...modules.map((name) => `${name} in ${path}: its name does not say that it touches the world`),
    ...(clock.test(text) ? [`${path} reads the clock, chance or the environment: hand the value in`] : []),
  ];
}

/** Holds the import table of the architecture over source texts; pure, so that a planted breach can be shown to fail. */
export function findBreaches(files: readonly SourceFile[]): Finding {
  let imports = 0;
  let crossings = 0;
  const breaches: string[] = [];
  for (const file of files) {
    const specifiers = [...file.text.matchAll(importPattern)].map((match) => match[1] ?? match[2] ?? '');
    imports += specifiers.length;
    breaches.push(...breachesOfWorld(file, specifiers));
    for (const specifier of specifiers) {
      if (!specifier.startsWith('.')) {
        breaches.push(...[breachOfLibrary(file.path, specifier)].filter((each) => each !== null));
        continue;
      }
      const target = posix.join(posix.dirname(file.path), specifier);
      if (folderOf(target) === folderOf(file.path)) continue;
      crossings += 1;
      breaches.push(...[breachOfCrossing(file.path, target)].filter((each) => each !== null));
    }
  }
  return { files: files.length, imports, crossings, breaches };
}
