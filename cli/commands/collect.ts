import type { Collected, Language, Reading, Text } from '../../collectors/contract.ts';
import type { CommandDefinition } from '../command-line.ts';
import { collectOnce } from '../compose/telemetry/collect-once.ts';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../surroundings.ts';
import { plainText, tableText } from '../table.ts';
import { wordsIn } from '../words.ts';

interface Options {
  readonly telemetry?: string;
  readonly dryRun?: boolean;
}

export const collectCommand: CommandDefinition = (program, run) => {
  program
    .command('collect')
    .description('run jobs of the telemetry settings once, now: every job when none is named')
    .argument('[job...]', 'ids of jobs')
    .option('--telemetry <file>', 'settings file; CITYGAUGE_TELEMETRY or <data>/telemetry.yaml when absent')
    .option('--dry-run', 'show what the jobs read, write nothing')
    .action(
      run<Options>(async (context, operands, options) => {
        const runs = await collectOnce(context, {
          // A variadic operand comes as one list.
          jobs: operands.flat().filter((id) => id !== undefined),
          settingsFile: options.telemetry,
          isDryRun: options.dryRun === true,
        });
        const isBroken = runs.some(
          ({ collected, brokenSinks }) => collected.outcome.state === 'failed' || brokenSinks.length > 0,
        );
        if (isBroken) context.exitCode = exitCodes.notSo;
        const isDryRun = options.dryRun === true;
        context.answer(
          runs.map(({ collected, brokenSinks }) => ({
            ...collected.outcome,
            brokenSinks,
            ...(isDryRun && { readings: collected.readings, collectedRecords: collected.records }),
          })),
          () =>
            runsText(
              runs.map(({ collected }) => collected),
              isDryRun,
              context,
            ),
        );
      }),
    );
};

const noJobs: Text = {
  zh: '没有采集任务：请先用 citygauge subject add 新增评估对象，或在数据目录的 telemetry.yaml 中配置采集任务',
  en: 'there is no job: add a subject with "citygauge subject add", or write jobs into telemetry.yaml in the data folder',
};

function runsText(runs: readonly Collected[], isDryRun: boolean, context: CommandContext): string {
  if (runs.length === 0) return noJobs[context.language];
  const table = outcomeTable(runs, context);
  if (!isDryRun) return table;
  return [...runs.map(yieldText), table, wordsIn(context.language)('nothingWritten')].join('\n');
}

const states = {
  succeeded: { zh: '成功', en: 'succeeded' },
  partial: { zh: '部分成功', en: 'partial' },
  failed: { zh: '失败', en: 'failed' },
} as const satisfies Record<string, Text>;

function faultLines({ outcome }: Collected, language: Language): string {
  const failedFirst = (state: 'failed' | 'notApplicable') => (state === 'failed' ? 0 : 1);
  const gaps = outcome.gaps.toSorted((a, b) => failedFirst(a.state) - failedFirst(b.state));
  const texts = outcome.error === null ? gaps.map(({ reason }) => reason) : [outcome.error, outcome.remedy];
  const lines = texts.filter((each) => each !== null).map((each) => each[language]);
  const more = lines.length - 2;
  return [
    ...lines.slice(0, 2),
    ...(more > 0 ? [language === 'zh' ? `另有 ${more} 项` : `and ${more} more`] : []),
  ].join(language === 'zh' ? '；' : '; ');
}

function outcomeTable(runs: readonly Collected[], { language }: CommandContext): string {
  const word = wordsIn(language);
  const head = [
    word('job'),
    word('state'),
    word('samples'),
    word('series'),
    word('duration'),
    word('reason'),
  ];
  return tableText(
    head,
    runs.map((run) => [
      run.outcome.job,
      states[run.outcome.state][language],
      String(run.outcome.samples),
      String(run.outcome.series),
      `${run.outcome.durationSeconds.toFixed(2)} s`,
      faultLines(run, language),
    ]),
  );
}

function sampleText({ metric, labels, value }: Reading): string {
  const inside = Object.entries(labels).map(([name, text]) => `${name}=${JSON.stringify(text)}`);
  return plainText(`${metric}{${inside.join(',')}} ${value}`);
}

function yieldText({ outcome, readings, records }: Collected): string {
  return [
    `# ${outcome.job}`,
    ...readings.map(sampleText),
    ...records.flatMap(({ kind, rows }) => rows.map((row) => plainText(`${kind} ${JSON.stringify(row)}`))),
  ].join('\n');
}
