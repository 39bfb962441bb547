import { z } from 'zod';
import { evaluationSchemaId, observationStates, provenances, units } from '../contract.ts';

/** The published shape of an evaluation, described field by field; a test holds it against real evaluations. */

const text = z
  .strictObject({ zh: z.string().min(1), en: z.string().min(1) })
  .describe('A text in Chinese and English.');
const instant = z.iso.datetime({ offset: true }).describe('An ISO 8601 instant.');
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const score = z.number().nullable();
const ratio = z.number().min(0).max(1);
const count = z.int().min(0);

const source = z
  .strictObject({
    kind: z.enum(['records', 'entry', 'file', 'metric']),
    query: z.string().nullable().describe('The definition that ran; null for an entry.'),
    files: z.array(
      z.strictObject({
        name: z.string(),
        sha256,
        rows: count.describe('Rows of this file that went into the figure.'),
      }),
    ),
    rows: count.nullable().describe('Rows looked at; null where rows have no meaning.'),
    asOf: instant.describe('The cut-off of the figure.'),
    samples: z
      .strictObject({ present: z.number().min(0), expected: z.number().min(0), series: count })
      .describe('Telemetry: samples there are beside those that the declared interval makes expect.')
      .optional(),
    submittedBy: z.string().optional(),
    verifiedBy: z.string().optional(),
    evidence: z.string().optional(),
  })
  .describe('Where the figure comes from, precise enough to look it up.');

const observation = z
  .strictObject({
    indicator: z.string().describe('Full id of the indicator.'),
    subject: z.string(),
    period: z.string(),
    state: z.enum(observationStates),
    value: z.number().nullable().describe('In `unit`; a number exactly in the states that have a value.'),
    numerator: z.number().nullable(),
    denominator: z.number().nullable(),
    unit: z.string(),
    provenance: z.enum(provenances).nullable().describe('Evidence class; null without a value.'),
    coverage: z
      .number()
      .gt(0)
      .max(1)
      .describe('Share of the period that the samples cover, where less than the whole.')
      .optional(),
    reason: text.nullable().describe('Why there is no value, or what is to be said of it.'),
    source: source.nullable(),
  })
  .meta({ id: 'observation', description: 'One indicator’s value for one subject over one period.' });

const comparison = z
  .strictObject({
    indicator: z.string(),
    subject: z.string(),
    period: z.string(),
    tolerance: ratio.describe('Relative difference up to which the sources are one figure.'),
    relativeDifference: z.number().min(0).describe('|a - b| / max(|a|, |b|) of the two furthest apart.'),
    candidates: z.array(observation).min(2).describe('As they came, strongest evidence first.'),
    reason: text,
  })
  .meta({ id: 'comparison', description: 'Several sources for one figure, side by side.' });

const resolution = z
  .strictObject({
    indicator: z.string(),
    subject: z.string(),
    period: z.string(),
    dispute: sha256.describe('Names the candidates that were looked at.'),
    value: z.number().describe('The value that counts.'),
    provenance: z.enum(provenances).describe('Its evidence class.'),
    decidedBy: z.string(),
    reason: z.string(),
    decidedAt: instant,
  })
  .meta({ id: 'resolution', description: 'A person’s decision on sources that disagree.' });

const stageModule = z.strictObject({
  module: z.string(),
  weight: ratio.describe('Scaled up where other modules do not apply; 0 for one that does not apply itself.'),
  min: z.number().describe('Below it the module has not entered the stage.'),
  max: z.number().describe('What the module has above it does not count.'),
  low: score,
  high: score,
  points: z.number().describe('weight * min(low, max).'),
  hasEntered: z.boolean(),
});

const stage = z
  .strictObject({
    stage: z
      .string()
      .nullable()
      .describe('The highest stage reached; null when none is or it cannot be told.'),
    title: text.nullable(),
    isDetermined: z.boolean().describe('False while a module that counts is ungraded.'),
    stages: z.array(
      z.strictObject({
        id: z.string(),
        title: text,
        isReached: z.boolean(),
        scoreLow: z.number().describe('Sum of weight * min(score, max) on the low bounds.'),
        scoreHigh: z.number(),
        from: z.number(),
        modules: z.array(stageModule),
      }),
    ),
    heldBackBy: z
      .array(
        z.strictObject({
          module: z.string().nullable().describe('Null = the stage score itself.'),
          gap: z.number(),
          reason: text,
        }),
      )
      .describe('What holds back from the next stage, the largest gap first.'),
    reason: text,
  })
  .describe('The stage of operation, reckoned on the low bounds of the module scores.');

const node = z
  .strictObject({
    id: z.string(),
    parent: z.string().nullable().describe('Null for a module.'),
    level: z.int().min(1),
    title: text,
    state: z
      .enum([...observationStates, 'scored', 'partial', 'unscored'])
      .describe('A leaf has its observation’s; an inner node is scored, partial or unscored.'),
    value: z.number().nullable().describe('The figure of a leaf, in `unit`.'),
    unit: z.enum(units),
    score: score.describe('0..100 on what has a value; null when nothing has.'),
    scoreLow: score.describe('If all missing evidence turned out worst; grades are given on it.'),
    scoreHigh: score.describe('If all missing evidence turned out best.'),
    points: score.describe('Points reached of `pointsPossible`, on the parent’s 0..100 scale.'),
    pointsPossible: z.number().min(0),
    coverage: ratio.describe('Applicable weight that has a value / applicable weight.'),
    provenance: z.enum(provenances).nullable().describe('Weakest evidence class among what counts.'),
    grade: z.string().nullable().describe('Modules only; null = ungraded or no module.'),
    reason: text,
    calculation: z.string().nullable().describe('The formula with the numbers put in.'),
  })
  .meta({ id: 'node', description: 'One node of the tree, scored.' });

export const evaluationSchema = z
  .strictObject({
    schema: z.literal(evaluationSchemaId),
    model: z.strictObject({
      id: z.string(),
      version: z.string(),
      sha256: sha256.describe('SHA-256 of the model’s YAML bytes.'),
      title: text,
    }),
    subject: z.strictObject({
      id: z.string(),
      name: text,
      kind: z.string(),
      parent: z.string().nullable(),
      timeZone: z.string().describe('IANA zone.'),
      isSample: z.boolean().describe('True when the figures are synthetic.'),
    }),
    period: z.strictObject({ id: z.string(), start: instant, end: instant, timeZone: z.string() }),
    asOf: instant.describe('The cut-off: nothing after it counts.'),
    engine: z.string().describe('Name and version of the scoring engine.'),
    interpretations: z
      .array(
        z.strictObject({
          id: z.string(),
          question: text,
          option: z.string(),
          title: text,
          isDefault: z.boolean(),
        }),
      )
      .describe('How the points that the model’s source leaves open were read.'),
    overall: z.strictObject({
      grade: z.string().nullable().describe('Null = ungraded.'),
      rule: z.string().nullable().describe('Id of the rule that decided; null when ungraded.'),
      score: score.describe('0..100 under a score rule; null under a rule over grades.'),
      scoreLow: score,
      scoreHigh: score,
      coverage: ratio.describe('Over all modules.'),
      reason: text,
    }),
    nodes: z.array(node).min(1).describe('Every node in tree order, modules at level 1.'),
    observations: z.array(observation).describe('One per leaf in tree order, whatever its state.'),
    conflicts: z.array(comparison).describe('Sources beyond tolerance; each blocks its node.'),
    reconciliations: z.array(comparison).describe('Sources within tolerance.'),
    resolutions: z
      .array(z.strictObject({ comparison, resolution }))
      .min(1)
      .describe('Conflicts that a person decided; absent when there are none.')
      .optional(),
    lapsedResolutions: z
      .array(resolution)
      .min(1)
      .describe('Decisions on figures that have changed since; they change nothing.')
      .optional(),
    stage: stage.optional(),
    deviations: z.array(text).describe('What departs from the model’s defaults.'),
    sha256: sha256.describe('SHA-256 of the canonical JSON (RFC 8785) of everything but this field.'),
  })
  .meta({
    title: 'CityGauge evaluation',
    description: 'The one result object: every page and report is a function of it.',
  });

/** JSON schema (draft 2020-12) of evaluations. */
export function evaluationJsonSchema(): Record<string, unknown> {
  return { ...z.toJSONSchema(evaluationSchema) };
}
