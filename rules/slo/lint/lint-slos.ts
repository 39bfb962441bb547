import type { LintFinding, Slo } from '../../contract.ts';
import { queriesOf } from '../read/queries.ts';
import type { ReadSlo, SloPlace } from '../read/spec-document.ts';
import type { KnownFacts, LintCase, LintProblem } from './lint-rule.ts';
import { lintRules } from './rules.ts';

/** Where the SLOs that were read stand in their files; an SLO made otherwise has the line of its source alone. */
const readings = new WeakMap<Slo, ReadSlo>();

export function rememberPlaces(all: readonly ReadSlo[]): void {
  for (const read of all) readings.set(read.slo, read);
}

function caseOf(slo: Slo, known: KnownFacts): LintCase {
  const read = readings.get(slo);
  const notes = read?.notes ?? [];
  return {
    slo,
    queries: read?.isMetricsQl ? [] : queriesOf(slo.sli).map(({ part, query }) => ({ part, text: query })),
    known,
    notes: notes.map(({ place, zh, en }) => ({ path: place.path, message: { zh, en } })),
  };
}

function placeOf(read: ReadSlo, { part, note }: LintProblem): { place: SloPlace; isVerbatim: boolean } {
  const noted = note === undefined ? undefined : read.notes?.[note]?.place;
  const place = noted ?? read.places[part] ?? read.places.slo;
  return { place, isVerbatim: place.isVerbatim !== false };
}

function findingOf(slo: Slo, rule: string, problem: LintProblem): LintFinding {
  const { level, message, column } = problem;
  const read = readings.get(slo);
  const head = { rule, level, slo: slo.id, message };
  if (!read) return { ...head, file: slo.source.file, line: slo.source.line, column: 1 };
  const { place, isVerbatim } = placeOf(read, problem);
  const document = place.document ?? read.document;
  const at = column === undefined || !isVerbatim ? 'value' : { column };
  const fault = document.yaml.fault(place.path, '', at);
  return { ...head, file: document.file, line: fault.line ?? slo.source.line, column: fault.column ?? 1 };
}

/** What every rule finds, in the order of the SLOs and, within one, of the file. */
export function lintSlos(slos: readonly Slo[], known: KnownFacts = {}): LintFinding[] {
  return slos.flatMap((slo) => {
    const subject = caseOf(slo, known);
    const findings = lintRules.flatMap((rule) => {
      const problems = rule.check(subject);
      return problems.map((problem) => findingOf(slo, rule.name, problem));
    });
    return findings.toSorted((a, b) => a.line - b.line || a.column - b.column);
  });
}
