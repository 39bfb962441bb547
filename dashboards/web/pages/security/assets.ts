import type { AssetRow } from '../../../../store/contract.ts';
import { drawMeter } from '../../charts/sparkline.ts';
import { printAgo } from '../../durations.ts';
import type { Page, PageContext } from '../../page.ts';
import { chooseSubject, type SubjectChoice } from '../subject-choice.ts';
import { countOf, offsetOf, pageLength, viewOfCounts, viewOfPaging, viewOfTabs } from './parts.ts';

/** A source of logs is silent after a day without a line, as the indicator counts it. */
const silentAfter = 86_400_000;

/** Kinds that scanners name, in words; others as they are. */
const knownKinds: readonly string[] = ['host', 'image', 'repository', 'application', 'certificate'];

function kindOf({ t }: PageContext, kind: string): string {
  return knownKinds.includes(kind) ? t(`security.assetKind.${kind}`) : kind;
}

function viewOfAsset(context: PageContext, choice: SubjectChoice, asset: AssetRow) {
  const { format, language, t, workbench } = context;
  const now = workbench.now();
  const { baseline, lastLogAt, lastScanAt, open } = asset;
  const all = baseline ? baseline.passed + baseline.failed : 0;
  const ratio = baseline && all > 0 ? baseline.passed / all : null;
  const time = (instant: string | null) =>
    instant === null
      ? null
      : { ago: printAgo(instant, now, language), at: format.time(instant, choice.zone) };
  const isSilent =
    asset.sendsLogs && (lastLogAt === null || Date.parse(now) - Date.parse(lastLogAt) > silentAfter);
  return {
    id: asset.id,
    about: [asset.name, asset.subject === choice.subject.id ? '' : choice.nameOf(asset.subject)]
      .filter((each) => each !== '')
      .join(' · '),
    kind: kindOf(context, asset.kind),
    owner: asset.owner ?? t('security.unowned'),
    isUnowned: asset.owner === null,
    isListed: asset.isListed,
    aliases: asset.aliases.join(t('quality.between')),
    url: choice.linkTo('/findings', { state: 'open', asset: asset.id }),
    open: viewOfCounts(context, open).filter(({ isNone }) => !isNone),
    total: format.count(countOf(open)),
    hasOpen: countOf(open) > 0,
    baseline: baseline
      ? {
          ratio: format.share(ratio),
          meter: drawMeter(ratio),
          counts: t('security.baselineCounts', {
            passed: format.count(baseline.passed),
            all: format.count(all),
            profile: baseline.profile,
          }),
        }
      : null,
    lastScan: time(lastScanAt),
    lastLog: time(lastLogAt),
    sendsLogs: asset.sendsLogs,
    isSilent,
  };
}

/** One page of assets: those that nobody looks after come before all others. */
async function listAssets(
  { query, workbench }: PageContext,
  choice: SubjectChoice,
  { isUnowned, offset }: { readonly isUnowned: boolean; readonly offset: number },
) {
  const list = (unowned: boolean, from: number, limit: number) =>
    workbench.security.assets({
      subjects: choice.family,
      at: workbench.now(),
      isUnowned: unowned,
      offset: from,
      limit,
      ...(query.search && { search: query.search }),
    });
  const unowned = await list(true, offset, pageLength);
  if (isUnowned) return unowned;
  const room = pageLength - unowned.rows.length;
  // One row is asked for also where there is no room, for the total.
  const owned = await list(false, Math.max(0, offset - unowned.total), Math.max(1, room));
  return { total: unowned.total + owned.total, rows: [...unowned.rows, ...owned.rows.slice(0, room)] };
}

async function viewOfAssets(context: PageContext, choice: SubjectChoice) {
  const { format, query, workbench } = context;
  const { security } = workbench;
  const at = workbench.now();
  const figures = await security.figures({ subjects: choice.family, at });
  if (!figures.assets) return null;
  const isUnowned = query.unowned === 'yes';
  const offset = offsetOf(query.offset);
  const found = await listAssets(context, choice, { isUnowned, offset });
  const { assets, logSources } = figures;
  return {
    all: format.count(assets.all),
    unowned: format.count(assets.unowned),
    unownedShare: format.share(assets.all === 0 ? null : assets.unowned / assets.all),
    logs: logSources ? `${format.count(logSources.reporting)} / ${format.count(logSources.expected)}` : null,
    isUnowned,
    allUrl: choice.linkTo('/assets', { search: query.search }),
    unownedUrl: choice.linkTo('/assets', { search: query.search, unowned: 'yes' }),
    subject: choice.subject.id,
    search: query.search ?? '',
    rows: found.rows.map((each) => viewOfAsset(context, choice, each)),
    paging: viewOfPaging(context, '/assets', { offset, total: found.total, rows: found.rows.length }),
  };
}

export const assetsPage: Page = {
  path: '/assets',
  show: async (context) => {
    const choice = await chooseSubject(context, '/assets');
    return {
      template: 'assets',
      title: context.t('security.tab.assets'),
      section: '/findings',
      isSample: choice?.subject.isSample ?? false,
      view: {
        tabs: viewOfTabs(context, choice, '/assets'),
        chooser: choice?.chooser ?? null,
        zone: choice?.zone ?? '',
        register: choice && (await viewOfAssets(context, choice)),
      },
    };
  },
};
