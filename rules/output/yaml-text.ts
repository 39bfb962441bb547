/** Plain data of a document: no dates, no undefined. */
export type YamlValue =
  | string
  | number
  | boolean
  | null
  | readonly YamlValue[]
  | { readonly [key: string]: YamlValue };

/** Words that some YAML reader takes for a boolean or for nothing. */
const words = /^(?:true|false|yes|no|on|off|y|n|null)$/i;

/** Text that means itself without quotes, whatever reader: begins with a letter, holds nothing that ends or opens anything. */
const plain = /^[\p{L}_(/](?:[\x20-\x7e\p{L}\p{N}\u3000-\u303f\uff01-\uff5e])*$/u;

const isPlain = (text: string) => plain.test(text) && !/: |:$| #| $/.test(text) && !words.test(text);

/** Lines that a block keeps as they are: nothing to escape, the first one not indented. */
const block =
  /^(?! )[\x21-\x7e\p{L}\u3000-\u303f\uff01-\uff5e][\x20-\x7e\n\p{L}\p{N}\u3000-\u303f\uff01-\uff5e]*[^\s]\n?$/u;

/** What JSON leaves as it is and YAML does not. */
const unsafe = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;
const escaped = (character: string) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;

const quoted = (text: string) => JSON.stringify(text).replace(unsafe, escaped);

function textOf(text: string, indent: string): string {
  if (isPlain(text)) return text;
  if (text.includes('\n') && block.test(text) && !/ $/m.test(text)) {
    const mark = text.endsWith('\n') ? '|' : '|-';
    const lines = text.replace(/\n$/, '').split('\n');
    return [mark, ...lines.map((line) => (line === '' ? '' : `${indent}${line}`))].join('\n');
  }
  return quoted(text);
}

const isList = (value: YamlValue): value is readonly YamlValue[] => Array.isArray(value);

/** Lines of a list or mapping; `first` stands before its first line instead of the indent. */
function writeInto(out: string[], value: YamlValue, indent: string, first: string): void {
  let before = first;
  if (isList(value)) {
    for (const item of value) {
      writeItem(out, item, `${indent}  `, `${before}- `);
      before = indent;
    }
    return;
  }
  for (const [key, item] of entriesOf(value)) {
    const head = `${before}${isPlain(key) ? key : quoted(key)}:`;
    before = indent;
    if (typeof item !== 'object' || item === null || isEmpty(item)) {
      out.push(`${head} ${scalarOf(item, `${indent}  `)}`);
      continue;
    }
    out.push(head);
    // A list stands at the indent of its key.
    const inner = isList(item) ? indent : `${indent}  `;
    writeInto(out, item, inner, inner);
  }
}

/** Keys without a value are left out. */
const entriesOf = (value: YamlValue) => Object.entries(value ?? {}).filter(([, item]) => item !== undefined);

const isEmpty = (value: object) => Object.values(value).every((item) => item === undefined);

function scalarOf(value: YamlValue, indent: string): string {
  if (typeof value === 'string') return textOf(value, indent);
  if (typeof value === 'object' && value !== null) return isList(value) ? '[]' : '{}';
  return String(value);
}

function writeItem(out: string[], item: YamlValue, indent: string, first: string): void {
  if (typeof item !== 'object' || item === null || isEmpty(item))
    out.push(`${first}${scalarOf(item, indent)}`);
  else writeInto(out, item, indent, first);
}

/** A document in block style with a line break at its end; keys stand in the order given. The library takes tenfold. */
export function yamlText(document: YamlValue): string {
  const out: string[] = [];
  if (typeof document === 'object' && document !== null && !isEmpty(document))
    writeInto(out, document, '', '');
  else out.push(scalarOf(document, '  '));
  out.push('');
  return out.join('\n');
}
