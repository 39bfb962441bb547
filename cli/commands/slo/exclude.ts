import { InputError, parseCutoff } from '../../../collectors/contract.ts';
import { periodSeconds, zoneOf } from '../../../rules/budgets.ts';
import { type ExclusionKind, exclusionKinds, type SloExclusion } from '../../../rules/contract.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { asInput } from '../../compose/evaluate.ts';
import { wholeNumber } from '../../compose/register-scope.ts';
import { findSlo, loadOwnedSlos, type OwnedSlo } from '../../compose/slo/owned.ts';
import { type Recount, recountTouched } from '../../compose/slo/recount.ts';
import type { CommandContext } from '../../context.ts';
import { localTimesIn } from '../../local-times.ts';
import { exclusionsText, recountText } from '../../slo-texts.ts';
import type { SloCommand } from '../slo.ts';

interface Options {
  readonly from?: string;
  readonly to?: string;
  readonly kind?: string;
  readonly reason?: string;
  readonly by?: string;
  readonly evidence?: string;
  readonly subject?: string;
  readonly withdraw?: string;
  readonly slo?: string[];
}

const needed = ['from', 'to', 'kind', 'reason', 'by', 'evidence'] as const;

/** The options that an exclusion needs; InputError that names those absent. */
function complete(options: Options): Readonly<Record<(typeof needed)[number], string>> {
  const absent = needed.filter((name) => options[name] === undefined);
  if (absent.length > 0) {
    const names = absent.map((name) => `--${name}`).join(', ');
    throw new InputError(
      `an exclusion needs ${names} too: who leaves which time out, why, and what shows it`,
    );
  }
  const { from = '', to = '', kind = '', reason = '', by = '', evidence = '' } = options;
  return { from, to, kind, reason, by, evidence };
}

function kindOf(text: string): ExclusionKind {
  const kind = exclusionKinds.find((each) => each === text);
  if (!kind) throw new InputError(`--kind "${text}" is unknown: write ${exclusionKinds.join(' or ')}`);
  return kind;
}

function instantOf(option: string, text: string, zone: string): string {
  try {
    return parseCutoff(text, zone);
  } catch (cause) {
    throw new InputError(
      `${option} "${text}" is no time: write 2026-11-20T22:00 (in ${zone}), or 2026-11-20T22:00:00Z`,
      { cause },
    );
  }
}

function checkSubject({ definition, subject }: OwnedSlo, named: string | undefined): void {
  if (named === undefined || named === subject.id) return;
  throw new InputError(`${definition.id} is of subject "${subject.id}", not "${named}": leave --subject out`);
}

interface Done {
  readonly exclusion: SloExclusion;
  /** What was counted again because of it. */
  readonly recounts: readonly Recount[];
}

async function exclude(context: CommandContext, store: EvidenceStore, id: string, options: Options) {
  const { from, to, kind, ...signed } = complete(options);
  const owned = findSlo(await loadOwnedSlos(context, store, options.slo), id);
  checkSubject(owned, options.subject);
  const { definition, subject } = owned;
  const zone = zoneOf(definition, subject.timeZone);
  const stretch = { from: instantOf('--from', from, zone), to: instantOf('--to', to, zone) };
  const at = context.surroundings.now();
  const exclusion = await store.slo.exclude({
    ...{ slo: definition.id, subject: subject.id, kind: kindOf(kind), ...stretch, ...signed, at },
    periodSeconds: asInput(() => periodSeconds(definition.period, stretch.from)),
  });
  return counted(store, owned, exclusion, at);
}

/** Also of an SLO that is in no file any more. */
async function withdraw(context: CommandContext, store: EvidenceStore, options: Options): Promise<Done> {
  const number = wholeNumber('--withdraw', options.withdraw ?? '');
  if (options.by === undefined) throw new InputError('--withdraw needs --by too: who withdraws an exclusion');
  const at = context.surroundings.now();
  const all = await loadOwnedSlos(context, store, options.slo);
  const exclusion = await store.slo.withdraw(number, options.by, at);
  const owned = all.find(
    ({ definition, subject }) => definition.id === exclusion.slo && subject.id === exclusion.subject,
  );
  return owned ? counted(store, owned, exclusion, at) : { exclusion, recounts: [] };
}

async function counted(store: EvidenceStore, owned: OwnedSlo, exclusion: SloExclusion, at: string) {
  return { exclusion, recounts: await recountTouched(store, owned, exclusion, at) };
}

export const sloExclude: SloCommand = (slo, run) => {
  slo
    .command('exclude')
    .description(
      'leave a stretch of time out of the adjusted figure, signed and reasoned (剔除); the raw figure stays',
    )
    .argument('[id]', 'of the SLO')
    .option('--from <time>', 'its beginning, 2026-11-20T22:00 in the zone of the SLO, or a time with zone')
    .option('--to <time>', 'its end')
    .option('--kind <kind>', exclusionKinds.join(' or '))
    .option('--reason <text>', 'why it is not to count')
    .option('--by <name>', 'who signs')
    .option('--evidence <text>', 'file, ticket or address that shows it')
    .option('--subject <id>', 'whose SLO it must be')
    .option('--withdraw <number>', 'take an exclusion back instead, with --by')
    .option('--slo <path...>', 'files or folders of specs, instead of those of the installation')
    .action(
      run<Options>(async (context, [id], options) => {
        if ((id === undefined) === (options.withdraw === undefined))
          throw new InputError(
            'name an SLO to exclude time of, or --withdraw with the number of an exclusion',
          );
        const { done, times } = await context.withStore(async (store) => ({
          done: await (id === undefined
            ? withdraw(context, store, options)
            : exclude(context, store, id, options)),
          times: await localTimesIn(store, context.options.timeZone),
        }));
        context.answer(done, () =>
          [
            exclusionsText([done.exclusion], context.language, times),
            recountText(done.recounts, context.language),
          ].join('\n'),
        );
      }),
    );
};
