import * as z from 'zod';
import { type ApiRoute, familyOf, route } from './route.ts';
import { listed, page, subjectId } from './schemas.ts';
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
    query: z.object({ subject: subjectId, ...page }),
    answer: listed(schemas.thresholdState),
    handle: async ({ workbench }, { query: { subject, offset, limit } }) => {
      const all = await workbench.lamps.current(await familyOf(workbench, subject));
      return { total: all.length, items: all.slice(offset, offset + limit) };
    },
  }),
  route({
    method: 'get',
    path: '/rules',
    summary: 'Every rule that `citygauge rules generate` writes, by file',
    query: z.object(page),
    answer: listed(schemas.installedRules),
    handle: async ({ workbench }, { query: { offset, limit } }) => {
      const all = workbench.rules();
      return { total: all.length, items: all.slice(offset, offset + limit) };
    },
  }),
];
