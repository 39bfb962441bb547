import type { ScannedFinding } from '../../../contract.ts';
import { cvssScore, severityOf, severityOfWord } from '../../reading/severity.ts';
import type { NmapScript, NmapTable } from './elements.ts';

type Vulnerability = Pick<ScannedFinding, 'rule' | 'title' | 'severity' | 'cvss' | 'url'>;

/** `VULNERABLE`, `LIKELY VULNERABLE`, `VULNERABLE (Exploitable)`, but not `NOT VULNERABLE` (vulns.lua). */
const vulnerable = /^(?:LIKELY )?VULNERABLE\b/;
const cve = /^(?:CVE:)?(CVE-\d{4}-\d{4,})$/;
const mostLevels = 8;

const elementOf = ({ elements }: NmapTable, key: string) => elements.find((each) => each.key === key)?.text;

function tableOf({ tables }: NmapTable, key: string): NmapTable | undefined {
  return tables.find((each) => each.key === key);
}

/** The newest CVSS of a table of scores: the keys are `CVSS`, `CVSSv2`, `CVSSv3`. */
function bestScore(scores: NmapTable | undefined): number | null {
  const known = (scores?.elements ?? []).filter(({ key }) => key.startsWith('CVSS'));
  const newest = known.toSorted((a, b) => (a.key < b.key ? 1 : -1))[0];
  return cvssScore(/^[\d.]+/.exec(newest?.text ?? '')?.[0]);
}

/** An entry of the library `vulns`, which most scripts that look for holes write with. */
function ofVulns(table: NmapTable, script: NmapScript): Vulnerability | null {
  const state = elementOf(table, 'state');
  if (state === undefined || !vulnerable.test(state)) return null;
  const ids = (tableOf(table, 'ids')?.elements ?? []).map(({ text }) => cve.exec(text)?.[1]);
  const rule = cve.exec(table.key)?.[1] ?? ids.find(Boolean) ?? (table.key || script.id);
  const cvss = bestScore(tableOf(table, 'scores'));
  const risk = /Risk factor: (\w+)/.exec(script.output)?.[1] ?? null;
  const url = tableOf(table, 'refs')?.elements[0]?.text ?? null;
  return { rule, title: elementOf(table, 'title') ?? rule, severity: severityOf(risk, cvss), cvss, url };
}

/** An entry of the script `vulners`: what is known of the version that the service names. */
function ofVulners(table: NmapTable): Vulnerability | null {
  const [id, type] = [elementOf(table, 'id'), elementOf(table, 'type')];
  if (id === undefined || type !== 'cve') return null;
  const cvss = cvssScore(elementOf(table, 'cvss'));
  return { rule: id, title: id, severity: severityOf(null, cvss), cvss, url: null };
}

/** What a script says is vulnerable, as structured output; the texts of other scripts are no findings. */
export function vulnerabilitiesOf(script: NmapScript): Vulnerability[] {
  const read = script.id === 'vulners' ? ofVulners : (table: NmapTable) => ofVulns(table, script);
  const walk = (tables: readonly NmapTable[], level: number): Vulnerability[] =>
    level > mostLevels
      ? []
      : tables.flatMap((table) => {
          const found = read(table);
          return found ? [found] : walk(table.tables, level + 1);
        });
  const found = walk(script.tables, 0);
  // A word of the risk stands in the text of all entries together: of several it belongs to nobody knows which.
  if (found.length < 2 || !severityOfWord(/Risk factor: (\w+)/.exec(script.output)?.[1] ?? null))
    return found;
  return found.map((each) => ({ ...each, severity: severityOf(null, each.cvss) }));
}
