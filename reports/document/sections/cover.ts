import { overallCoverageOf } from '../../../scoring/contract.ts';
import type { Block } from '../blocks.ts';
import type { ReportContext } from '../context.ts';
import { formatInstant, formatPeriod, formatRatio, periodDays } from '../figures.ts';
import { gradeOrUngraded } from '../phrases.ts';
import { stageName } from './stage.ts';

export function writeCover(context: ReportContext): Block[] {
  const { bundle, evaluation, language, words, say } = context;
  const [first, last] = periodDays(evaluation.period);
  const { timeZone } = evaluation.period;
  return [
    {
      kind: 'cover',
      title: words('title'),
      subject: say(evaluation.subject.name),
      period: formatPeriod(evaluation.period.id, language),
      grade: { label: words('cover.grade'), value: gradeOrUngraded(context, evaluation.overall.grade) },
      facts: [
        { label: words('cover.days'), value: words('days', { first, last, timeZone }) },
        {
          label: words('cover.model'),
          value: words('modelName', {
            title: say(evaluation.model.title),
            version: evaluation.model.version,
          }),
        },
        ...(evaluation.stage
          ? [{ label: words('stage.title'), value: stageName(context, evaluation.stage) }]
          : []),
        { label: words('cover.coverage'), value: formatRatio(overallCoverageOf(evaluation)) },
        {
          label: words('cover.asOf'),
          value: words('instant', { at: formatInstant(evaluation.asOf, timeZone), timeZone }),
        },
        { label: words('cover.number'), value: bundle.number },
        { label: words('cover.sha256'), value: evaluation.sha256 },
      ],
      sampleNote: evaluation.subject.isSample ? words('sample.note') : null,
    },
    { kind: 'contents', title: words('contents') },
  ];
}
