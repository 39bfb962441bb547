import { type ZodType, z } from 'zod';
import type { PathStep } from './contract.ts';

interface SchemaNode {
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly items?: SchemaNode | boolean;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
  readonly allOf?: readonly SchemaNode[];
  readonly $ref?: string;
  readonly $defs?: Readonly<Record<string, SchemaNode>>;
}

/** The forms that a value of this schema may take. */
function formsOf(node: SchemaNode, root: SchemaNode): readonly SchemaNode[] {
  const name = node.$ref?.split('/').at(-1);
  const target = name === undefined ? undefined : root.$defs?.[name];
  const parts = [...(node.anyOf ?? []), ...(node.oneOf ?? []), ...(node.allOf ?? [])];
  return [node, ...[...parts, ...(target ? [target] : [])].flatMap((each) => formsOf(each, root))];
}

function childrenOf(node: SchemaNode, step: PathStep): readonly SchemaNode[] {
  const isNode = (each: unknown): each is SchemaNode => typeof each === 'object' && each !== null;
  const named = node.properties?.[String(step)];
  if (named) return [named];
  return [typeof step === 'number' ? node.items : node.additionalProperties].filter(isNode);
}

/** The keys that a schema allows at a path, to say what a misspelt one was meant to be. */
export function knownKeys(schema: ZodType): (path: readonly PathStep[]) => readonly string[] {
  return (path) => {
    const root = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as SchemaNode;
    let forms = formsOf(root, root);
    for (const step of path) {
      forms = forms.flatMap((form) => childrenOf(form, step)).flatMap((child) => formsOf(child, root));
    }
    return [...new Set(forms.flatMap(({ properties }) => Object.keys(properties ?? {})))];
  };
}
