import { LineCounter, parseDocument } from 'yaml';
import type { z } from 'zod';
import { InputError } from '../../contract.ts';
import { nearest } from './did-you-mean.ts';
import { fieldsOf, hasOwnId } from './import-fields.ts';
import { type Mapping, mappingSchema } from './mapping.ts';
import { requiredFields } from './required-fields.ts';

type Path = readonly PropertyKey[];

function linesOf(yaml: string, name: string) {
  const counter = new LineCounter();
  const document = parseDocument(yaml, {
    lineCounter: counter,
    uniqueKeys: true,
    maxAliasCount: 100,
  } as object);
  if (document.errors.length > 0) {
    throw new InputError(
      document.errors.map((error) => {
        const line = counter.linePos(error.pos[0]).line;
        return `${name} line ${line}: ${error.message.split('\n', 1)[0]}`;
      }),
    );
  }
  /** Line of the innermost node of the path that exists in the file. */
  const lineOf = (path: Path): number => {
    for (let length = path.length; length > 0; length -= 1) {
      const node = document.getIn(path.slice(0, length), true) as { range?: [number] } | undefined;
      if (node?.range) return counter.linePos(node.range[0]).line;
    }
    return 1;
  };
  return { document, lineOf };
}

interface Fault {
  readonly path: Path;
  readonly text: string;
}

/** Of a choice between forms the faults of the form that comes closest: the one with its faults deepest down. */
function faultsOf(issue: z.core.$ZodIssue, above: Path = []): Fault[] {
  const path = [...above, ...issue.path];
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [{ path, text: issue.message }];
  const depth = (branch: readonly z.core.$ZodIssue[]) => Math.max(...branch.map((each) => each.path.length));
  const isTypeFault = (branch: readonly z.core.$ZodIssue[]) =>
    branch.some((each) => each.code === 'invalid_type' && each.path.length === 0);
  const [closest] = issue.errors.toSorted(
    (a, b) => Number(isTypeFault(a)) - Number(isTypeFault(b)) || depth(b) - depth(a) || a.length - b.length,
  );
  return (closest ?? []).flatMap((each) => faultsOf(each, path));
}

function fieldFaults(mapping: Mapping): Fault[] {
  const specs = fieldsOf(mapping.kind);
  const faults: Fault[] = [];
  for (const name of Object.keys(mapping.fields)) {
    if (Object.hasOwn(specs, name)) continue;
    const near = nearest(name, Object.keys(specs));
    faults.push({
      path: ['fields', name],
      text: `"${name}" is not a field of ${mapping.kind}${near ? `; did you mean ${near}?` : `; its fields are ${Object.keys(specs).join(', ')}`}`,
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
  return faults;
}

/** A mapping from its YAML; InputError with every fault, each with its line and path. */
export function parseMapping(yaml: string, name: string): Mapping {
  const { document, lineOf } = linesOf(yaml, name);
  const parsed = mappingSchema.safeParse(document.toJS({ maxAliasCount: 100 }));
  const faults: Fault[] = parsed.success
    ? fieldFaults(parsed.data)
    : parsed.error.issues.flatMap((issue) => faultsOf(issue));
  if (!parsed.success || faults.length > 0) {
    throw new InputError(
      faults.map(({ path, text }) => {
        const at = path.length > 0 ? ` ${path.map(String).join('.')}` : '';
        return `${name} line ${lineOf(path)}${at}: ${text}`;
      }),
    );
  }
  return parsed.data;
}
