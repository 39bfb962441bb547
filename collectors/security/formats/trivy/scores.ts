import type { JsonPart } from '../../reading/json-part.ts';
import { cvssScore } from '../../reading/severity.ts';

/** After the source of the severity itself: who scores every vulnerability before those who score some. */
const vendors = ['nvd', 'ghsa', 'redhat'];
/** The scale that severities are cut from before the others. */
const scales = ['V3Score', 'V40Score', 'V2Score'];

/** The base score of the best scale, and among vendors of the first in order; null where nobody gives one. */
export function bestCvss(vulnerability: JsonPart): number | null {
  const source = vulnerability.at('SeveritySource').text();
  const scores = new Map(vulnerability.at('CVSS').entries());
  const order = [...(source ? [source] : []), ...vendors, ...[...scores.keys()].toSorted()];
  for (const scale of scales)
    for (const vendor of order) {
      const score = cvssScore(scores.get(vendor)?.at(scale).value);
      // 0 stands where a vendor has not scored yet.
      if (score !== null && score > 0) return score;
    }
  return null;
}
