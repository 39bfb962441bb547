interface SchemaNode {
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, SchemaNode>>;
  readonly required?: readonly string[];
  readonly items?: SchemaNode;
  readonly additionalProperties?: SchemaNode | boolean;
  readonly anyOf?: readonly SchemaNode[];
  readonly oneOf?: readonly SchemaNode[];
}

const isObject = (node: unknown): node is SchemaNode => typeof node === 'object' && node !== null;

function formsOf(node: SchemaNode): readonly SchemaNode[] {
  const forms = [...(node.anyOf ?? []), ...(node.oneOf ?? [])];
  return forms.length === 0 ? [node] : forms.flatMap(formsOf);
}

/** In words: `text`, `list of text`, `"a" or "b"`; what has keys of its own says only that. */
function typeText(node: SchemaNode): string {
  const words = formsOf(node).map((form) => {
    if (form.const !== undefined) return JSON.stringify(form.const);
    if (form.enum) return form.enum.map((each) => JSON.stringify(each)).join(' or ');
    if (form.items) return `list of ${typeText(form.items)}`;
    if (form.properties) return `{ ${Object.keys(form.properties).join(', ')} }`;
    if (isObject(form.additionalProperties)) return `mapping to ${typeText(form.additionalProperties)}`;
    const type = Array.isArray(form.type) ? form.type.join(' or ') : (form.type ?? 'any value');
    return type === 'string' ? 'text' : type === 'integer' ? 'whole number' : String(type);
  });
  return [...new Set(words)].join(' or ');
}

/** Below a value: its keys, or those of the items of its list. */
function keysOf(node: SchemaNode, path: string): readonly (readonly string[])[] {
  return formsOf(node).flatMap((form) => {
    if (form.items) return keysOf(form.items, `${path}[]`);
    const named = Object.entries(form.properties ?? {}).flatMap(([name, child]) =>
      rowsOf(child, `${path === '' ? '' : `${path}.`}${name}`, form.required?.includes(name) ?? false),
    );
    const free = isObject(form.additionalProperties) ? keysOf(form.additionalProperties, `${path}.*`) : [];
    return [...named, ...free];
  });
}

/** A place of a secret is explained once for all. */
const isSecret = (node: SchemaNode) =>
  formsOf(node).some(({ properties }) => properties?.env) &&
  formsOf(node).some(({ properties }) => properties?.file);

function rowsOf(node: SchemaNode, path: string, isRequired: boolean): readonly (readonly string[])[] {
  const standard = node.default === undefined ? '' : `\`${JSON.stringify(node.default)}\``;
  const own = [
    `\`${path}\`${isRequired && node.default === undefined ? ' (required)' : ''}`,
    isSecret(node) ? 'place of a secret' : typeText(node),
    standard,
    node.description ?? '',
  ];
  if (isSecret(node)) return [own];
  const seen = new Set<string>();
  const below = keysOf(node, path).filter(([name = '']) => !seen.has(name) && seen.add(name));
  return [own, ...below];
}

/** Every key of a settings schema: path, type, default, meaning. */
export function settingsRows(schema: object): readonly (readonly string[])[] {
  return keysOf(schema as SchemaNode, '');
}
