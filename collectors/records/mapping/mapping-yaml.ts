import { InputError, readYaml, type YamlFault } from '../../contract.ts';
import type { ShapeFault } from '../../shape-faults.ts';
import { quoted } from '../reading/row.ts';
import { ruleOf } from './bind-columns.ts';
import { nearest } from './did-you-mean.ts';
import { fieldsOf, hasOwnId } from './import-fields.ts';
import { type Mapping, mappingSchema } from './mapping.ts';
import { mappingFaults } from './mapping-issues.ts';
import { requiredFields } from './required-fields.ts';

function fieldFaults(mapping: Mapping): ShapeFault[] {
  const specs = fieldsOf(mapping.kind);
  const faults: ShapeFault[] = [];
  for (const name of Object.keys(mapping.fields)) {
    if (Object.hasOwn(specs, name)) continue;
    const near = nearest(name, Object.keys(specs));
    faults.push({
      path: ['fields', name],
      text: `${quoted(name)} is not a field of ${mapping.kind}${near ? `; did you mean ${near}?` : `; its fields are ${Object.keys(specs).join(', ')}`}`,
    });
  }
  for (const name of requiredFields(mapping.kind)) {
    if (Object.hasOwn(mapping.fields, name)) continue;
    faults.push({ path: ['fields'], text: `"${name}" is missing; ${mapping.kind} need it` });
  }
  if (hasOwnId(mapping.kind) && mapping.id === undefined) {
    faults.push({
      path: ['id'],
      text: `"id" is missing; ${mapping.kind} need the column that identifies a record`,
    });
  }
  return [...faults, ...scaleFaults(mapping)];
}

/** A scale is of numbers; of a figure's columns only the value can be a percentage. */
function scaleFaults(mapping: Mapping): ShapeFault[] {
  const specs = fieldsOf(mapping.kind);
  return Object.entries(mapping.fields).flatMap(([name, field]) => {
    const rule = ruleOf(field);
    const type = Object.hasOwn(specs, name) ? specs[name]?.type : undefined;
    if (!('column' in rule) || rule.scale !== 'percent' || type === undefined) return [];
    const isCount = name === 'numerator' || name === 'denominator';
    if ((type === 'number' || type === 'ratio') && !isCount) return [];
    const text = `"scale: percent" cannot stand at ${name}, which is ${isCount ? 'no share' : `of type ${type}`}: remove it`;
    return [{ path: ['fields', name, 'scale'], text }];
  });
}

function sentence(name: string, { line, path, message }: YamlFault): string {
  const place = line === null ? '' : ` line ${line}${path === '' ? '' : ` ${path}`}`;
  return `${name}${place}: ${message}`;
}

/** A mapping from its YAML; InputError with every fault, each with its line and path, in the order of the file. */
export function parseMapping(yaml: string, name: string): Mapping {
  const document = readYaml(yaml);
  if (document.faults.length > 0) {
    throw new InputError(document.faults.map((fault) => sentence(name, fault)));
  }
  const parsed = mappingSchema.safeParse(document.value);
  const found = parsed.success ? fieldFaults(parsed.data) : mappingFaults(parsed.error, document.value);
  if (parsed.success && found.length === 0) return parsed.data;
  const faults = found
    .map(({ path, text, at }) => document.fault(path, text, at))
    .toSorted((a, b) => (a.line ?? 0) - (b.line ?? 0));
  throw new InputError(faults.map((fault) => sentence(name, fault)));
}
