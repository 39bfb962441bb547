import { InputError, parseCutoff } from '../../../collectors/contract.ts';
import { zoneOf } from '../../../rules/budgets.ts';
import { asInput } from '../../compose/evaluate.ts';
import { findSlo, loadOwnedSlos } from '../../compose/slo/owned.ts';
import { recount, spansToRecount } from '../../compose/slo/recount.ts';
import { recountText } from '../../slo-texts.ts';
import type { SloCommand } from '../slo.ts';

interface Options {
  readonly period?: string;
  readonly at?: string;
  readonly slo?: string[];
}

export const sloRecount: SloCommand = (slo, run) => {
  slo
    .command('recount')
    .description(
      'count a period and its days again, late data and exclusions included; what differs becomes a revision',
    )
    .argument('<id>', 'of the SLO')
    .option('--period <id>', 'calendar period, 2026-10 or 2026-Q4; the running one when absent')
    .option('--at <time>', 'as of this time: the end of a rolling window; now when absent')
    .option('--slo <path...>', 'files or folders of specs, instead of those of the installation')
    .action(
      run<Options>(async (context, [id = ''], { period, at, slo: paths }) => {
        const now = context.surroundings.now();
        const recounts = await context.withStore(async (store) => {
          const owned = findSlo(await loadOwnedSlos(context, store, paths), id);
          const zone = zoneOf(owned.definition, owned.subject.timeZone);
          const asOf = at === undefined ? now : asInput(() => parseCutoff(at, zone));
          if (Date.parse(asOf) > Date.parse(now))
            throw new InputError(`--at ${asOf} is to come: it is ${now}`);
          return recount(store, owned, spansToRecount(owned, period, asOf), { asOf, now });
        });
        context.answer(recounts, () => recountText(recounts, context.language));
      }),
    );
};
