import * as z from 'zod';
import { severities } from '../../../collectors/contract.ts';
import { findingStates } from '../../../store/contract.ts';
import { Refusal } from '../security/refusal.ts';
import * as registers from './register-schemas.ts';
import { type ApiRoute, familyOf, route } from './route.ts';
import { listed, page, subjectId } from './schemas.ts';

const span = { subject: subjectId, ...page };
const rowId = z.coerce.number().int().min(1);
const person = z.string().trim().min(1).max(200);
const reason = z.string().trim().min(1).max(2000);
const yesNo = z.enum(['true', 'false']);
const named = z.string().max(1000).optional();

/** What is left of an object without its undefined values. */
function given<T extends object>(values: T): { [Key in keyof T]?: Exclude<T[Key], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [Key in keyof T]?: Exclude<T[Key], undefined>;
  };
}

const reading: readonly ApiRoute[] = [
  route({
    method: 'get',
    path: '/findings',
    summary: 'Findings of a subject and everything below it, worst and oldest first',
    query: z.object({
      ...span,
      state: z.enum(findingStates).optional(),
      severity: z.enum(severities).optional(),
      asset: named,
      rule: named,
      search: named,
    }),
    answer: listed(registers.finding),
    handle: async ({ workbench }, { query: { subject, offset, limit, ...filter } }) => {
      const subjects = await familyOf(workbench, subject);
      const at = workbench.now();
      const { total, rows } = await workbench.security.findings({
        subjects,
        at,
        offset,
        limit,
        ...given(filter),
      });
      return { total, items: rows };
    },
  }),
  route({
    method: 'get',
    path: '/findings/{id}',
    summary: 'One finding with its history and suppressions',
    params: z.object({ id: rowId }),
    answer: registers.findingHistory,
    handle: async ({ workbench }, { params }) => {
      const found = await workbench.security.finding(params.id, workbench.now());
      if (!found) throw new Refusal(404, 'error.notFound');
      return found;
    },
  }),
  route({
    method: 'get',
    path: '/suppressions',
    summary: 'Suppressions of findings',
    query: z.object({ subject: subjectId }),
    answer: z.object({ items: z.array(registers.suppression) }),
    handle: async ({ workbench }, { query }) => {
      const subjects = await familyOf(workbench, query.subject);
      return { items: await workbench.security.suppressions({ subjects, at: workbench.now() }) };
    },
  }),
  route({
    method: 'get',
    path: '/assets',
    summary: 'The inventory of assets of a subject and everything below it',
    query: z.object({ ...span, unowned: yesNo.optional(), search: named }),
    answer: listed(registers.asset),
    handle: async ({ workbench }, { query: { subject, offset, limit, unowned, search } }) => {
      const subjects = await familyOf(workbench, subject);
      const at = workbench.now();
      const { total, rows } = await workbench.security.assets({
        subjects,
        at,
        offset,
        limit,
        ...(unowned === 'true' && { isUnowned: true }),
        ...(search !== undefined && { search }),
      });
      return { total, items: rows };
    },
  }),
  route({
    method: 'get',
    path: '/alarms',
    summary: 'Alarms of a subject and everything below it',
    query: z.object({ ...span, judged: yesNo.optional() }),
    answer: listed(registers.alarm),
    handle: async ({ workbench }, { query: { subject, offset, limit, judged } }) => {
      const subjects = await familyOf(workbench, subject);
      const { total, rows } = await workbench.security.alarms({
        subjects,
        at: workbench.now(),
        offset,
        limit,
        ...(judged !== undefined && { isJudged: judged === 'true' }),
      });
      return { total, items: rows };
    },
  }),
];

const changing: readonly ApiRoute[] = [
  route({
    method: 'post',
    path: '/suppressions',
    summary: 'Takes matching findings out of the figures until it expires',
    json: z
      .strictObject({
        subject: subjectId,
        rule: z.string().trim().min(1).max(1000),
        asset: z.string().trim().min(1).max(1000).nullable().meta({ description: 'Null = every asset' }),
        reason,
        by: person,
        expiresAt: z.iso.datetime({ offset: true, error: 'write an instant such as 2026-12-31T16:00:00Z' }),
      })
      .meta({ id: 'SuppressionOrder' }),
    status: 201,
    answer: registers.suppression,
    handle: async ({ workbench }, { body }) => {
      await familyOf(workbench, body.subject);
      const expiresAt = new Date(body.expiresAt).toISOString();
      return workbench.security.suppress({ ...body, expiresAt, at: workbench.now() });
    },
  }),
  route({
    method: 'delete',
    path: '/suppressions/{id}',
    summary: 'Ends a suppression now',
    params: z.object({ id: rowId }),
    query: z.object({ by: person.meta({ description: 'Who ends it' }) }),
    answer: z.object({ id: z.number() }),
    handle: async ({ workbench }, { params, query }) => {
      await workbench.security.endSuppression(params.id, query.by, workbench.now());
      return { id: params.id };
    },
  }),
  route({
    method: 'post',
    path: '/alarms/{id}/judgement',
    summary: 'Says whether an alarm was right; the latest judgement stands',
    params: z.object({ id: rowId }),
    json: z
      .strictObject({ verdict: z.enum(['confirmed', 'dismissed']), by: person, reason })
      .meta({ id: 'AlarmJudgement' }),
    answer: z.object({ id: z.number() }),
    handle: async ({ workbench }, { params, body }) => {
      await workbench.security.judgeAlarm(params.id, { ...body, at: workbench.now() });
      return { id: params.id };
    },
  }),
];

export const securityRoutes: readonly ApiRoute[] = [...reading, ...changing];
