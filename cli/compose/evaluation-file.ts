import { InputError } from '../../collectors/contract.ts';
import { canonicalJson, type Evaluation, sha256Of } from '../../scoring/contract.ts';
import { evaluationSchema } from '../../scoring/schemas.ts';

/** Reads a saved evaluation; InputError names each place that breaks the schema, and a hash that does not fit. */
export function parseEvaluation(name: string, text: string): Evaluation {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new InputError(`${name}: is no JSON: ${(cause as Error).message}`, { cause });
  }
  const parsed = evaluationSchema.safeParse(json);
  if (!parsed.success) {
    throw new InputError(
      parsed.error.issues.map((issue) => `${name}: ${issue.path.join('.')}: ${issue.message}`),
    );
  }
  const evaluation = parsed.data as Evaluation;
  const { sha256, ...content } = evaluation;
  const hash = sha256Of(canonicalJson(content));
  if (hash !== sha256) {
    throw new InputError(`${name}: sha256 is ${sha256}, its content hashes to ${hash}: it was altered`);
  }
  return evaluation;
}
