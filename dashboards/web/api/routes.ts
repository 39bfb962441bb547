import * as z from 'zod';
import { type ReportFormat, reportMediaTypes } from '../../../reports/contract.ts';
import { reportFileName } from '../actions.ts';
import { csrfTokenOf } from '../security/csrf.ts';
import { Refusal } from '../security/refusal.ts';
import { conflictRoutes } from './conflict-routes.ts';
import { qualityRoutes } from './quality-routes.ts';
import { type ApiRoute, evaluationOf, leafOf, parsed, route } from './route.ts';
import * as schemas from './schemas.ts';
import { securityRoutes } from './security-routes.ts';
import { sloRoutes } from './slo-routes.ts';
import { telemetryRoutes } from './telemetry-routes.ts';
import { thresholdRoutes } from './threshold-routes.ts';

const bySha256 = z.object({ sha256: schemas.sha256 });
const listOf = (item: z.ZodType) => z.object({ items: z.array(item) });

const reading: readonly ApiRoute[] = [
  route({
    method: 'get',
    path: '/session',
    summary:
      'A token for the calls that change something: send it as X-CSRF-Token beside the cookie set here',
    answer: z.object({ csrfToken: z.string() }),
    handle: async (_, { request, response }) => ({ csrfToken: csrfTokenOf(request, response) }),
  }),
  route({
    method: 'get',
    path: '/models',
    summary: 'The models that can be evaluated',
    answer: listOf(schemas.modelSummary),
    handle: async ({ workbench }) => ({
      items: workbench.models().map(({ id, version, title, description, sha256 }) => ({
        id,
        version,
        title,
        description,
        sha256,
      })),
    }),
  }),
  route({
    method: 'get',
    path: '/models/{id}',
    summary: 'A model with its file',
    params: z.object({ id: schemas.modelId }),
    answer: schemas.model,
    handle: async ({ workbench }, { params }) => {
      const model = workbench.models().find((each) => each.id === params.id);
      if (!model) throw new Refusal(404, 'error.notFound');
      const { id, version, title, description, sha256, yaml } = model;
      return { id, version, title, description, sha256, yaml };
    },
  }),
  route({
    method: 'get',
    path: '/subjects',
    summary: 'The subjects, each parent before its children',
    answer: listOf(schemas.subject),
    handle: async ({ workbench }) => ({ items: await workbench.subjects() }),
  }),
  route({
    method: 'get',
    path: '/evaluations',
    summary: 'Evaluations, saved last first',
    query: z.object({
      model: schemas.modelId.optional(),
      subject: schemas.subjectId.optional(),
      period: schemas.periodId.optional(),
    }),
    answer: listOf(schemas.evaluationSummary),
    handle: async ({ workbench }, { query: { model, subject, period } }) => ({
      items: await workbench.evaluations({
        ...(model && { model }),
        ...(subject && { subject }),
        ...(period && { period }),
      }),
    }),
  }),
  route({
    method: 'get',
    path: '/evaluations/{sha256}',
    summary: 'One evaluation',
    params: bySha256,
    answer: schemas.evaluation,
    handle: ({ workbench }, { params }) => evaluationOf(workbench, params.sha256),
  }),
  route({
    method: 'get',
    path: '/evaluations/{sha256}/observations',
    summary: 'The observations of an evaluation',
    params: bySha256,
    answer: listOf(schemas.observation),
    handle: async ({ workbench }, { params }) => ({
      items: (await evaluationOf(workbench, params.sha256)).observations,
    }),
  }),
  route({
    method: 'get',
    path: '/evaluations/{sha256}/drill',
    summary: 'An indicator by slice; the parts add up to the whole',
    params: bySha256,
    query: z.object({ indicator: schemas.indicatorId, by: z.string().regex(/^[a-z]{1,32}$/) }),
    answer: schemas.drill,
    handle: async ({ workbench }, { params, query }) => {
      const { evaluation, leaf } = await leafOf(workbench, params.sha256, query.indicator);
      return workbench.drill(evaluation, leaf, query.by);
    },
  }),
  route({
    method: 'get',
    path: '/evaluations/{sha256}/evidence',
    summary: 'Records behind an indicator',
    params: bySha256,
    query: z.object({
      indicator: schemas.indicatorId,
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
    answer: listOf(schemas.evidenceRow),
    handle: async ({ workbench }, { params, query }) => {
      const { evaluation, leaf } = await leafOf(workbench, params.sha256, query.indicator);
      return { items: await workbench.evidence(evaluation, leaf, query.limit) };
    },
  }),
  route({
    method: 'get',
    path: '/imports',
    summary: 'Imports, newest first',
    answer: listOf(schemas.importSummary),
    handle: async ({ workbench }) => ({ items: await workbench.imports() }),
  }),
  route({
    method: 'get',
    path: '/reports',
    summary: 'Reports made',
    answer: listOf(schemas.reportSummary),
    handle: async ({ workbench }) => ({ items: await workbench.reports() }),
  }),
  route({
    method: 'get',
    path: '/reports/{sha256}',
    summary: 'The bytes of a report',
    params: z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/) }),
    file: 'The report in the format it was made in',
    handle: async ({ workbench }, { params, response }) => {
      const found = await workbench.report(params.sha256);
      if (!found) throw new Refusal(404, 'error.notFound');
      const type = reportMediaTypes[found.summary.format as ReportFormat] ?? 'application/octet-stream';
      response.attachment(reportFileName(found.summary)).set('Content-Type', type);
      response.end(Buffer.from(found.bytes));
      return undefined;
    },
  }),
];

const changing: readonly ApiRoute[] = [
  route({
    method: 'post',
    path: '/evaluations',
    summary: 'Computes an evaluation from what is stored, and keeps it',
    json: schemas.evaluateRequest,
    status: 201,
    answer: schemas.evaluation,
    handle: ({ workbench }, { body: { asOf, interpretations, ...order } }) =>
      workbench.evaluate({ ...order, ...(asOf && { asOf }), ...(interpretations && { interpretations }) }),
  }),
  route({
    method: 'post',
    path: '/reports',
    summary: 'Makes a report of an evaluation',
    json: schemas.reportRequest,
    status: 201,
    answer: schemas.reportSummary,
    handle: async ({ workbench }, { body }) =>
      workbench.makeReport(await evaluationOf(workbench, body.evaluation), body.format, body.language),
  }),
  route({
    method: 'post',
    path: '/imports',
    summary: 'Imports a file; a dry run unless `dryRun` is `false`. The fields come before the file',
    form: schemas.importForm,
    answer: schemas.importOutcome,
    handle: async ({ workbench, uploads }, { request }) => {
      const upload = await uploads.receive(request, () => undefined);
      try {
        const { mapping, yaml, dryRun, ...order } = parsed(schemas.importForm, upload.fields, 'form');
        return await workbench.runImport({
          ...order,
          fileName: upload.fileName,
          path: upload.path,
          isDryRun: dryRun === 'true',
          ...(yaml ? { mapping: { yaml } } : mapping ? { mapping: { name: mapping } } : {}),
        });
      } finally {
        await uploads.drop(upload);
      }
    },
  }),
  route({
    method: 'post',
    path: '/verifications',
    summary: 'Recomputes every number of a report from the report alone',
    form: z.object({}).meta({ id: 'VerificationForm' }),
    answer: schemas.verification,
    handle: async ({ workbench, uploads }, { request }) => {
      const upload = await uploads.receive(request, () => undefined);
      try {
        return await workbench.verify(await uploads.read(upload));
      } finally {
        await uploads.drop(upload);
      }
    },
  }),
];

/** The whole API, in the order of its document. */
export const apiRoutes: readonly ApiRoute[] = [
  ...reading,
  ...telemetryRoutes,
  ...conflictRoutes,
  ...qualityRoutes,
  ...securityRoutes,
  ...sloRoutes,
  ...thresholdRoutes,
  ...changing,
];
