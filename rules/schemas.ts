import { z } from 'zod';
import { nativeForm } from './slo/read/citygauge/form.ts';
import { thresholdFileForm } from './thresholds/read/file-form.ts';

/** JSON Schema of a file of SLOs in CityGauge's own format. */
export const sloJsonSchema = (): object => jsonSchemaOf(nativeForm);

/** JSON Schema of a file of graded thresholds. */
export const thresholdsJsonSchema = (): object => jsonSchemaOf(thresholdFileForm);

const jsonSchemaOf = (form: z.ZodType) => z.toJSONSchema(form, { io: 'input', unrepresentable: 'any' });
