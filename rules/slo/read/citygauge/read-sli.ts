import type { PathStep } from '../../../contract.ts';
import type { SpecDocument } from '../spec-document.ts';
import {
  readBatch,
  readCounters,
  readFreshness,
  readLatency,
  readOnline,
  readSamples,
} from './measured-slis.ts';
import { readEvents, readRatio, readThreshold, readTimeSlices } from './queried-slis.ts';
import { type SliForm, type SliKind, sliKinds } from './sli-forms.ts';
import { type FormOf, type ReadSli, SliScope } from './sli-scope.ts';

type Reader<Kind extends SliKind> = (scope: SliScope, form: FormOf<Kind>) => ReadSli | null;

const readers: { readonly [Kind in SliKind]: Reader<Kind> } = {
  events: readEvents,
  ratio: readRatio,
  counters: readCounters,
  batch: readBatch,
  latency: readLatency,
  online: readOnline,
  samples: readSamples,
  freshness: readFreshness,
  threshold: readThreshold,
  timeSlices: readTimeSlices,
};

function readKind<Kind extends SliKind>(kind: Kind, scope: SliScope, form: SliForm): ReadSli | null {
  const written = form[kind];
  return written === undefined ? null : readers[kind](scope, written as FormOf<Kind>);
}

/** The `sli` of an SLO, at a path; null when it cannot be used, with its faults told. */
export function readSli(document: SpecDocument, path: readonly PathStep[], form: SliForm): ReadSli | null {
  const scope = new SliScope(document, path);
  const [kind, second] = sliKinds.filter((each) => form[each] !== undefined);
  if (kind === undefined) {
    scope.refuse([], `the SLI is empty: give one of ${sliKinds.join(', ')}`);
    return null;
  }
  if (second !== undefined) {
    scope.refuse([second], `"${kind}" and "${second}" are two SLIs: choose one`);
    return null;
  }
  const read = readKind(kind, scope, form);
  return scope.isSound ? read : null;
}
