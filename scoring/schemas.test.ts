import assert from 'node:assert/strict';
import { parse } from 'yaml';
import { inputFor, modelOf } from './engine/test-input.ts';
import { scoringEngine } from './engine.ts';
import { modelFileSchema } from './model/schema.ts';
import { readShippedModels } from './models/model-folder.ts';
import { evaluationJsonSchema, evaluationSchema, modelJsonSchema } from './schemas.ts';

/** Every part of a JSON schema that has properties. */
function objectsIn(
  schema: unknown,
): { properties: Record<string, unknown>; additionalProperties?: unknown }[] {
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'properties' in schema ? [schema as ReturnType<typeof objectsIn>[number]] : [];
  return [...own, ...Object.values(schema).flatMap(objectsIn)];
}

describe('the published JSON schemas', () => {
  it('describe model files: the shipped ones fit', () => {
    for (const { id, yaml } of readShippedModels()) {
      assert.deepEqual(modelFileSchema.safeParse(parse(yaml)).error?.issues ?? [], [], id);
    }
  });

  it('describe evaluations: real ones fit, and a strange key does not', () => {
    for (const { id } of readShippedModels()) {
      const evaluation = scoringEngine.score(inputFor(modelOf(id), {}));
      assert.deepEqual(evaluationSchema.safeParse(evaluation).error?.issues ?? [], [], id);
      assert.equal(evaluationSchema.safeParse({ ...evaluation, mood: 'good' }).success, false);
    }
  });

  it('forbid keys that they do not name, at every depth', () => {
    for (const [schema, least] of [
      [evaluationJsonSchema(), 12],
      [modelJsonSchema(), 20],
    ] as const) {
      const objects = objectsIn(schema).filter((each) => Object.keys(each.properties).length > 0);
      assert.ok(objects.length >= least, `only ${objects.length} objects were looked at`);
      for (const each of objects)
        assert.equal(each.additionalProperties, false, Object.keys(each.properties).join());
    }
  });
});
