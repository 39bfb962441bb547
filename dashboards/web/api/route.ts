import type { Request, Response } from 'express';
import * as z from 'zod';
import { InputError, type ModelNode } from '../../../scoring/contract.ts';
import type { Workbench } from '../../contract.ts';
import { nodesById } from '../pages/scorecard/findings.ts';
import { Refusal } from '../security/refusal.ts';
import type { UploadSpool } from '../upload-spool.ts';

export interface ApiParts {
  readonly workbench: Workbench;
  readonly uploads: UploadSpool;
}

/** What a handler gets: everything in it has passed the route's schemas. */
export interface ApiCall<Params, Query, Body> {
  readonly params: Params;
  readonly query: Query;
  readonly body: Body;
  readonly request: Request;
  readonly response: Response;
}

/** One row of the API: the schemas validate the request and make the OpenAPI document. */
export interface ApiRoute {
  readonly method: 'get' | 'post' | 'delete';
  /** OpenAPI form, below /api/v1. */
  readonly path: string;
  readonly summary: string;
  readonly params: z.ZodObject;
  readonly query: z.ZodObject;
  /** `form` = multipart with a file; its handler reads the request itself. */
  readonly body: { readonly kind: 'none' } | { readonly kind: 'json' | 'form'; readonly schema: z.ZodObject };
  readonly status: number;
  readonly answer:
    | { readonly kind: 'json'; readonly schema: z.ZodType }
    | { readonly kind: 'file'; readonly description: string };
  /** Returns the answer, or undefined when it has answered itself. */
  handle(parts: ApiParts, call: ApiCall<unknown, unknown, unknown>): Promise<unknown>;
}

const nothing = z.object({});

/** Fills what a route leaves out and keeps the handler's types those of its schemas. */
export function route<
  P extends z.ZodObject = typeof nothing,
  Q extends z.ZodObject = typeof nothing,
  B extends z.ZodObject = typeof nothing,
>(spec: {
  readonly method: 'get' | 'post' | 'delete';
  readonly path: string;
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly json?: B;
  readonly form?: B;
  readonly status?: number;
  readonly answer?: z.ZodType;
  readonly file?: string;
  readonly handle: (
    parts: ApiParts,
    call: ApiCall<z.output<P>, z.output<Q>, z.output<B>>,
  ) => Promise<unknown>;
}): ApiRoute {
  const schema = spec.json ?? spec.form;
  return {
    method: spec.method,
    path: spec.path,
    summary: spec.summary,
    params: spec.params ?? nothing,
    query: spec.query ?? nothing,
    body: schema ? { kind: spec.json ? 'json' : 'form', schema } : { kind: 'none' },
    status: spec.status ?? 200,
    answer:
      spec.file === undefined
        ? { kind: 'json', schema: spec.answer ?? z.unknown() }
        : { kind: 'file', description: spec.file },
    handle: spec.handle as ApiRoute['handle'],
  };
}

/** The value, or one sentence per fault with its path. */
export function parsed<T>(schema: z.ZodType<T>, value: unknown, where: string): T {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw new InputError(
    result.error.issues.map((issue) => `${[where, ...issue.path.map(String)].join('.')}: ${issue.message}`),
  );
}

export async function evaluationOf(workbench: Workbench, sha256: string) {
  const evaluation = await workbench.evaluation(sha256);
  if (!evaluation) throw new Refusal(404, 'error.notFound');
  return evaluation;
}

export async function leafOf(workbench: Workbench, sha256: string, indicator: string) {
  const evaluation = await evaluationOf(workbench, sha256);
  const leaf: ModelNode | undefined = nodesById(await workbench.modelOf(evaluation)).get(indicator);
  if (!leaf?.leaf) throw new Refusal(404, 'error.notFound');
  return { evaluation, leaf };
}

/** A subject with everything below it; 404 for one that does not exist. */
export async function familyOf(workbench: Workbench, subject: string): Promise<readonly string[]> {
  const isKnown = (await workbench.subjects()).some((each) => each.id === subject);
  if (!isKnown) throw new Refusal(404, 'error.notFound');
  return workbench.family(subject);
}
