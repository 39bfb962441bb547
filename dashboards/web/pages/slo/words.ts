import { allowedRatio, type Sli, type SloDefinition } from '../../../../rules/contract.ts';
import { printDuration } from '../../durations.ts';
import type { PageContext } from '../../page.ts';
import { periodInWords, printObjective } from './parts.ts';

function sliInWords(context: PageContext, sli: Sli): string {
  const { format, language, t } = context;
  switch (sli.kind) {
    case 'events':
      return t('slo.words.events');
    case 'ratio':
      return t('slo.words.ratio');
    case 'threshold':
      return t('slo.words.threshold', {
        every: printDuration(sli.everySeconds, language),
        bound: `${{ '<': '<', '<=': '≤', '>': '>', '>=': '≥' }[sli.operator]} ${format.plain(sli.bound)}`,
      });
    case 'timeSlices': {
      const slice = printDuration(sli.sliceSeconds, language);
      return sli.target === null
        ? t('slo.words.meanOfSlices', { slice })
        : t('slo.words.slices', { slice, target: format.setting(sli.target, 'ratio') });
    }
  }
}

/** What is promised, as a sentence, with what the budget amounts to in time. */
export function promiseInWords(
  context: PageContext,
  { objectivePercent, period, sli }: SloDefinition,
  periodSeconds: number,
): string {
  const { format, language, t } = context;
  const allowed = allowedRatio(objectivePercent);
  const sentences = [
    t('slo.words.promise', {
      period: periodInWords(context, period),
      good: sliInWords(context, sli),
      objective: printObjective(objectivePercent),
    }),
    t('slo.words.budget', {
      share: `${format.plain(allowed * 100)}%`,
      time: printDuration(allowed * periodSeconds, language),
    }),
  ];
  return sentences.join(language === 'zh' ? '' : ' ');
}

/** The queries as they stand in the specification. */
export function queriesOf({ t }: PageContext, sli: Sli): { readonly name: string; readonly query: string }[] {
  const pair = (errors: string, total: string) => [
    { name: t('slo.query.errors'), query: errors },
    { name: t('slo.query.total'), query: total },
  ];
  switch (sli.kind) {
    case 'events':
      return pair(sli.errorQuery, sli.totalQuery);
    case 'ratio':
      return [{ name: t('slo.query.ratio'), query: sli.errorRatioQuery }];
    case 'threshold':
      return [{ name: t('slo.query.value'), query: sli.query }];
    case 'timeSlices':
      return 'errorQuery' in sli.of
        ? pair(sli.of.errorQuery, sli.of.totalQuery)
        : [{ name: t('slo.query.ratio'), query: sli.of.errorRatioQuery }];
  }
}
