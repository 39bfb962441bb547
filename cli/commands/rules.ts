import { join } from 'node:path';
import { InputError, nearest } from '../../collectors/contract.ts';
import { type RuleStyle, ruleStyles } from '../../rules/generate.ts';
import type { CommandDefinition } from '../command-line.ts';
import { checkPromises, loadPromises } from '../compose/promises.ts';
import { checkRules, checkVictoriaRules, testRules, type Verdict } from '../compose/rules/rule-programs.ts';
import { type RuleTexts, ruleTexts } from '../compose/rules/rule-texts.ts';
import { differenceOf, type FolderDifference, writeRules } from '../compose/rules/rules-folder.ts';
import { differenceText, verdictText, writtenText } from '../compose/rules/rules-words.ts';
import type { CommandContext } from '../context.ts';
import { exitCodes } from '../surroundings.ts';

interface RuleOptions {
  readonly out?: string;
  readonly style?: string;
}

function styleOf(name: string | undefined): RuleStyle | undefined {
  if (name === undefined) return undefined;
  const style = ruleStyles.find((each) => each === name);
  if (style) return style;
  const meant = nearest(name, ruleStyles);
  const hint = meant ? `did you mean "${meant}"?` : `write ${ruleStyles.join(' or ')}`;
  throw new InputError(`--style "${name}" is unknown: ${hint}`);
}

const folderOf = (context: CommandContext, { out }: RuleOptions) =>
  out === undefined ? join(context.dataFolder, 'rules') : context.path(out);

/** The runbooks' address, with its slash. */
function runbooksOf({ surroundings }: CommandContext): string | undefined {
  const address = surroundings.environment.CITYGAUGE_RUNBOOKS || undefined;
  return address === undefined || address.endsWith('/') ? address : `${address}/`;
}

/** What `rules generate` would write now; InputError for promises that the linter refuses. */
function textsNow(context: CommandContext, options: RuleOptions): Promise<RuleTexts> {
  const style = styleOf(options.style);
  return context.withStore(async (store) => {
    const promises = await loadPromises(context, store);
    const faults = promises.findings.filter(({ level }) => level === 'fault');
    if (faults.length > 0) {
      throw new InputError(
        faults.map(
          ({ file, line, column, rule, message }) => `${file}:${line}:${column}: ${message.en} (${rule})`,
        ),
      );
    }
    await checkPromises(store, promises);
    return ruleTexts(promises, { at: context.surroundings.now(), style, runbooks: runbooksOf(context) });
  });
}

const isSame = ({ missing, changed, left }: FolderDifference) =>
  missing.length + changed.length + left.length === 0;

const isAccepted = ({ state }: Verdict) => state === 'accepted';

/** Only files that are there can be read; those that are not have been named. */
function present({ files }: RuleTexts, { missing }: FolderDifference, ending: string): string[] {
  return [...files.keys()].filter((name) => name.endsWith(ending) && !missing.includes(name)).sort();
}

const lines = (texts: readonly (string | null)[]) => texts.filter((text) => text !== null).join('\n');

async function check(context: CommandContext, options: RuleOptions): Promise<void> {
  const folder = folderOf(context, options);
  const texts = await textsNow(context, options);
  const difference = await differenceOf(folder, texts.files);
  const names = present(texts, difference, '.rules.yaml');
  const promtool = await checkRules(context, { folder, names });
  const vmalert = await checkVictoriaRules(context, { folder, names });
  // VictoriaMetrics is another's choice: only what it objects to counts, not that it is absent.
  const isGood = isSame(difference) && isAccepted(promtool) && vmalert.state !== 'refused';
  if (!isGood) context.exitCode = exitCodes.notSo;
  const { language } = context;
  context.answer({ folder, difference, programs: [promtool, vmalert] }, () =>
    lines([
      differenceText(folder, difference, language),
      ...[promtool, vmalert].map((each) => verdictText(each, language)),
    ]),
  );
}

async function test(context: CommandContext, options: RuleOptions): Promise<void> {
  const folder = folderOf(context, options);
  const texts = await textsNow(context, options);
  const difference = await differenceOf(folder, texts.files);
  const promtool = await testRules(context, { folder, names: present(texts, difference, '.test.yaml') });
  if (promtool.state === 'absent') {
    throw new InputError(
      `${promtool.complaint}: install it (Debian: apt install prometheus), the tests of rules are run by it`,
    );
  }
  if (!isSame(difference) || !isAccepted(promtool)) context.exitCode = exitCodes.notSo;
  const { language } = context;
  context.answer({ folder, difference, programs: [promtool] }, () =>
    lines([differenceText(folder, difference, language), verdictText(promtool, language)]),
  );
}

async function generate(context: CommandContext, options: RuleOptions): Promise<void> {
  const folder = folderOf(context, options);
  const texts = await textsNow(context, options);
  const difference = await writeRules(folder, texts.files);
  const { language } = context;
  const files = [...texts.files.keys()].sort();
  context.answer({ folder, files, difference }, () => writtenText(folder, { texts, difference }, language));
}

export const rulesCommand: CommandDefinition = (program, run) => {
  const rules = program
    .command('rules')
    .description('all Prometheus rules of the installation: SLOs, thresholds, the suite itself (告警规则)');
  const define = (
    name: string,
    description: string,
    work: (context: CommandContext, options: RuleOptions) => Promise<void>,
  ) =>
    rules
      .command(name)
      .description(description)
      .option('-o, --out <folder>', 'folder of the rules; <data>/rules when absent')
      .option('--style <style>', `of rules of SLOs: ${ruleStyles.join(' or ')}; native when absent`)
      .action(run<RuleOptions>((context, _operands, options) => work(context, options)));
  define(
    'generate',
    'write a file of rules per SLO, threshold and group of the suite, with promtool tests',
    generate,
  );
  define(
    'check',
    'hold the files against what would be written now, and have promtool and vmalert read them; exit code 1 when they are stale or refused',
    check,
  );
  define(
    'test',
    'run the files’ promtool tests; exit code 1 when an alert fires or stays silent against them',
    test,
  );
};
