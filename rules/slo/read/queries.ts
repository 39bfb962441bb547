import { type Sli, windowPlaceholder } from '../../contract.ts';
import { windowedFault } from '../../promql/windowed.ts';
import { type ReadSlo, refuse, type SloPart, type SloPlace } from './spec-document.ts';

/** The queries of an SLI with the part of the file that each stands for. */
export function queriesOf(sli: Sli): readonly { readonly part: SloPart; readonly query: string }[] {
  switch (sli.kind) {
    case 'events':
      return [
        { part: 'errors', query: sli.errorQuery },
        { part: 'total', query: sli.totalQuery },
      ];
    case 'ratio':
      return [{ part: 'ratio', query: sli.errorRatioQuery }];
    case 'threshold':
      return [{ part: 'ratio', query: sli.query }];
    case 'timeSlices':
      return 'errorRatioQuery' in sli.of
        ? [{ part: 'ratio', query: sli.of.errorRatioQuery }]
        : [
            { part: 'errors', query: sli.of.errorQuery },
            { part: 'total', query: sli.of.totalQuery },
          ];
  }
}

/** The queries of a spec as they are written in the file. */
function writtenQueries({ slo, places, queries }: ReadSlo): readonly { place: SloPlace; text: string }[] {
  if (queries) return queries;
  return queriesOf(slo.sli).flatMap(({ part, query }) => {
    const place = places[part];
    return place && place.isVerbatim !== false && query !== '' ? [{ place, text: query }] : [];
  });
}

const windowInThreshold =
  'a threshold is compared at each step, whatever the window: write a range of its own, [5m], in place of {{.window}}';

/** Refuses queries that are no PromQL, each at its place in the file. */
export function checkQueries(read: ReadSlo): void {
  if (read.isMetricsQl) return;
  for (const { place, text } of writtenQueries(read)) {
    const fault = windowedFault(text);
    if (fault) refuse(place.document ?? read.document, place.path, fault.message, { column: fault.column });
    const column = read.slo.sli.kind === 'threshold' ? text.search(windowPlaceholder) + 1 : 0;
    if (column > 0) refuse(place.document ?? read.document, place.path, windowInThreshold, { column });
  }
}
