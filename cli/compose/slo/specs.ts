import { relative } from 'node:path';
import type { LintFinding, Slo } from '../../../rules/contract.ts';
import { bucketMetricsOf, type KnownFacts, lintSlos, readSlos, readSpecFiles } from '../../../rules/slo.ts';
import type { PromqlSource } from '../../../store/contract.ts';
import { openPromql } from '../../../store/metrics/promql/promql-source.ts';
import { causeText } from '../../causes.ts';
import type { CommandContext } from '../../context.ts';
import { storeOptions } from '../../store-options-file.ts';

/** Queries that the server is asked at a time. */
const asked = 4;

/** Somebody waits for the verdict on a file: a server that is down is not waited for as long as a measurement would. */
const patience = { retryMilliseconds: [500], timeoutMilliseconds: 10_000 } as const;

function serverOf(context: CommandContext): PromqlSource | null {
  const { prometheusUrl: url, prometheusToken: token } = storeOptions(context.surroundings.environment);
  return url ? openPromql({ url, token, ...patience }) : null;
}

async function factsOf(server: PromqlSource, slos: readonly Slo[]): Promise<KnownFacts> {
  const metrics = bucketMetricsOf(slos);
  const bucketBounds = new Map<string, readonly number[]>();
  for (let at = 0; at < metrics.length; at += asked) {
    const some = metrics.slice(at, at + asked);
    const bounds = await Promise.all(some.map((metric) => server.bucketBounds(metric)));
    for (const [index, metric] of some.entries()) bucketBounds.set(metric, bounds[index] ?? []);
  }
  return { bucketBounds, retentionSeconds: await server.retentionSeconds() };
}

/** Spec files by their names as seen from where the user stands. */
export async function specFilesOf(context: CommandContext, paths: readonly string[]) {
  const files = await readSpecFiles(paths.map((path) => context.path(path)));
  return files.map(({ name, text }) => {
    const near = relative(context.surroundings.cwd, name);
    return { name: near.startsWith('..') ? name : near, text };
  });
}

export interface CheckedSpecs {
  readonly slos: readonly Slo[];
  readonly findings: readonly LintFinding[];
  /** Address of the server that was asked for bounds and retention; null when none was. */
  readonly asked: string | null;
}

/** Reads and lints spec files, with what the server of PROMETHEUS_URL knows; its silence is told on stderr. */
export async function checkSpecs(context: CommandContext, paths: readonly string[]): Promise<CheckedSpecs> {
  const { slos, findings } = readSlos(await specFilesOf(context, paths));
  const server = serverOf(context);
  if (!server) return { slos, findings, asked: null };
  try {
    return { slos, findings: lintSlos(slos, await factsOf(server, slos)), asked: server.location };
  } catch (error) {
    context.surroundings.stderr(
      `${server.location} was not asked for bucket bounds and retention: ${causeText(error)}\n`,
    );
    return { slos, findings, asked: null };
  }
}
