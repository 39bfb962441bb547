import type { PathStep } from '../../contract.ts';
import { knownKeys } from '../../known-keys.ts';
import { nearest } from '../../records/mapping/did-you-mean.ts';
import { type ShapeFault, shapeFaults } from '../../shape-faults.ts';
import { checkForms } from './check-forms.ts';
import type { DeclaredKind } from './check-spec.ts';

const declaredKinds = Object.keys(checkForms) as readonly DeclaredKind[];

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The kind that a check names by one of its keys, or what is wrong with it. */
function kindOf(check: unknown): DeclaredKind | ShapeFault {
  if (!isMapping(check)) {
    return {
      path: [],
      text: 'a check is a mapping that begins with its kind: write for example completeness: id',
    };
  }
  const keys = Object.keys(check);
  // A check of a format may be about `columns`, and only then is that key none of a kind of its own.
  const [kind, second] = declaredKinds.filter((each) => keys.includes(each));
  if (kind === undefined) {
    const near = keys.flatMap((key) => nearest(key, declaredKinds) ?? []);
    const remedy =
      near[0] === undefined ? `one of ${declaredKinds.join(', ')}` : `; did you mean ${near[0]}?`;
    return {
      path: [],
      text: `the check names no kind${near[0] === undefined ? `: give ${remedy}` : remedy}`,
    };
  }
  if (second === undefined) return kind;
  return {
    path: [second],
    at: 'key',
    text: `"${kind}" and "${second}" are two kinds: make two checks of them`,
  };
}

export type ReadForm = {
  readonly [Kind in DeclaredKind]: {
    readonly kind: Kind;
    readonly form: ReturnType<(typeof checkForms)[Kind]['parse']>;
  };
}[DeclaredKind];

/** A check as its kind's form reads it, or every fault of its shape. */
export function readForm(check: unknown, at: readonly PathStep[]): ReadForm | readonly ShapeFault[] {
  const kind = kindOf(check);
  if (typeof kind === 'object') return [{ ...kind, path: [...at, ...kind.path] }];
  const form = checkForms[kind];
  const parsed = form.safeParse(check);
  if (parsed.success) return { kind, form: parsed.data } as ReadForm;
  const words = {
    knownKeys: knownKeys(form),
    missingRemedies: { as: ': name the format', within: ': write for example 30d' },
  };
  return shapeFaults(parsed.error, check, words).map((fault) => ({ ...fault, path: [...at, ...fault.path] }));
}
