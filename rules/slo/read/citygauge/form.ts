import { z } from 'zod';
import { calendarUnits } from '../../../contract.ts';
import { labelsForm } from '../labels.ts';
import { sliForms } from './sli-forms.ts';

export const nativeFormat = 'citygauge/slo@1';

const text = z.string().min(1);
const settingsForm = z.strictObject({
  labels: labelsForm.optional(),
  annotations: labelsForm.optional(),
});

const optionalSlis = Object.fromEntries(
  Object.entries(sliForms).map(([kind, form]) => [kind, form.optional()]),
) as { readonly [Kind in keyof typeof sliForms]: z.ZodOptional<(typeof sliForms)[Kind]> };

const sloForm = z.strictObject({
  name: text,
  service: text.optional(),
  subject: text.optional(),
  title: z.union([text, z.strictObject({ zh: text, en: text })]).optional(),
  description: z.string().optional(),
  objective: z.number(),
  period: z
    .union([
      z
        .string()
        .refine(
          (text) => /^[1-9]\d{0,4}[a-zA-Z]$/.test(text),
          'is no period: write 30d, or { calendar: month, timeZone: Asia/Shanghai }',
        ),
      z.strictObject({ calendar: z.enum(calendarUnits), timeZone: text }),
    ])
    .optional(),
  minimumEvents: z.number().min(0).optional(),
  labels: labelsForm.optional(),
  sli: z.strictObject(optionalSlis),
  alerting: z
    .strictObject({
      name: text.optional(),
      labels: labelsForm.optional(),
      annotations: labelsForm.optional(),
      runbook: text.optional(),
      page: z.union([z.literal(false), settingsForm]).optional(),
      ticket: z.union([z.literal(false), settingsForm]).optional(),
    })
    .optional(),
});
export type SloForm = z.infer<typeof sloForm>;

/** CityGauge's own format. */
export const nativeForm = z.strictObject({
  schema: z.literal(nativeFormat),
  service: text.optional(),
  subject: text.optional(),
  labels: labelsForm.optional(),
  slos: z.array(sloForm).min(1),
});
export type NativeForm = z.infer<typeof nativeForm>;
