import { existsSync, readdirSync, statSync } from 'node:fs';
import { delimiter, join, relative } from 'node:path';
import { InputError, type Subject } from '../../collectors/contract.ts';
import type { LintFinding, Slo, Threshold, WindowCatalogue } from '../../rules/contract.ts';
import { builtInCatalogues, readCatalogue } from '../../rules/generate.ts';
import { lintSentence, readSlos, readSpecFiles } from '../../rules/slo.ts';
import { readThresholds } from '../../rules/thresholds.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import type { CommandContext } from '../context.ts';
import { familyOf } from './family.ts';
import { shippedIndicator, shippedModels } from './models.ts';

/** What this installation promises and warns of. */
export interface Promises {
  /** In the order of the files. */
  readonly slos: readonly Slo[];
  /** What the linter says of them. */
  readonly findings: readonly LintFinding[];
  readonly thresholds: readonly Threshold[];
  /** The installation's own first, then the built-in ones. */
  readonly catalogues: readonly WindowCatalogue[];
}

export interface PromiseOptions {
  /** Files or folders of SLO specs, instead of where they are looked for. */
  readonly slos?: readonly string[] | undefined;
  /** File of thresholds, instead of where it is looked for. */
  readonly thresholds?: string | undefined;
}

const program = join(import.meta.dirname, '..', '..');

/** The sample city's own file of a kind while a store holds the city, named as it stands in the program. */
async function sampleFiles(store: EvidenceStore | null, kind: 'slo' | 'thresholds') {
  const isThere = store !== null && (await store.subjects.list()).some(({ isSample }) => isSample);
  const files = isThere ? await readSpecFiles([join(program, 'samples', kind, 'city.yaml')]) : [];
  return files.map(({ name, text }) => ({ name: relative(program, name), text }));
}

/** Paths that an environment variable names, `:` between them; null when it is absent or empty. */
function pathsOf(context: CommandContext, name: string): readonly string[] | null {
  const text = context.surroundings.environment[name] ?? '';
  const paths = text.split(delimiter).filter((each) => each !== '');
  return paths.length === 0 ? null : paths.map((each) => context.path(each));
}

function where(context: CommandContext, name: string, inDataFolder: string): readonly string[] {
  const named = pathsOf(context, name);
  if (named) return named;
  const path = join(context.dataFolder, inDataFolder);
  if (!existsSync(path)) return [];
  const isEmpty =
    statSync(path).isDirectory() &&
    !readdirSync(path, { recursive: true }).some((name) => /\.ya?ml$/i.test(String(name)));
  return isEmpty ? [] : [path];
}

type ReadPromises = Pick<Promises, 'slos' | 'findings'>;

/** Names of SLOs are their own wherever they are shown; InputError where one's own file uses a name of the sample city. */
function together(own: ReadPromises, sample: ReadPromises): ReadPromises {
  const taken = new Set(sample.slos.map(({ id }) => id));
  const faults = own.slos
    .filter(({ id }) => taken.has(id))
    .map(
      ({ id, source }) =>
        `${source.file} line ${source.line}: "${id}" is an SLO of the sample city, which this store holds: give yours another service or name, or keep it in a data folder that was started with --no-sample`,
    );
  if (faults.length > 0) throw new InputError(faults);
  return { slos: [...own.slos, ...sample.slos], findings: [...own.findings, ...sample.findings] };
}

/**
 * SLO specs of `--slo`, else CITYGAUGE_SLOS, else the folder `slos` of the data folder; thresholds of CITYGAUGE_THRESHOLDS,
 * else `thresholds.yaml` there; window catalogues of CITYGAUGE_SLO_WINDOWS, else the folder `slo-windows`. The sample
 * city's are added while the store holds it. InputError with every fault of every file, or when one is absent.
 */
export async function loadPromises(
  context: CommandContext,
  store: EvidenceStore | null,
  options: PromiseOptions = {},
): Promise<Promises> {
  const slos = options.slos?.map((path) => context.path(path)) ?? where(context, 'CITYGAUGE_SLOS', 'slos');
  const thresholds =
    options.thresholds === undefined
      ? where(context, 'CITYGAUGE_THRESHOLDS', 'thresholds.yaml')
      : [context.path(options.thresholds)];
  const windows = where(context, 'CITYGAUGE_SLO_WINDOWS', 'slo-windows');
  const own = await readSpecFiles(slos);
  const read = together(
    readSlos(own),
    options.slos ? { slos: [], findings: [] } : readSlos(await sampleFiles(store, 'slo')),
  );
  const watched = await readSpecFiles(thresholds);
  const subjects = store === null ? [] : await store.subjects.list();
  return {
    ...read,
    thresholds: readThresholds(
      options.thresholds ? watched : [...watched, ...(await sampleFiles(store, 'thresholds'))],
    ).map((threshold) => withFamily(threshold, subjects)),
    catalogues: [...(await readSpecFiles(windows)).map(readCatalogue), ...builtInCatalogues],
  };
}

/** Descendants that a path below the subject's id does not name. */
function withFamily(threshold: Threshold, subjects: readonly Subject[]): Threshold {
  const { subject } = threshold;
  if (subject === null) return threshold;
  const elsewhere = familyOf(subject, subjects).filter(
    (id) => id !== subject && !id.startsWith(`${subject}/`),
  );
  return elsewhere.length === 0 ? threshold : { ...threshold, elsewhere };
}

/** A figure of a model that comes with the program must be one of its indicators. */
function strangeIndicators(thresholds: readonly Threshold[]): string[] {
  return thresholds.flatMap(({ id, target, source }) => {
    if (target.kind !== 'indicator') return [];
    const { model, indicator } = target;
    const isShipped = shippedModels().some((each) => each.id === model);
    if (!isShipped || shippedIndicator(model, indicator)) return [];
    return [
      `${source.file} line ${source.line}: ${id} watches ${model}:${indicator}, which is no indicator of that model: see citygauge model show ${model}`,
    ];
  });
}

/** Refuses what the linter calls a fault, and promises of subjects or indicators that do not exist; InputError that names each. */
export async function checkPromises(
  store: EvidenceStore,
  { slos, findings, thresholds }: Promises,
): Promise<void> {
  const known = new Set((await store.subjects.list()).map(({ id }) => id));
  const wrong = findings.filter(({ level }) => level === 'fault').map(lintSentence);
  const strange = [...slos, ...thresholds].flatMap(({ id, subject, source }) =>
    subject === null || known.has(subject)
      ? []
      : [
          `${source.file} line ${source.line}: ${id} is of subject "${subject}", which does not exist: add it with "citygauge subject add", or correct it`,
        ],
  );
  const faults = [...wrong, ...strange, ...strangeIndicators(thresholds)];
  if (faults.length > 0) throw new InputError(faults);
}
