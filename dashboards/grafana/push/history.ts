import { z } from 'zod';

/** How the messages begin under which dashboards are saved from here. */
export const ownMessage = 'citygauge ';

const entry = z.looseObject({ message: z.string().default(''), createdBy: z.string().default('') });
/** A list until Grafana 10, later an object with the list in it. */
const historyAnswer = z.union([z.array(entry), z.looseObject({ versions: z.array(entry) })]);

/** Who saved the newest version otherwise than from here; null when nobody did, or when there is no telling. */
export function editedBy(history: unknown): string | null {
  const { success, data } = historyAnswer.safeParse(history);
  if (!success) return null;
  const newest = (Array.isArray(data) ? data : data.versions)[0];
  if (!newest || newest.message.startsWith(ownMessage)) return null;
  return newest.createdBy === '' ? 'somebody' : newest.createdBy;
}
