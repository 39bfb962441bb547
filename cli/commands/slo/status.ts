import { InputError } from '../../../collectors/contract.ts';
import { registerScope } from '../../compose/register-scope.ts';
import { loadOwnedSlos } from '../../compose/slo/owned.ts';
import { statusOf } from '../../compose/slo/status.ts';
import { statusText } from '../../slo-texts.ts';
import { exitCodes } from '../../surroundings.ts';
import type { SloCommand } from '../slo.ts';

interface Options {
  readonly slo?: string[];
  readonly subject?: string;
  readonly at?: string;
}

export const sloStatus: SloCommand = (slo, run) => {
  slo
    .command('status')
    .description(
      'attainment, error budget left, burn and forecast of each SLO (达成率与错误预算); 1 when one is missed or cannot be counted',
    )
    .option('--slo <path...>', 'files or folders of specs, instead of those of the installation')
    .option('--subject <id>', 'whose SLOs, those below it too; all when absent')
    .option('--at <time>', 'as of this time; now when absent')
    .action(
      run<Options>(async (context, _operands, { slo: paths, subject, at }) => {
        const statuses = await context.withStore(async (store) => {
          const now = context.surroundings.now();
          const scope = await registerScope(store, { subject, at }, now);
          if (Date.parse(scope.at) > Date.parse(now))
            throw new InputError(`--at ${scope.at} is to come: it is ${now}`);
          const owned = await loadOwnedSlos(context, store, paths);
          const inScope = owned.filter((each) => scope.subjects.includes(each.subject.id));
          return statusOf(store, inScope, { asOf: scope.at, now });
        });
        context.answer(statuses, () => statusText(statuses, context.language));
        if (statuses.some(({ state }) => state === 'missed' || state === 'failed'))
          context.exitCode = exitCodes.notSo;
      }),
    );
};
