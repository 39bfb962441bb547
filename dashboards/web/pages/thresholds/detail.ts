import { printSelector, type Threshold } from '../../../../rules/contract.ts';
import { printDuration } from '../../durations.ts';
import { link, type Page, type PageContext } from '../../page.ts';
import { Refusal } from '../../security/refusal.ts';
import { viewOfGroups, webAddress } from '../rules/groups.ts';
import { chooseSubject, type SubjectChoice } from '../subject-choice.ts';
import {
  conditionInWords,
  lastingInWords,
  printReading,
  releaseInWords,
  scheduleInWords,
  seriesName,
  viewOfLamp,
} from './parts.ts';
import { viewOfSeries, watchedSeries } from './rows.ts';

const shownChanges = 50;

function viewOfTarget({ t }: PageContext, { target }: Threshold, subject: string) {
  switch (target.kind) {
    case 'indicator':
      return {
        kind: t('threshold.target.indicator'),
        text: `${target.model}:${target.indicator}`,
        url: link(`/indicators/${encodeURIComponent(target.indicator)}`, { model: target.model, subject }),
      };
    case 'metric':
      return { kind: t('threshold.target.metric'), text: printSelector(target.selector), url: null };
    case 'promql':
      return { kind: t('threshold.target.promql'), text: target.query, url: null };
  }
}

function viewOfGrades(context: PageContext, threshold: Threshold) {
  const { say } = context;
  return threshold.grades.map((grade) => ({
    ...viewOfLamp(context, grade.colour),
    condition: conditionInWords(context, threshold, grade.when),
    lasting: lastingInWords(context, grade.forSeconds),
    release: releaseInWords(context, threshold, grade),
    role: say(grade.role),
    plan: say(grade.plan),
    runbook: grade.runbook,
    runbookUrl: webAddress(grade.runbook),
  }));
}

function viewOfSilence(context: PageContext, { noData }: Threshold) {
  if (!noData) return null;
  return {
    ...viewOfLamp(context, noData.colour),
    text: context.t('threshold.silence', { time: printDuration(noData.forSeconds, context.language) }),
    role: context.say(noData.role),
  };
}

async function viewOfChanges(context: PageContext, threshold: Threshold, choice: SubjectChoice) {
  const { format, say, workbench } = context;
  const changes = await workbench.lamps.history({ threshold: threshold.id, limit: shownChanges });
  const current = await workbench.lamps.current(choice.family);
  const siblings = current.filter((each) => each.threshold === threshold.id);
  return changes
    .filter(({ subject }) => subject === null || choice.family.includes(subject))
    .map((state) => ({
      ...viewOfLamp(context, state.lamp),
      at: format.time(state.since, choice.zone),
      value: printReading(context, threshold, state.value),
      subject: state.subject === null ? null : choice.nameOf(state.subject),
      series: seriesName(state, siblings),
      reason: state.reason ? say(state.reason) : null,
    }));
}

export const thresholdPage: Page = {
  path: '/thresholds/:id',
  show: async (context) => {
    const { language, params, say, t, workbench } = context;
    const choice = await chooseSubject(context, '/thresholds');
    const threshold = workbench.thresholds().find(({ id }) => id === params.id);
    if (!threshold || !choice) throw new Refusal(404, 'error.notFound');
    const series = (await watchedSeries(context, choice.family)).filter(
      (each) => each.threshold.id === threshold.id,
    );
    const rules = workbench
      .rules()
      .filter(({ origin }) => origin.kind === 'threshold' && origin.id === threshold.id);
    return {
      template: 'threshold',
      title: `${say(threshold.title)} · ${t('slo.tab.thresholds')}`,
      section: '/slos',
      isSample: choice.subject.isSample,
      view: {
        list: choice.linkTo('/thresholds'),
        place: choice.nameOf(choice.subject.id),
        threshold: {
          id: threshold.id,
          title: say(threshold.title),
          target: viewOfTarget(context, threshold, choice.subject.id),
          every: printDuration(threshold.everySeconds, language),
          lookback: printDuration(threshold.lookbackSeconds, language),
          subject:
            threshold.subject === null ? t('threshold.everySubject') : choice.nameOf(threshold.subject),
          schedule: scheduleInWords(context, threshold),
          holidays: threshold.schedule?.holidays.join(t('quality.between')) ?? '',
          workedInstead: threshold.schedule?.workedInstead.join(t('quality.between')) ?? '',
          source: threshold.source,
          zone: choice.zone,
        },
        grades: viewOfGrades(context, threshold),
        calm: viewOfLamp(context, threshold.calm),
        silence: viewOfSilence(context, threshold),
        rows: series.map((each) => viewOfSeries(context, each, choice)),
        changes: await viewOfChanges(context, threshold, choice),
        rules: rules.map(({ file, groups }) => ({ file, groups: viewOfGroups(groups) })),
      },
    };
  },
};
