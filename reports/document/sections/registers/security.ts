import {
  type SecurityExcerpt,
  type Severity,
  severities,
  severityTitles,
} from '../../../../scoring/contract.ts';
import type { Block } from '../../blocks.ts';
import { left, right } from '../../columns.ts';
import type { ReportContext } from '../../context.ts';
import { absent, formatAmount, formatInstant, formatNumber, formatRatio } from '../../figures.ts';

/** Findings listed one by one; the bundle has all of them. */
const listed = 40;

const dayMilliseconds = 86_400_000;

/** Security register (安全台账): open findings by severity and age, the worst of them, baselines, alarms, log sources, suppressions. */
export function writeSecurity(context: ReportContext): Block[] {
  const excerpt = context.bundle.registers?.security;
  if (!excerpt) return [];
  const { words } = context;
  return [
    { kind: 'heading', level: 1, id: 'security', text: words('security.title'), startsPage: true },
    { kind: 'paragraph', style: 'lead', text: words('security.lead') },
    { kind: 'keyFigures', items: keyFigures(context, excerpt) },
    ...scanners(context, excerpt),
    ...ages(context, excerpt),
    ...worst(context, excerpt),
    ...baselines(context, excerpt),
    ...suppressions(context, excerpt),
  ];
}

function title(id: string, text: string): Block {
  return { kind: 'heading', level: 2, id, text, startsPage: false };
}

function share(part: number, whole: number): string {
  return whole === 0 ? absent : formatRatio(part / whole);
}

function keyFigures({ words }: ReportContext, { figures }: SecurityExcerpt) {
  const { open, assets, logSources, alarms } = figures;
  const none = words('security.nobody');
  const parts = (part: number, whole: number) => `${formatAmount(part)} / ${formatAmount(whole)}`;
  return [
    {
      label: words('security.highOpen'),
      value: open ? formatAmount(open.critical + open.high) : absent,
      note: open ? words('security.criticalOf', { n: formatAmount(open.critical) }) : none,
    },
    {
      label: words('security.unowned'),
      value: assets ? share(assets.unowned, assets.all) : absent,
      note: assets ? parts(assets.unowned, assets.all) : none,
    },
    {
      label: words('security.logs'),
      value: logSources ? share(logSources.reporting, logSources.expected) : absent,
      note: logSources ? parts(logSources.reporting, logSources.expected) : none,
    },
    {
      label: words('security.precision'),
      value: alarms ? share(alarms.confirmed, alarms.raised) : absent,
      note: alarms ? parts(alarms.confirmed, alarms.raised) : none,
    },
  ];
}

function scanners(context: ReportContext, { figures }: SecurityExcerpt): Block[] {
  const { words, evaluation } = context;
  if (figures.scanners.length === 0) return [];
  const items = figures.scanners.map(({ scanner, at }) => ({
    label: scanner,
    value: words('security.lastScan', { at: formatInstant(at, evaluation.period.timeZone) }),
  }));
  return [{ kind: 'facts', items }];
}

const bands = [7, 30, 90, Number.POSITIVE_INFINITY] as const;

function ageDays(firstSeenAt: string, at: string): number {
  return (Date.parse(at) - Date.parse(firstSeenAt)) / dayMilliseconds;
}

function ages(context: ReportContext, { at, figures, findings, omitted }: SecurityExcerpt): Block[] {
  const { words, say } = context;
  if (!figures.open) return [{ kind: 'paragraph', style: 'body', text: words('security.neverScanned') }];
  const { open, suppressed } = figures;
  const count = (severity: Severity, band: number) =>
    findings.filter((each) => {
      const age = ageDays(each.firstSeenAt, at);
      return each.severity === severity && bands.find((limit) => age <= limit) === bands[band];
    }).length;
  return [
    title('security-ages', words('security.ages')),
    {
      kind: 'table',
      caption: null,
      columns: [
        left(words('security.severity'), 20),
        right(words('security.age7'), 16),
        right(words('security.age30'), 16),
        right(words('security.age90'), 16),
        right(words('security.ageMore'), 16),
        right(words('security.open'), 14),
        right(words('security.suppressed'), 14),
      ],
      rows: severities.map((severity) => ({
        cells: [
          say(severityTitles[severity]),
          ...bands.map((_, band) => (omitted > 0 ? absent : formatAmount(count(severity, band)))),
          formatAmount(open[severity]),
          formatAmount(suppressed?.[severity] ?? null),
        ],
      })),
    },
    ...(omitted > 0
      ? [
          {
            kind: 'paragraph' as const,
            style: 'note' as const,
            text: words('security.omitted', { n: formatAmount(omitted) }),
          },
        ]
      : []),
  ];
}

function worst(context: ReportContext, { at, findings }: SecurityExcerpt): Block[] {
  const { words, say, evaluation } = context;
  const shown = findings.filter(({ severity }) => severity !== 'info').slice(0, listed);
  if (shown.length === 0) return [];
  return [
    title('security-findings', words('security.findings')),
    {
      kind: 'table',
      caption: null,
      columns: [
        left(words('security.finding'), 44),
        left(words('security.asset'), 34),
        left(words('column.owner'), 22),
        left(words('security.severity'), 12),
        right(words('security.firstSeen'), 20),
        right(words('security.days'), 12),
      ],
      rows: shown.map((each) => ({
        cells: [
          each.title,
          each.asset,
          each.owner ?? words('security.noOwner'),
          say(severityTitles[each.severity]),
          formatInstant(each.firstSeenAt, evaluation.period.timeZone).slice(0, 10),
          formatNumber(ageDays(each.firstSeenAt, at), 0),
        ],
        code: each.cvss === null ? each.rule : `${each.rule} · CVSS ${formatNumber(each.cvss, 1)}`,
        ...(each.reopened > 0 && { note: words('security.reopened', { n: formatAmount(each.reopened) }) }),
      })),
    },
  ];
}

function baselines(context: ReportContext, { figures }: SecurityExcerpt): Block[] {
  const { words, evaluation } = context;
  if (figures.baselines.length === 0) return [];
  return [
    title('security-baselines', words('security.baselines')),
    {
      kind: 'table',
      caption: null,
      columns: [
        left(words('security.asset'), 40),
        left(words('security.profile'), 24),
        right(words('security.passed'), 12),
        right(words('security.failed'), 14),
        right(words('security.other'), 14),
        right(words('security.passRatio'), 14),
        right(words('column.asOf'), 24),
      ],
      rows: figures.baselines.map(({ asset, profile, passed, failed, other, at }) => ({
        cells: [
          asset,
          profile,
          formatAmount(passed),
          formatAmount(failed),
          formatAmount(other),
          share(passed, passed + failed),
          formatInstant(at, evaluation.period.timeZone),
        ],
      })),
    },
  ];
}

function suppressions(context: ReportContext, { suppressions: rows }: SecurityExcerpt): Block[] {
  const { words, evaluation } = context;
  if (rows.length === 0) return [];
  return [
    title('security-suppressions', words('security.suppressions')),
    { kind: 'paragraph', style: 'body', text: words('security.suppressionsIntro') },
    {
      kind: 'table',
      caption: null,
      columns: [
        left(words('security.finding'), 36),
        left(words('security.asset'), 26),
        left(words('security.by'), 18),
        right(words('security.expires'), 18),
        right(words('security.hidden'), 12),
      ],
      rows: rows.map(({ rule, asset, by, expiresAt, findings, reason }) => ({
        cells: [
          rule,
          asset ?? words('security.everyAsset'),
          by,
          formatInstant(expiresAt, evaluation.period.timeZone).slice(0, 10),
          formatAmount(findings),
        ],
        note: words('security.why', { reason }),
      })),
    },
  ];
}
