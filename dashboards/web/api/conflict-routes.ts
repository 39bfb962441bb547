import * as z from 'zod';
import { provenances } from '../../../scoring/contract.ts';
import { createReader } from '../evaluation-reader.ts';
import { disputesIn, findDisputes } from '../pages/conflicts/disputes.ts';
import { Refusal } from '../security/refusal.ts';
import { type ApiRoute, evaluationOf, route } from './route.ts';
import * as schemas from './schemas.ts';

const conflict = z
  .object({
    evaluation: z.string(),
    comparison: z.object({
      indicator: z.string(),
      subject: z.string(),
      period: z.string(),
      tolerance: z.number(),
      relativeDifference: z.number(),
      candidates: z.array(schemas.observation),
      reason: schemas.text,
    }),
    decided: z
      .looseObject({
        value: z.number(),
        provenance: z.enum(provenances),
        decidedBy: z.string(),
        reason: z.string(),
        decidedAt: z.string(),
      })
      .nullable()
      .meta({ description: 'Null = open' }),
  })
  .meta({ id: 'Conflict' });

const decision = z
  .strictObject({
    evaluation: schemas.sha256,
    indicator: schemas.indicatorId,
    value: z.number().meta({ description: 'Of the candidate that counts' }),
    provenance: z.enum(provenances).meta({ description: 'Of the candidate that counts' }),
    decidedBy: z.string().trim().min(1).max(200),
    reason: z.string().trim().min(1).max(2000),
  })
  .meta({ id: 'ConflictDecision' });

const decided = z.object({ sha256: schemas.sha256, indicator: schemas.indicatorId });

export const conflictRoutes: readonly ApiRoute[] = [
  route({
    method: 'get',
    path: '/conflicts',
    summary: 'Figures whose sources disagree, open and decided, in the latest evaluations',
    query: z.object({
      model: schemas.modelId.optional(),
      subject: schemas.subjectId.optional(),
      period: schemas.periodId.optional(),
    }),
    answer: z.object({
      items: z.array(conflict),
      unread: z.number().meta({ description: 'Older evaluations that were not looked at' }),
    }),
    handle: async ({ workbench }, { query: { model, subject, period } }) => {
      const filter = { ...(model && { model }), ...(subject && { subject }), ...(period && { period }) };
      const found = await findDisputes(createReader(workbench), filter);
      return { items: [...found.open, ...found.decided], unread: found.unread };
    },
  }),
  route({
    method: 'post',
    path: '/conflicts',
    summary: 'Decides which source of a figure counts and evaluates again; answers with the new evaluation',
    json: decision,
    status: 201,
    answer: schemas.evaluation,
    handle: async ({ workbench }, { body: { evaluation: sha256, ...chosen } }) => {
      const evaluation = await evaluationOf(workbench, sha256);
      const dispute = disputesIn(evaluation).find((each) => each.comparison.indicator === chosen.indicator);
      if (!dispute) throw new Refusal(404, 'error.notFound');
      const isCandidate = dispute.comparison.candidates.some(
        (each) => each.value === chosen.value && each.provenance === chosen.provenance,
      );
      if (!isCandidate) throw new Refusal(400, 'error.candidate');
      return workbench.resolve(evaluation, chosen);
    },
  }),
  route({
    method: 'delete',
    path: '/conflicts/{sha256}/{indicator}',
    summary: 'Takes a decision back and evaluates again; answers with the new evaluation',
    params: decided,
    answer: schemas.evaluation,
    handle: async ({ workbench }, { params }) => {
      const evaluation = await evaluationOf(workbench, params.sha256);
      const isDecided = disputesIn(evaluation).some(
        (each) => each.comparison.indicator === params.indicator && each.decided !== null,
      );
      if (!isDecided) throw new Refusal(404, 'error.notFound');
      return workbench.withdraw(evaluation, params.indicator);
    },
  }),
];
