import * as z from 'zod';
import { type ApiRoute, familyOf, route } from './route.ts';
import { subjectId } from './schemas.ts';
import * as schemas from './slo-schemas.ts';

export const thresholdRoutes: readonly ApiRoute[] = [
  route({
    method: 'get',
    path: '/thresholds',
    summary: 'Graded thresholds of this installation',
    answer: z.object({ items: z.array(schemas.threshold) }),
    handle: async ({ workbench }) => ({ items: workbench.thresholds() }),
  }),
  route({
    method: 'get',
    path: '/thresholds/states',
    summary: 'Lamps of a subject and everything below it, worst first',
    query: z.object({ subject: subjectId }),
    answer: z.object({ items: z.array(schemas.thresholdState) }),
    handle: async ({ workbench }, { query }) => ({
      items: await workbench.lamps.current(await familyOf(workbench, query.subject)),
    }),
  }),
  route({
    method: 'get',
    path: '/rules',
    summary: 'Every rule that `citygauge rules generate` writes, by file',
    answer: z.object({ items: z.array(schemas.installedRules) }),
    handle: async ({ workbench }) => ({ items: workbench.rules() }),
  }),
];
