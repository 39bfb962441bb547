import type { Evaluation, Observation } from '../../scoring/contract.ts';
import type { ReportContext } from './context.ts';
import { formatAmount } from './figures.ts';

/** Where an observation comes from, precise enough for a stranger to look it up, a line for each fact. */
export function sourceLines(context: ReportContext, each: Observation): string[] {
  const { words } = context;
  const { source } = each;
  const fraction =
    each.numerator !== null && each.denominator !== null
      ? words('modules.fraction', {
          numerator: formatAmount(each.numerator),
          denominator: formatAmount(each.denominator),
        })
      : null;
  const lines = [
    fraction,
    source && `${words(`source.${source.kind}`)}${source.query ? `${words('colon')}${source.query}` : ''}`,
    source?.samples &&
      words('evidence.samples', {
        present: formatAmount(source.samples.present),
        expected: formatAmount(source.samples.expected),
        series: formatAmount(source.samples.series),
      }),
    source?.evidence && words('evidence.file', { file: source.evidence }),
    source?.submittedBy && words('evidence.submittedBy', { name: source.submittedBy }),
    source?.verifiedBy && words('evidence.verifiedBy', { name: source.verifiedBy }),
    ...(source?.files ?? []).map((file) =>
      words('evidence.fileRows', {
        name: file.name,
        rows: words(file.rows === 1 ? 'evidence.row' : 'evidence.rows', { rows: formatAmount(file.rows) }),
        sha: file.sha256.slice(0, 12),
      }),
    ),
  ];
  return lines.filter((line): line is string => !!line);
}

/** All that was observed of a figure: each side where sources were compared, else the one observation. */
export function sidesOf(evaluation: Evaluation, observation: Observation): readonly Observation[] {
  const decided = (evaluation.resolutions ?? []).map(({ comparison }) => comparison);
  const compared = [...evaluation.conflicts, ...evaluation.reconciliations, ...decided];
  const found = compared.find((each) => each.indicator === observation.indicator);
  return found?.candidates ?? [observation];
}
