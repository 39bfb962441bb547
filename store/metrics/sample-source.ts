import type { MetricSource } from '../contract.ts';
import type { Database } from '../schema/tables.ts';

/** Whether the subjects are of the sample; a tree of subjects is of it whole or not at all. */
async function areSample(db: Database, [first]: readonly string[]): Promise<boolean> {
  if (first === undefined) return false;
  const found = await db
    .selectFrom('subjects')
    .select('is_sample')
    .where('id', '=', first)
    .executeTakeFirst();
  return found?.is_sample ?? false;
}

/**
 * The server, except for subjects of the sample: their readings were written into the store and no server ever scraped
 * them, so their figures and charts are always computed from the store's own readings.
 */
export function withSampleReadings(
  db: Database,
  { server, readings }: { readonly server: MetricSource; readonly readings: MetricSource },
): MetricSource {
  const sourceOf = async (subjects: readonly string[]) =>
    (await areSample(db, subjects)) ? readings : server;
  return {
    kind: server.kind,
    measure: async (request, measures) => (await sourceOf(request.subjects)).measure(request, measures),
    steps: async (request, measure, stepSeconds) =>
      (await sourceOf(request.subjects)).steps(request, measure, stepSeconds),
    newest: async (request) => {
      if (request.subjects !== null) return (await sourceOf(request.subjects)).newest(request);
      const found = await db.selectFrom('subjects').select('id').where('is_sample', '=', true).execute();
      const answer = await server.newest(request);
      if (found.length === 0 || 'fault' in answer) return answer;
      const own = await readings.newest({ ...request, subjects: found.map(({ id }) => id) });
      return 'fault' in own ? own : { series: [...answer.series, ...own.series] };
    },
    chart: async (request) => (await sourceOf(request.subjects)).chart(request),
    describe: () => server.describe(),
  };
}
