import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { InputError, type Language, scoreDepartments, scoreOfRun } from '../../collectors/contract.ts';
import type { CommandDefinition } from '../command-line.ts';
import { findSubject } from '../compose/evaluate.ts';
import { familyOf } from '../compose/family.ts';
import { type CheckedQuality, checkQuality } from '../compose/quality.ts';
import { type ProfileOrder, proposeChecks } from '../compose/quality-profile.ts';
import type { CommandContext } from '../context.ts';
import { localTimesIn } from '../local-times.ts';
import { checksText, scoresText } from '../quality-tables.ts';
import { exitCodes } from '../surroundings.ts';
import { writeWhole } from '../whole-file.ts';
import { wordsIn } from '../words.ts';

interface CheckOptions {
  readonly checks?: string;
  readonly source?: readonly string[];
  readonly subject?: string;
  readonly dryRun?: boolean;
}

interface ProfileOptions extends Omit<ProfileOrder, 'source' | 'out'> {
  readonly out?: string;
  readonly force?: boolean;
}

function checksFileOf(context: CommandContext, option: string | undefined): string {
  return option === undefined ? join(context.dataFolder, 'checks.yaml') : context.path(option);
}

/** What became of the runs, in a sentence. */
function keptText({ subject, isKept, runs }: CheckedQuality, language: Language): string {
  const count = runs.length;
  if (isKept) {
    return language === 'zh'
      ? `已存入证据库：评估对象 ${subject}，${count} 个数据源的检核结果及其读数`
      : `kept in the store: subject ${subject}, the results of ${count} sources and their readings`;
  }
  return language === 'zh'
    ? '未存入证据库：没有唯一的顶级评估对象，请用 --subject 指定'
    : 'not kept: there is not exactly one root subject, name one with --subject';
}

function machineForm(runs: CheckedQuality['runs']) {
  return {
    runs: runs.map((run) => ({ ...run, score: scoreOfRun(run) })),
    departments: scoreDepartments(runs),
  };
}

const isGood = ({ runs }: CheckedQuality) =>
  runs.every((run) => {
    const { missed, failed } = scoreOfRun(run);
    return missed + failed === 0;
  });

export const qualityCommand: CommandDefinition = (program, run) => {
  const quality = program.command('quality').description('checks of data quality (数据质量检核)');

  quality
    .command('check')
    .description(
      'run the checks of a check file; exit code 1 when a threshold is missed or a check could not be computed',
    )
    .option('--checks <file>', 'check file; <data>/checks.yaml when absent')
    .option('--source <id...>', 'sources of the file that are checked; all when absent')
    .option(
      '--subject <id>',
      'whose data they are, under whom the results are kept; the root subject when there is one only',
    )
    .option('--dry-run', 'check and print, keep nothing')
    .action(
      run<CheckOptions>(async (context, _operands, options) => {
        const { language } = context;
        const order = {
          path: checksFileOf(context, options.checks),
          sources: options.source ?? [],
          subject: options.subject,
          isDryRun: options.dryRun === true,
        };
        const { checked, times } = await context.withStore(async (store) => ({
          checked: await checkQuality(context, store, order),
          times: await localTimesIn(store, context.options.timeZone),
        }));
        if (!isGood(checked)) context.exitCode = exitCodes.notSo;
        const { subject, isKept, runs } = checked;
        context.answer({ subject, isKept, ...machineForm(runs) }, () =>
          [
            checksText(runs, language, times),
            order.isDryRun ? wordsIn(language)('nothingWritten') : keptText(checked, language),
          ].join('\n'),
        );
      }),
    );

  quality
    .command('profile')
    .description('propose a check file from the data of a source, for a person to edit')
    .argument(
      '[source]',
      'a CSV, CSV.gz, Parquet, JSON, NDJSON or SQLite file; the id of a source of --checks; the id to propose with --driver',
    )
    .option('--checks <file>', 'check file that names the source')
    .option('--driver <driver>', 'postgresql or mysql (also MariaDB), with --url-env and --table')
    .option('--url-env <name>', 'environment variable that holds the address with user and password')
    .option('--table <table>', 'table or view of the database')
    .option('--encoding <name>', 'of a CSV file, for example gb18030')
    .option('--delimiter <character>', 'of a CSV file')
    .option('--out <file>', 'write the check file there instead of printing it')
    .option('--force', 'replace the file of --out')
    .action(
      run<ProfileOptions>(async (context, [source], options) => {
        const out = options.out === undefined ? null : context.path(options.out);
        if (out !== null && existsSync(out) && options.force !== true) {
          throw new InputError(`${out} is there already: name another file, or replace it with --force`);
        }
        const { yaml, profile } = await proposeChecks(context, { ...options, source, out });
        if (out !== null) await writeWhole(out, yaml);
        const { language } = context;
        const done =
          language === 'zh' ? `已写入 ${out}：请核对后修改` : `written to ${out}: look it over and edit it`;
        context.answer({ out, checks: yaml, profile }, () => (out === null ? yaml.trimEnd() : done));
      }),
    );

  quality
    .command('list')
    .description('the newest run of each source with its score and problems, from the store')
    .option('--subject <id>', 'the subject and those below it; all when absent')
    .action(
      run<{ readonly subject?: string }>(async (context, _operands, options) => {
        const { language } = context;
        const { runs, times } = await context.withStore(async (store) => {
          const all = await store.subjects.list();
          const subjects =
            options.subject === undefined
              ? all.map(({ id }) => id)
              : familyOf((await findSubject(store, options.subject)).id, all);
          return {
            runs: await store.quality.latest(subjects, null),
            times: await localTimesIn(store, context.options.timeZone),
          };
        });
        const nothing =
          language === 'zh'
            ? '证据库中还没有检核结果：请先运行 citygauge quality check'
            : 'the store holds no results yet: run citygauge quality check first';
        context.answer(machineForm(runs), () =>
          runs.length === 0 ? nothing : scoresText(runs, language, times),
        );
      }),
    );
};
