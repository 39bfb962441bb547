import { type MetricSelector, type PathStep, readSelector, type Sli } from '../../../contract.ts';
import { refuse, type SloPart, type SloPlace, type SpecDocument } from '../spec-document.ts';
import type { SliForm, SliKind } from './sli-forms.ts';

export interface ReadSli {
  readonly sli: Sli;
  readonly places: Readonly<Partial<Record<SloPart, SloPlace>>>;
  readonly queries?: readonly { readonly place: SloPlace; readonly text: string }[];
}

/** What the file holds under a kind of SLI. */
export type FormOf<Kind extends SliKind> = NonNullable<SliForm[Kind]>;

/** The `sli` of one SLO in its file: places in it, and faults told of it. */
export class SliScope {
  readonly #document: SpecDocument;
  readonly #path: readonly PathStep[];
  #isSound = true;

  constructor(document: SpecDocument, path: readonly PathStep[]) {
    this.#document = document;
    this.#path = path;
  }

  /** False once something was refused. */
  get isSound(): boolean {
    return this.#isSound;
  }

  at(...steps: readonly PathStep[]): SloPlace {
    return { path: [...this.#path, ...steps] };
  }

  /** An SLI whose queries were made of what stands at a place. */
  made(sli: Sli, ...steps: readonly PathStep[]): ReadSli {
    const place = { ...this.at(...steps), isVerbatim: false };
    return { sli, places: { errors: place, total: place, ratio: place } };
  }

  refuse(steps: readonly PathStep[], message: string, column?: number): void {
    this.#isSound = false;
    refuse(this.#document, this.at(...steps).path, message, column === undefined ? 'value' : { column });
  }

  selector(text: string, ...steps: readonly PathStep[]): MetricSelector | null {
    const { selector, faults } = readSelector(text);
    for (const { column, message } of faults) this.refuse(steps, message, column);
    return selector;
  }

  /** The key of those given that exactly one of may stand; null with the fault told. */
  one<Key extends string>(
    form: Readonly<Partial<Record<Key, unknown>>>,
    keys: readonly Key[],
    kind: SliKind,
  ): Key | null {
    const [first, second] = keys.filter((key) => form[key] !== undefined && form[key] !== null);
    if (first === undefined) this.refuse([kind], `one of ${keys.join(', ')} is needed`);
    else if (second !== undefined)
      this.refuse([kind, second], `"${first}" and "${second}" exclude each other: choose one`);
    return first === undefined || second !== undefined ? null : first;
  }
}
