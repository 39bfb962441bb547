import { join } from 'node:path';
import express from 'express';
import type { Language } from '../../scoring/contract.ts';
import type { Workbench } from '../contract.ts';
import { mountEvaluate, mountImport, mountReports, mountVerify } from './actions.ts';
import { apiRouter } from './api/router.ts';
import { loadAssets } from './assets-folder.ts';
import { mountDecisions } from './decisions.ts';
import { createReader } from './evaluation-reader.ts';
import { mountExclusions } from './exclusion-actions.ts';
import { pages } from './pages.ts';
import { mountPreferences } from './preferences.ts';
import { createPresenter } from './presenter.ts';
import { problemPages } from './problems.ts';
import { mountRegisters } from './register-actions.ts';
import { onlySameOrigin } from './security/csrf.ts';
import { securityHeaders } from './security/headers.ts';
import { onlyLoopbackHosts, onlyPlainAddresses } from './security/hosts.ts';
import { loadTemplates } from './templates-folder.ts';
import { createUploadSpool } from './upload-spool.ts';

export { openApiDocument } from './api/openapi.ts';

export interface WebOptions {
  /** The language of a browser that has not chosen one. */
  readonly defaultLanguage: Language;
  /** Folder for uploads while they are looked at; made when absent, cleared of earlier uploads at start. */
  readonly spoolFolder: string;
  /** Biggest upload in bytes; 512 MB unless told. */
  readonly maxUploadBytes?: number;
  /** Hears of failures that are bugs; the pages themselves say nothing about the inside. Standard error unless told. */
  readonly report?: (error: unknown, path: string) => void;
}

const standardUploadBytes = 512 * 1024 * 1024;

function reportToStderr(error: unknown, path: string): void {
  console.error(path, error);
}

/** The pages and the API on one Workbench; it opens no port (see `listen`). */
export function createWebApp(workbench: Workbench, options: WebOptions): express.Express {
  const app = express();
  const assets = loadAssets();
  const render = loadTemplates(join(import.meta.dirname, 'templates'));
  const reader = createReader(workbench);
  const presenter = createPresenter({ workbench, reader, render, options, style: assets.style });
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  // Pages are not stored by browsers, so hashing each of them would be work for nothing.
  app.set('etag', false);
  app.use(securityHeaders(), onlyLoopbackHosts(), onlyPlainAddresses());
  app.use('/assets', assets.router);
  app.use(onlySameOrigin());
  app.use((request, response, next) => {
    if (request.method !== 'GET') response.once('finish', reader.forget);
    next();
  });
  const uploads = createUploadSpool(options.spoolFolder, options.maxUploadBytes ?? standardUploadBytes);
  const parts = { workbench, presenter, uploads };
  mountPreferences(app);
  for (const mount of [
    mountEvaluate,
    mountDecisions,
    mountRegisters,
    mountExclusions,
    mountReports,
    mountVerify,
    mountImport,
  ])
    mount(app, parts);
  app.use('/api/v1', apiRouter(parts));
  for (const page of pages) {
    app.get(page.path, async (request, response) => {
      await presenter.send(request, response, page);
    });
  }
  app.use(problemPages(presenter, options.report ?? reportToStderr));
  return app;
}
