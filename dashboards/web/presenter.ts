import type { Request, Response } from 'express';
import { languageTags, type Text } from '../../scoring/contract.ts';
import type { Workbench } from '../contract.ts';
import type { EvaluationReader } from './evaluation-reader.ts';
import { createFormatter } from './format.ts';
import { viewOfLayout } from './layout.ts';
import type { Page, PageContext, PageView } from './page.ts';
import { languageOf, themeOf } from './preferences.ts';
import { csrfTokenOf } from './security/csrf.ts';
import type { Render } from './templates-folder.ts';
import { translator } from './texts.ts';
import type { WebOptions } from './web-app.ts';

/** Turns requests into contexts and views into documents. */
export interface Presenter {
  contextOf(request: Request, response: Response): PageContext;
  send(request: Request, response: Response, page: Page): Promise<void>;
  document(request: Request, response: Response, view: PageView): void;
}

const formatters = { zh: createFormatter('zh'), en: createFormatter('en') };
const translators = { zh: translator('zh'), en: translator('en') };

function firstValues(query: Request['query']): Record<string, string> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([name, value]) => {
      const first = Array.isArray(value) ? value[0] : value;
      return typeof first === 'string' ? [[name, first.trim()]] : [];
    }),
  );
}

export function createPresenter(parts: {
  readonly workbench: Workbench;
  readonly reader: EvaluationReader;
  readonly render: Render;
  readonly options: WebOptions;
  readonly style: string;
}): Presenter {
  const { workbench, reader, render, options, style } = parts;
  const contextOf = (request: Request, response: Response): PageContext => {
    const language = languageOf(request, response, options.defaultLanguage);
    return {
      workbench,
      reader,
      language,
      t: translators[language],
      say: (text: Text) => text[language],
      format: formatters[language],
      query: firstValues(request.query),
      params: request.params as Record<string, string>,
      csrf: csrfTokenOf(request, response),
    };
  };
  const write = (request: Request, response: Response, context: PageContext, view: PageView) => {
    const fresh = () => render(view.template, { csrf: context.csrf, ...view.view }, context.t);
    const { bodyKey } = view;
    const body = bodyKey === undefined ? fresh() : reader.kept(`body ${context.language} ${bodyKey}`, fresh);
    const layout = viewOfLayout(context, view, {
      address: request.method === 'GET' ? request.originalUrl : '/',
      theme: themeOf(request),
      version: workbench.version,
    });
    const page = render('layout', { ...layout, style, body, csrf: context.csrf }, context.t);
    response
      .status(view.status ?? 200)
      .set({ 'Cache-Control': 'no-store', 'Content-Language': languageTags[context.language] })
      .type('html')
      .send(page);
  };
  return {
    contextOf,
    send: async (request, response, page) => {
      const context = contextOf(request, response);
      const view = await page.show(context);
      if ('redirect' in view) response.redirect(303, view.redirect);
      else write(request, response, context, view);
    },
    document: (request, response, view) => write(request, response, contextOf(request, response), view),
  };
}
