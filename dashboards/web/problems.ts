import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express';
import { InputError, UnavailableError } from '../../scoring/contract.ts';
import type { Presenter } from './presenter.ts';
import { Refusal } from './security/refusal.ts';

export interface Problem {
  readonly status: number;
  /** Sentences that the user can act on; empty = the status's own text says it all. */
  readonly sentences: readonly string[];
  /** Text key of a sentence of ours, with its values. */
  readonly key: string;
  readonly values: Readonly<Record<string, string | number>>;
}

/** What a failure means to the one who asked; an unknown failure tells nothing about the inside. */
export function problemOf(error: unknown): Problem {
  if (error instanceof UnavailableError) {
    return { status: 503, sentences: error.faults, key: 'error.unavailable', values: {} };
  }
  if (error instanceof InputError) {
    return { status: 400, sentences: error.faults, key: 'error.input', values: {} };
  }
  if (error instanceof Refusal) {
    return { status: error.status, sentences: [], key: error.key, values: error.values };
  }
  const status = (error as { status?: unknown } | null)?.status;
  if (status === 413) return { status, sentences: [], key: 'error.tooLarge', values: {} };
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return { status, sentences: [], key: 'error.malformed', values: {} };
  }
  return { status: 500, sentences: [], key: 'error.inside', values: {} };
}

/** Headings exist for these statuses; others take the one of their class. */
const headed: readonly number[] = [400, 403, 404, 413, 421, 500, 503];

const forms: readonly string[] = ['/import', '/evaluate', '/reports', '/verify', '/events'];

/** The form about one decision or one finding has an address of its own. */
function formOf(path: string): string | null {
  const own = /^\/(?:conflicts\/[0-9a-f]+\/[\w.%]+|findings\/\d+|slos\/[^/]+)/.exec(path);
  return own?.[0] ?? forms.find((each) => path.startsWith(each)) ?? null;
}

function answer(presenter: Presenter, request: Request, response: Response, problem: Problem): void {
  const context = presenter.contextOf(request, response);
  const { status } = problem;
  const heading = headed.includes(status) ? status : status < 500 ? 400 : 500;
  const title = context.t(`error.heading${heading}`);
  const sentences =
    problem.sentences.length > 0 ? problem.sentences : [context.t(problem.key, problem.values)];
  if (request.path.startsWith('/api/')) {
    const type = `urn:citygauge:problem:${problem.key.replace('error.', '')}`;
    const detail = sentences.join('\n');
    response
      .status(status)
      .type('application/problem+json')
      .send(JSON.stringify({ type, title, status, detail, errors: problem.sentences }));
    return;
  }
  // A form that was refused is opened again at its own address.
  const back = request.method === 'POST' ? formOf(request.path) : null;
  // Sentences about a user's file come as they are, in whichever language they were written.
  const spoken = sentences.map((text) => ({ text, tag: /[\u4e00-\u9fff]/.test(text) ? 'zh-CN' : 'en' }));
  const view = { status, heading: title, sentences: spoken, back };
  presenter.document(request, response, {
    template: 'problem',
    title,
    section: '',
    isSample: false,
    status,
    view,
  });
}

/** The last two handlers: nothing matched, and something failed. `report` hears of failures that are bugs. */
export function problemPages(
  presenter: Presenter,
  report: (error: unknown, path: string) => void,
): [RequestHandler, ErrorRequestHandler] {
  return [
    (_, __, next) => next(new Refusal(404, 'error.notFound')),
    (error, request, response, next) => {
      if (response.headersSent) return next(error);
      const problem = problemOf(error);
      if (problem.status === 500) report(error, request.path);
      answer(presenter, request, response, problem);
    },
  ];
}
