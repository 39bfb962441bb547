import * as z from 'zod';
import { InputError } from '../../../scoring/contract.ts';
import { Refusal } from '../security/refusal.ts';
import { type ApiRoute, leafOf, route } from './route.ts';
import * as schemas from './schemas.ts';
import * as telemetry from './telemetry-schemas.ts';

export const telemetryRoutes: readonly ApiRoute[] = [
  route({
    method: 'get',
    path: '/telemetry',
    summary: 'Jobs with their last runs, where readings go and where metrics are read',
    answer: telemetry.telemetry,
    handle: ({ workbench }) => workbench.telemetry(),
  }),
  route({
    method: 'get',
    path: '/telemetry/{job}/runs',
    summary: 'The last runs of a job, newest first',
    params: z.object({ job: telemetry.jobId }),
    answer: z.object({ items: z.array(telemetry.run) }),
    handle: async ({ workbench }, { params }) => {
      const { jobs } = await workbench.telemetry();
      if (!jobs.some((each) => each.id === params.job)) throw new Refusal(404, 'error.notFound');
      return { items: await workbench.runs(params.job) };
    },
  }),
  route({
    method: 'get',
    path: '/evaluations/{sha256}/indicators/{indicator}/chart',
    summary: 'Samples over time behind an indicator measured from a metric',
    params: z.object({ sha256: schemas.sha256, indicator: schemas.indicatorId }),
    query: telemetry.chartQuery,
    answer: telemetry.chart,
    handle: async ({ workbench }, { params, query }) => {
      const { evaluation, leaf } = await leafOf(workbench, params.sha256, params.indicator);
      const from = new Date(query.from ?? evaluation.period.start).toISOString();
      const to = new Date(query.to ?? evaluation.period.end).toISOString();
      if (from >= to) throw new InputError(`query.from: ${from} is not before ${to}`);
      const chart = await workbench.chart(evaluation, leaf, { from, to, points: query.points });
      if (!chart) throw new Refusal(404, 'error.noChart');
      return chart;
    },
  }),
];
