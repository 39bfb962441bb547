import type { TargetState } from '../../../../collectors/contract.ts';
import type { JobState } from '../../../contract.ts';
import { drawPhases } from '../../charts/run-strip.ts';
import { printDuration } from '../../durations.ts';
import { link, type Page, type PageContext } from '../../page.ts';
import { sentence } from '../../terms.ts';
import { isAnySample } from './states.ts';

/** Phases of an exchange in the order they happen. */
const phaseNames = ['resolve', 'connect', 'tls', 'processing', 'transfer'] as const;
const shownTargets = 500;
/** Days from which a certificate's end is pointed out; the metric `..._expires_within_30_days` says the same. */
const certificateWarningDays = 30;

interface Target {
  readonly job: JobState;
  readonly state: TargetState;
}

/** Down first, then by certificate, then by name. */
function targetsOf(jobs: readonly JobState[]): Target[] {
  const days = ({ state }: Target) => state.certificateDays ?? Number.POSITIVE_INFINITY;
  const isExpiring = (each: Target) => days(each) < certificateWarningDays;
  return jobs
    .flatMap((job) => (job.last?.targets ?? []).map((state) => ({ job, state })))
    .toSorted(
      (a, b) =>
        Number(a.state.isUp) - Number(b.state.isUp) ||
        Number(isExpiring(b)) - Number(isExpiring(a)) ||
        a.state.target.localeCompare(b.state.target),
    );
}

function viewOfPhases({ language, t }: PageContext, { phases }: TargetState, longestSeconds: number) {
  const named = [...phaseNames, ...Object.keys(phases ?? {})].filter(
    (name, at, all) => all.indexOf(name) === at,
  );
  const parts = named.flatMap((name) => {
    const seconds = phases?.[name];
    if (seconds === undefined) return [];
    const known = phaseNames.find((each) => each === name);
    const title = `${known ? t(`phase.${known}`) : name} ${printDuration(seconds, language)}`;
    return [{ name: known ?? 'other', seconds, title }];
  });
  const label = parts.map((part) => part.title).join(t('list.between'));
  return parts.length === 0 ? '' : drawPhases(parts, { longestSeconds, label });
}

/** Every target of the jobs with what was last seen of it. */
export function viewOfTargets(context: PageContext, jobs: readonly JobState[], search = '') {
  const { format, language, say, t } = context;
  const all = targetsOf(jobs);
  const wanted = search.toLowerCase();
  const found = all.filter(({ job, state }) =>
    `${state.target}\n${job.id}\n${say(state.detail)}`.toLowerCase().includes(wanted),
  );
  const shown = found.slice(0, shownTargets);
  const longestSeconds = Math.max(
    ...shown.map(({ state }) => Object.values(state.phases ?? {}).reduce((sum, each) => sum + each, 0)),
    0.001,
  );
  const hasPhases = shown.some(({ state }) => state.phases !== undefined);
  const hasCertificates = shown.some(({ state }) => state.certificateDays !== undefined);
  return {
    up: all.filter(({ state }) => state.isUp).length,
    down: all.filter(({ state }) => !state.isUp).length,
    hasAny: all.length > 0,
    more: found.length - shown.length,
    hasPhases,
    hasCertificates,
    legend: hasPhases ? phaseNames.map((name) => ({ name, title: t(`phase.${name}`) })) : [],
    rows: shown.map(({ job, state }) => ({
      target: state.target,
      job: job.id,
      jobUrl: `/telemetry/${encodeURIComponent(job.id)}`,
      collector: say(job.title),
      light: state.isUp ? 'good' : 'failed',
      word: t(state.isUp ? 'target.up' : 'target.down'),
      duration: state.durationSeconds === null ? '—' : printDuration(state.durationSeconds, language),
      phases: viewOfPhases(context, state, longestSeconds),
      certificate:
        state.certificateDays === undefined ? '—' : format.number(Math.floor(state.certificateDays), 0),
      certificateClass:
        state.certificateDays !== undefined && state.certificateDays < certificateWarningDays
          ? 'cg-worse'
          : '',
      detail: sentence(say(state.detail)),
    })),
  };
}

export const targetsPage: Page = {
  path: '/targets',
  show: async (context) => {
    const { query, reader, t, workbench } = context;
    const [telemetry, subjects] = await Promise.all([workbench.telemetry(), reader.subjects()]);
    const search = query.search ?? '';
    const isDownOnly = query.state === 'down';
    const jobs = telemetry.jobs.map((job) =>
      isDownOnly && job.last
        ? { ...job, last: { ...job.last, targets: job.last.targets.filter((each) => !each.isUp) } }
        : job,
    );
    const all = viewOfTargets(context, telemetry.jobs);
    return {
      template: 'targets',
      title: t('target.title'),
      section: '/telemetry',
      isSample: isAnySample(telemetry.jobs, subjects),
      view: {
        search,
        isDownOnly,
        hasAny: all.hasAny,
        up: all.up,
        down: all.down,
        allUrl: link('/targets', { search }),
        downUrl: link('/targets', { search, state: 'down' }),
        targets: viewOfTargets(context, jobs, search),
      },
    };
  },
};
