/** The published JSON schemas of this folder's two files. */
export { evaluationJsonSchema, evaluationSchema } from './engine/evaluation-schema.ts';
export { modelJsonSchema } from './model/schema.ts';
