import { registerScope } from '../../compose/register-scope.ts';
import { localTimesIn } from '../../local-times.ts';
import { exclusionsText } from '../../slo-texts.ts';
import type { SloCommand } from '../slo.ts';

export const sloExclusions: SloCommand = (slo, run) => {
  slo
    .command('exclusions')
    .description('recorded exclusions, newest first, withdrawn ones too')
    .argument('[id]', 'of one SLO; of all when absent')
    .option('--subject <id>', 'whose, those below it too; all when absent')
    .action(
      run<{ readonly subject?: string }>(async (context, [id], { subject }) => {
        const { found, times } = await context.withStore(async (store) => {
          const now = context.surroundings.now();
          const { subjects } = await registerScope(store, { subject, at: undefined }, now);
          return {
            found: await store.slo.exclusions(subjects, id ?? null),
            times: await localTimesIn(store, context.options.timeZone),
          };
        });
        context.answer(found, () => exclusionsText(found, context.language, times));
      }),
    );
};
