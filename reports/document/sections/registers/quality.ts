import {
  type CheckResult,
  checkKindSpecs,
  type QualityRun,
  qualityDimensions,
  qualityDimensionTitles,
  qualityProblems,
  qualityProblemTitles,
  scoreDepartments,
  scoreOfRun,
  thresholdText,
} from '../../../../scoring/contract.ts';
import type { Block, Column, Row } from '../../blocks.ts';
import { left, right } from '../../columns.ts';
import type { ReportContext } from '../../context.ts';
import { absent, formatAmount, formatInstant, formatRatio } from '../../figures.ts';
import { scoreWithRange, sentence } from '../../phrases.ts';

/** Sources whose every check is printed; the bundle has all of them. */
const detailed = 20;

/** Those without a score first. */
function worstFirst(runs: readonly QualityRun[]): readonly QualityRun[] {
  const score = (run: QualityRun) => scoreOfRun(run).scoreLow ?? -1;
  return runs.toSorted((a, b) => score(a) - score(b));
}

/** Data quality (数据质量): scores by department and source, the six problems, the dimensions, what misses its threshold, every check. */
export function writeQuality(context: ReportContext): Block[] {
  const runs = context.bundle.registers?.quality ?? [];
  if (runs.length === 0) return [];
  const { words } = context;
  const results = runs.flatMap((run) => run.results.map((result) => ({ run, result })));
  const missed = results.filter(({ result }) => result.isMissed);
  const failed = results.filter(({ result }) => result.state === 'failed');
  return [
    heading('quality', words('quality.title'), true),
    {
      kind: 'paragraph',
      style: 'lead',
      text: words('quality.lead', {
        sources: runs.length,
        checks: results.length,
        missed: missed.length,
        failed: failed.length,
      }),
    },
    { kind: 'paragraph', style: 'body', text: words('quality.method') },
    leagueTable(context, runs),
    problemTable(context, runs),
    dimensionTable(context, runs),
    ...attentionTable(context, [...failed, ...missed]),
    ...worstFirst(runs)
      .slice(0, detailed)
      .flatMap((run) => checksOf(context, run)),
    ...(runs.length > detailed
      ? [
          {
            kind: 'paragraph' as const,
            style: 'note' as const,
            text: words('quality.more', { n: runs.length - detailed }),
          },
        ]
      : []),
  ];
}

function heading(id: string, text: string, isChapter = false): Block {
  return { kind: 'heading', level: isChapter ? 1 : 2, id, text, startsPage: isChapter };
}

function leagueTable(context: ReportContext, runs: readonly QualityRun[]): Block {
  const { words } = context;
  return {
    kind: 'table',
    caption: words('quality.league'),
    columns: [
      left(words('column.department'), 34),
      right(words('quality.sources'), 14),
      right(words('quality.unscored'), 18),
      right(words('column.coverage'), 16),
      right(words('column.score'), 16),
    ],
    rows: scoreDepartments(runs).map((row) => ({
      cells: [
        row.department ?? words('quality.nobody'),
        formatAmount(row.sources),
        formatAmount(row.unscored),
        formatRatio(row.coverage),
        row.score === null ? words('quality.noScore') : scoreWithRange(context, row),
      ],
    })),
  };
}

function ratioTable<Key extends string>(
  context: ReportContext,
  runs: readonly QualityRun[],
  { caption, keys, titleOf, of }: RatioColumns<Key>,
): Block {
  const { words, say } = context;
  return {
    kind: 'table',
    caption,
    columns: [left(words('quality.source'), 34), ...keys.map((key) => right(titleOf(key), 14))],
    rows: runs.map((run) => {
      const ratios = of(run);
      return {
        cells: [say(run.source.title), ...keys.map((key) => formatRatio(ratios[key]))],
        code: `${run.source.id} · ${run.source.location}`,
      };
    }),
  };
}

interface RatioColumns<Key extends string> {
  readonly caption: string;
  readonly keys: readonly Key[];
  titleOf(key: Key): string;
  of(run: QualityRun): Readonly<Record<Key, number | null>>;
}

function problemTable(context: ReportContext, runs: readonly QualityRun[]): Block {
  return ratioTable(context, runs, {
    caption: context.words('quality.problems'),
    keys: qualityProblems,
    titleOf: (key) => context.say(qualityProblemTitles[key]),
    of: (run) => scoreOfRun(run).problems,
  });
}

function dimensionTable(context: ReportContext, runs: readonly QualityRun[]): Block {
  return ratioTable(context, runs, {
    caption: context.words('quality.dimensions'),
    keys: qualityDimensions,
    titleOf: (key) => context.say(qualityDimensionTitles[key]),
    of: (run) => scoreOfRun(run).dimensions,
  });
}

function attentionTable(
  context: ReportContext,
  found: readonly { readonly run: QualityRun; readonly result: CheckResult }[],
): Block[] {
  const { words, say } = context;
  const title = heading('quality-attention', words('quality.attention'));
  if (found.length === 0)
    return [title, { kind: 'paragraph', style: 'body', text: words('quality.allGood') }];
  return [
    title,
    {
      kind: 'table',
      caption: null,
      columns: checkColumns(context),
      rows: found.map(({ run, result }) => {
        const row = checkRow(context, result);
        return {
          ...row,
          cells: [`${say(run.source.title)}${words('colon')}${row.cells[0]}`, ...row.cells.slice(1)],
        };
      }),
    },
  ];
}

function checkColumns({ words }: ReportContext): Column[] {
  return [
    left(words('quality.check'), 44),
    left(words('quality.problem'), 12),
    right(words('quality.checked'), 18),
    right(words('quality.failed'), 16),
    right(words('quality.ratio'), 14),
    right(words('quality.threshold'), 16),
  ];
}

function checkRow(context: ReportContext, result: CheckResult): Row {
  const { say, words } = context;
  const { problem, checked, failed, ratio, threshold, reason, remedy } = result;
  const notes = [reason, remedy].flatMap((text) => (text ? [sentence(context, say(text))] : []));
  return {
    cells: [
      say(result.title),
      problem ? say(qualityProblemTitles[problem]) : absent,
      formatAmount(checked),
      formatAmount(failed),
      result.state === 'measured' ? formatRatio(ratio) : words(`quality.state.${result.state}`),
      say(thresholdText(threshold)),
    ],
    ...(notes.length > 0 && { note: notes.join(words('noteSeparator')) }),
    ...(result.state === 'measured' ? {} : { tone: 'muted' as const }),
  };
}

/** Longest statement in print; the bundle has it whole. */
const longestStatement = 400;

function checksOf(context: ReportContext, run: QualityRun): Block[] {
  const { words, say, evaluation } = context;
  const { source, rows, startedAt, scans } = run;
  return [
    heading(`quality-${run.subject}-${source.id}`, say(source.title)),
    {
      kind: 'paragraph',
      style: 'note',
      text: words('quality.run', {
        at: formatInstant(startedAt, evaluation.period.timeZone),
        rows: formatAmount(rows),
        scans: formatAmount(scans),
        location: source.location,
      }),
    },
    {
      kind: 'table',
      caption: null,
      columns: checkColumns(context),
      rows: run.results.map((each) => checkRow(context, each)),
    },
    {
      kind: 'table',
      caption: words('quality.statements'),
      columns: [left(words('quality.check'), 30), left(words('quality.kind'), 20), left('SQL', 80)],
      rows: run.results
        .filter(({ sql }) => sql.length > 0)
        .map(({ title, kind, sql }) => ({
          cells: [say(title), say(checkKindSpecs[kind].title), shortened(sql.join('; '))],
        })),
    },
  ];
}

function shortened(sql: string): string {
  return sql.length <= longestStatement ? sql : `${sql.slice(0, longestStatement)}…`;
}
