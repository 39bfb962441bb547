import { checksJsonSchema } from '../../collectors/data-quality.ts';
import { mappingJsonSchema } from '../../collectors/records.ts';
import { telemetryJsonSchema } from '../../collectors/runner.ts';
import { openApiDocument } from '../../dashboards/web/web-app.ts';
import { sloJsonSchema, thresholdsJsonSchema } from '../../rules/schemas.ts';
import { evaluationJsonSchema, modelJsonSchema } from '../../scoring/schemas.ts';

/** The published schemas, from the zod schemas that validate. */
export async function schemaFiles(): Promise<[string, string][]> {
  const text = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  return [
    ['checks.schema.json', text(checksJsonSchema())],
    ['evaluation.schema.json', text(evaluationJsonSchema())],
    ['mapping.schema.json', text(mappingJsonSchema())],
    ['model.schema.json', text(modelJsonSchema())],
    ['openapi.json', text(openApiDocument())],
    ['slo.schema.json', text(sloJsonSchema())],
    ['telemetry.schema.json', text(telemetryJsonSchema())],
    ['thresholds.schema.json', text(thresholdsJsonSchema())],
  ];
}
