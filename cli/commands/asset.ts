import type { CommandDefinition } from '../command-line.ts';
import { asInputAsync, findSubject } from '../compose/evaluate.ts';
import { registerScope, wholeNumber } from '../compose/register-scope.ts';
import { localTimesIn } from '../local-times.ts';
import { assetsText } from '../security-texts.ts';
import { plainText } from '../table.ts';

interface ListOptions {
  readonly subject?: string;
  readonly unowned?: boolean;
  readonly search?: string;
  readonly asOf?: string;
  readonly limit: string;
}

const mostRows = 10_000;

export const assetCommand: CommandDefinition = (program, run) => {
  const asset = program
    .command('asset')
    .description('the inventory of assets, and what scanners know (资产)');

  asset
    .command('list')
    .description('assets of a subject and those below it, by id')
    .option('--subject <id>', 'all subjects when absent')
    .option('--unowned', 'those without an owner only')
    .option('--search <text>', 'part of id, name, owner or alias')
    .option('--as-of <time>', 'the register as it was then; now when absent')
    .option('--limit <number>', 'rows at most', '200')
    .action(
      run<ListOptions>(async (context, _operands, options) => {
        const { subject, asOf: at, unowned, search } = options;
        const limit = wholeNumber('--limit', options.limit, mostRows);
        const { found, times } = await context.withStore(async (store) => {
          const scope = await registerScope(store, { subject, at }, context.surroundings.now());
          const found = await store.security.assets({
            ...{ ...scope, offset: 0, limit },
            ...(unowned ? { isUnowned: true } : {}),
            ...(search === undefined ? {} : { search }),
          });
          return { found, times: await localTimesIn(store, context.options.timeZone) };
        });
        context.answer(found, () => assetsText(found, context.language, times));
      }),
    );

  asset
    .command('rename')
    .description('let an asset go on under another id; the old one becomes an alias, its findings stay')
    .argument('<from>')
    .argument('<to>')
    .requiredOption('--subject <id>', 'whose asset it is')
    .action(
      run<{ readonly subject: string }>(async (context, [from = '', to = ''], options) => {
        const subject = await context.withStore(async (store) => {
          const { id } = await findSubject(store, options.subject);
          await asInputAsync(() => store.security.renameAsset(id, from, to));
          return id;
        });
        context.answer({ subject, from, to }, () =>
          plainText(
            context.language === 'zh'
              ? `资产 ${from} 已更名为 ${to}，原编号保留为别名`
              : `the asset ${from} is now ${to}; the old id stays as an alias`,
          ),
        );
      }),
    );
};
