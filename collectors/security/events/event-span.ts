import { parseCutoff } from '../../contract.ts';

/** What says since when and until when a list of events is complete. */
export interface CompleteList {
  /** ISO instants at which its events were found; none = an empty list. */
  readonly found: readonly string[];
  /** Local date of the zone; absent = the earliest event says it. */
  readonly completeFrom?: string | undefined;
  readonly timeZone: string;
  /** ISO instant of its last change. */
  readonly changedAt: string;
  /** ISO instant of the reading; a file that claims a later change is believed up to it. */
  readonly readAt: string;
}

/** The time of which the list tells every event, ISO instants; null where nothing says its beginning or it ends before that. */
export function spanOf(list: CompleteList): { readonly from: string; readonly to: string } | null {
  const { completeFrom, timeZone } = list;
  const first = Math.min(...list.found.map((at) => Date.parse(at)));
  const from = completeFrom === undefined ? first : Date.parse(parseCutoff(completeFrom, timeZone));
  const to = Math.min(Date.parse(list.changedAt), Date.parse(list.readAt));
  if (!Number.isFinite(from) || from >= to) return null;
  return { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
}
