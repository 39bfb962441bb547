import express from 'express';
import { csrfHeader, requireToken } from '../security/csrf.ts';
import { openApiDocument } from './openapi.ts';
import { type ApiParts, type ApiRoute, parsed } from './route.ts';
import { apiRoutes } from './routes.ts';

const readJson = express.json({ limit: '256kb', strict: true });

function mount(router: express.Router, route: ApiRoute, parts: ApiParts): void {
  const path = route.path.replace(/\{(\w+)\}/g, ':$1');
  const readers = route.body.kind === 'json' ? [readJson] : [];
  router[route.method](path, ...readers, async (request, response) => {
    const { body } = route;
    if (route.method !== 'get') requireToken(request, request.headers[csrfHeader]);
    const answer = await route.handle(parts, {
      params: parsed(route.params, request.params, 'path'),
      query: parsed(route.query, request.query, 'query'),
      body: body.kind === 'json' ? parsed(body.schema, request.body, 'body') : undefined,
      request,
      response,
    });
    if (answer !== undefined) response.status(route.status).json(answer);
  });
}

/** /api/v1: every route of the table, and the document made of it. */
export function apiRouter(parts: ApiParts): express.Router {
  const router = express.Router();
  const document = openApiDocument();
  router.get('/openapi.json', (_, response) => {
    response.json(document);
  });
  for (const route of apiRoutes) mount(router, route, parts);
  return router;
}
