import * as z from 'zod';
import { type QualityRun, scoreOfRun } from '../../../collectors/contract.ts';
import { qualityRun } from './register-schemas.ts';
import { type ApiRoute, familyOf, route } from './route.ts';
import { subjectId } from './schemas.ts';

function answerOf(run: QualityRun) {
  const { score, scoreLow, scoreHigh, coverage } = scoreOfRun(run);
  return {
    ...run,
    results: run.results.map(({ memory: _, ...result }) => result),
    score,
    scoreLow,
    scoreHigh,
    coverage,
  };
}

export const qualityRoutes: readonly ApiRoute[] = [
  route({
    method: 'get',
    path: '/quality/runs',
    summary: 'The newest run of the checks of each source of a subject and everything below it',
    query: z.object({ subject: subjectId }),
    answer: z.object({ items: z.array(qualityRun) }),
    handle: async ({ workbench }, { query }) => {
      const runs = await workbench.quality.latest(await familyOf(workbench, query.subject), null);
      return { items: runs.map(answerOf) };
    },
  }),
  route({
    method: 'get',
    path: '/quality/sources/{source}/runs',
    summary: 'Runs of the checks of one source, newest first',
    params: z.object({ source: z.string().max(200) }),
    query: z.object({ subject: subjectId, limit: z.coerce.number().int().min(1).max(200).default(30) }),
    answer: z.object({ items: z.array(qualityRun) }),
    handle: async ({ workbench }, { params, query }) => {
      await familyOf(workbench, query.subject);
      const key = { subject: query.subject, source: params.source };
      return { items: (await workbench.quality.runs(key, query.limit)).map(answerOf) };
    },
  }),
];
