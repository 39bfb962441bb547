import * as z from 'zod';
import { createDocument, type ZodOpenApiPathsObject } from 'zod-openapi';
import type { ApiRoute } from './route.ts';
import { apiRoutes } from './routes.ts';
import { problem } from './schemas.ts';

const failures = {
  400: 'The input is not right',
  403: 'The request does not come from a page or client of this server',
  404: 'There is no such thing',
  413: 'The upload is larger than the limit',
} as const;

function operationOf(route: ApiRoute) {
  const { body, answer } = route;
  const content =
    answer.kind === 'json'
      ? { 'application/json': { schema: answer.schema } }
      : { 'application/octet-stream': { schema: z.string().meta({ override: { format: 'binary' } }) } };
  const withFile = (schema: z.ZodObject) =>
    z.object({ ...schema.shape, file: z.string().meta({ override: { format: 'binary' } }) });
  return {
    summary: route.summary,
    requestParams: { path: route.params, query: route.query },
    ...(body.kind === 'json' && {
      requestBody: { content: { 'application/json': { schema: body.schema } } },
    }),
    ...(body.kind === 'form' && {
      requestBody: { content: { 'multipart/form-data': { schema: withFile(body.schema) } } },
    }),
    ...(route.method !== 'get' && { security: [{ csrfCookie: [], csrfHeader: [] }] }),
    responses: {
      [route.status]: { description: answer.kind === 'json' ? 'Done' : answer.description, content },
      ...Object.fromEntries(
        Object.entries(failures).map(([status, description]) => [
          status,
          { description, content: { 'application/problem+json': { schema: problem } } },
        ]),
      ),
    },
  };
}

/** The OpenAPI 3.1 document of /api/v1, made of the schemas that validate its requests. */
export function openApiDocument(): ReturnType<typeof createDocument> {
  const paths: ZodOpenApiPathsObject = {};
  for (const route of apiRoutes) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: {
      title: 'CityGauge',
      version: '1',
      description:
        'Evaluations of how a city’s digital operations run: models, subjects, evaluations, drill-down, telemetry, conflicts, data quality, security findings, SLOs, graded warnings, rules, imports, reports, verification.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/api/v1' }],
    paths,
    components: {
      securitySchemes: {
        csrfCookie: { type: 'apiKey', in: 'cookie', name: 'citygauge-csrf' },
        csrfHeader: { type: 'apiKey', in: 'header', name: 'X-CSRF-Token' },
      },
    },
  });
}
