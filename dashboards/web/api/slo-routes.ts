import * as z from 'zod';
import { exclusionKinds } from '../../../rules/contract.ts';
import type { Workbench } from '../../contract.ts';
import { createReader } from '../evaluation-reader.ts';
import { periodSecondsAt } from '../pages/slo/exclusions.ts';
import { type PromiseStanding, promiseStandings } from '../pages/slo/standing.ts';
import { Refusal } from '../security/refusal.ts';
import { type ApiRoute, familyOf, route } from './route.ts';
import { listed, page, subjectId } from './schemas.ts';
import * as schemas from './slo-schemas.ts';

const sloId = z.string().min(1).max(300).meta({ description: 'Id of an SLO, `service-name`' });
const bySlo = z.object({ id: sloId });
const bySubject = z.object({ subject: subjectId });
const instant = z.iso.datetime({ offset: true, error: 'write an instant such as 2026-10-01T00:00:00Z' });
const person = z.string().trim().min(1).max(200);

function answerOf({ definition, slo, subject, figure, budget, verdict }: PromiseStanding) {
  const { id, service, name, title, description, objectivePercent, period, minimumEvents } = definition;
  const about = { id, service, name, title, description, subject, objectivePercent, period, minimumEvents };
  return { ...about, source: slo?.source ?? null, verdict, figure, budget };
}

async function standingsOf(workbench: Workbench, subjects: readonly string[]) {
  return promiseStandings({ reader: createReader(workbench), workbench }, subjects);
}

async function standingOf(workbench: Workbench, id: string, subject: string): Promise<PromiseStanding> {
  await familyOf(workbench, subject);
  const found = (await standingsOf(workbench, [subject])).find(({ definition }) => definition.id === id);
  if (!found) throw new Refusal(404, 'error.notFound');
  return found;
}

const reading: readonly ApiRoute[] = [
  route({
    method: 'get',
    path: '/slos',
    summary: 'SLOs of a subject and everything below it with their newest figure, worst first',
    query: bySubject.extend(page),
    answer: listed(schemas.slo),
    handle: async ({ workbench }, { query: { subject, offset, limit } }) => {
      const all = await standingsOf(workbench, await familyOf(workbench, subject));
      return { total: all.length, items: all.slice(offset, offset + limit).map(answerOf) };
    },
  }),
  route({
    method: 'get',
    path: '/slos/{id}',
    summary: 'One SLO with its burn by window, the alerts of its period and its exclusions',
    params: bySlo,
    query: bySubject,
    answer: schemas.sloDetail,
    handle: async ({ workbench }, { params, query }) => {
      const standing = await standingOf(workbench, params.id, query.subject);
      const { slo, figure } = standing;
      const now = workbench.now();
      return {
        ...answerOf(standing),
        burnWindows: slo ? await workbench.burnWindows(slo) : [],
        alerts:
          slo && figure
            ? await workbench.alertsWithin(slo, {
                from: figure.span.from,
                to: Date.parse(figure.span.to) < Date.parse(now) ? figure.span.to : now,
              })
            : { alerts: null, reason: null },
        exclusions: await workbench.slo.exclusions([query.subject], params.id),
      };
    },
  }),
  route({
    method: 'get',
    path: '/slos/{id}/figures',
    summary:
      'Figures of one SLO by span, newest first; with `span`, every revision of that span, oldest first',
    params: bySlo,
    query: z.object({
      subject: subjectId,
      kind: z.enum(schemas.spanKinds).default('day'),
      from: instant.default('2000-01-01T00:00:00Z').meta({ description: 'Spans that begin in [from, to)' }),
      to: instant.default('2100-01-01T00:00:00Z'),
      span: z.string().max(60).optional().meta({ description: 'Id of a span, `2026-10`' }),
      limit: z.coerce.number().int().min(1).max(1000).default(100),
    }),
    answer: z.object({ items: z.array(schemas.figure) }),
    handle: async ({ workbench }, { params, query: { subject, kind, from, to, span, limit } }) => {
      await familyOf(workbench, subject);
      const key = { slo: params.id, subject };
      const iso = (text: string) => new Date(text).toISOString();
      const found =
        span === undefined
          ? await workbench.slo.figures({ ...key, kind, from: iso(from), to: iso(to) })
          : await workbench.slo.revisions({ ...key, span });
      return { items: found.slice(0, limit) };
    },
  }),
  route({
    method: 'get',
    path: '/exclusions',
    summary: 'What figures of SLOs leave out, newest first, withdrawn ones too',
    query: z.object({ subject: subjectId, slo: sloId.optional() }),
    answer: z.object({ items: z.array(schemas.exclusion) }),
    handle: async ({ workbench }, { query }) => ({
      items: await workbench.slo.exclusions(await familyOf(workbench, query.subject), query.slo ?? null),
    }),
  }),
];

const changing: readonly ApiRoute[] = [
  route({
    method: 'post',
    path: '/exclusions',
    summary:
      'Records a stretch of time that the adjusted figure leaves out; days and periods that it touches are counted again at once',
    json: z
      .strictObject({
        slo: sloId,
        subject: subjectId,
        kind: z.enum(exclusionKinds),
        from: instant,
        to: instant,
        reason: z.string().trim().min(1).max(2000),
        by: person.meta({ description: 'Who signs for it' }),
        evidence: z.string().trim().min(1).max(1000).meta({ description: 'File, ticket or address' }),
      })
      .meta({ id: 'SloExclusionOrder' }),
    status: 201,
    answer: schemas.exclusion,
    handle: async ({ workbench }, { body }) => {
      const { definition } = await standingOf(workbench, body.slo, body.subject);
      const from = new Date(body.from).toISOString();
      return workbench.slo.exclude({
        ...body,
        from,
        to: new Date(body.to).toISOString(),
        at: workbench.now(),
        periodSeconds: periodSecondsAt(definition.period, from),
      });
    },
  }),
  route({
    method: 'post',
    path: '/exclusions/{id}/withdraw',
    summary: 'Withdraws an exclusion, which stays on record; what it touches is counted again at once',
    params: z.object({ id: z.coerce.number().int().min(1) }),
    json: z
      .strictObject({ by: person.meta({ description: 'Who withdraws it' }) })
      .meta({ id: 'SloWithdrawal' }),
    answer: schemas.exclusion,
    handle: async ({ workbench }, { params, body }) =>
      workbench.slo.withdraw(params.id, body.by, workbench.now()),
  }),
];

export const sloRoutes: readonly ApiRoute[] = [...reading, ...changing];
