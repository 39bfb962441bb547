import type { z } from 'zod';
import { nearest, type PathStep } from '../../../contract.ts';
import { readShape, refuse, type SpecDocument, valueAt } from '../spec-document.ts';
import { objectForms as forms, type Kind, kinds, type objectForms } from './forms.ts';

/** Where an object, or a part of it, stands. */
export interface Place {
  readonly document: SpecDocument;
  readonly path: readonly PathStep[];
}

export const within = ({ document, path }: Place, ...steps: readonly PathStep[]): Place => ({
  document,
  path: [...path, ...steps],
});

export interface OpenSloObject<K extends Kind> {
  readonly form: z.infer<(typeof objectForms)[K]>;
  readonly place: Place;
}

const missingRemedies = {
  kind: `: write one of ${kinds.join(', ')}`,
  name: ': name the object, others refer to it by that',
  service: ': name the service that the SLO is of',
  budgetingMethod: ': write Occurrences, Timeslices or RatioTimeslices',
  severity: ': write page or ticket',
};

function writtenName({ document, path }: Place): string {
  const object = valueAt(document.yaml.value, [...path, 'metadata', 'name']);
  return typeof object === 'string' ? object : '';
}

/** Objects of all documents of OpenSLO v1, found by kind and name. */
export class ObjectTable {
  readonly #objects = new Map<Kind, Map<string, OpenSloObject<Kind>>>();
  /** Kinds and names of objects whose own faults are told: a reference to one of them is none. */
  readonly #broken = new Set<string>();

  /** Reads one object; a second of the same kind and name is refused. */
  add(place: Place, kind: unknown): void {
    const known = kinds.find((each) => each === kind);
    if (known === undefined) {
      const near = typeof kind === 'string' ? nearest(kind, kinds) : null;
      const remedy = near === null ? `write one of ${kinds.join(', ')}` : `did you mean ${near}?`;
      refuse(place.document, [...place.path, 'kind'], `the kind is not known; ${remedy}`);
      return;
    }
    const form = readShape<OpenSloObject<Kind>['form']>(
      forms[known],
      place.document,
      missingRemedies,
      place.path,
    );
    if (form) this.#put(known, { form, place });
    else this.#broken.add(`${known} ${writtenName(place)}`);
  }

  #put(kind: Kind, object: OpenSloObject<Kind>): void {
    const ofKind = this.#objects.get(kind) ?? new Map<string, OpenSloObject<Kind>>();
    this.#objects.set(kind, ofKind);
    const { name } = object.form.metadata;
    const key =
      kind === 'SLO' ? JSON.stringify([(object as OpenSloObject<'SLO'>).form.spec.service, name]) : name;
    const other = ofKind.get(key);
    if (other && kind !== 'SLO') {
      const { document, path } = other.place;
      const line = document.yaml.fault(path, '').line;
      const message = `the ${kind} "${name}" stands in ${document.file} line ${line} already: give one of them another name`;
      refuse(object.place.document, [...object.place.path, 'metadata', 'name'], message);
      return;
    }
    ofKind.set(other ? `${key}${ofKind.size}` : key, object);
  }

  all<K extends Kind>(kind: K): readonly OpenSloObject<K>[] {
    return [...(this.#objects.get(kind)?.values() ?? [])] as unknown as OpenSloObject<K>[];
  }

  /** The object that a reference at a place names; null when there is none, which is refused. */
  find<K extends Kind>(kind: K, name: string, at: Place): OpenSloObject<K> | null {
    const found = this.peek(kind, name);
    if (found || this.#broken.has(`${kind} ${name}`)) return found;
    const names = [...(this.#objects.get(kind)?.keys() ?? [])];
    const near = nearest(name, names);
    const remedy =
      near === null ? `add a document of kind ${kind} with that name` : `did you mean "${near}"?`;
    refuse(at.document, at.path, `there is no ${kind} "${name.slice(0, 60)}" in the files given; ${remedy}`);
    return null;
  }

  peek<K extends Kind>(kind: K, name: string): OpenSloObject<K> | null {
    return (this.#objects.get(kind)?.get(name) ?? null) as unknown as OpenSloObject<K> | null;
  }
}
