import { InputError, type Subject, subjectKinds } from '../../collectors/contract.ts';
import type { CommandDefinition } from '../command-line.ts';
import { asInputAsync, findSubject } from '../compose/evaluate.ts';
import { tableText } from '../table.ts';
import { wordsIn } from '../words.ts';

interface AddOptions {
  readonly name?: string;
  readonly nameEn?: string;
  readonly kind: string;
  readonly parent?: string;
}

export const subjectCommand: CommandDefinition = (program, run) => {
  const subject = program.command('subject').description('the subject tree: what is evaluated');

  subject
    .command('add')
    .description('add a subject, or change its name, kind or zone')
    .argument('<id>', 'lower case, parts joined by /, such as sample/east')
    .option('--name <name>', 'name; the id when absent')
    .option('--name-en <name>', 'English name; the name when absent')
    .option('--kind <kind>', subjectKinds.join(', '), 'city')
    .option('--parent <id>', 'the subject above it; the part of the id before the last / when absent')
    .action(
      run<AddOptions>(async (context, [id = ''], options) => {
        const kind = subjectKinds.find((each) => each === options.kind);
        if (!kind)
          throw new InputError(
            `--kind "${options.kind}" is unknown: write one of ${subjectKinds.join(', ')}`,
          );
        const result = await context.withStore(async (store) => {
          const parent = options.parent ?? (id.includes('/') ? id.slice(0, id.lastIndexOf('/')) : null);
          const above = parent === null ? null : await findSubject(store, parent);
          const existing = await store.subjects.get(id);
          const name = options.name ?? existing?.name.zh ?? id;
          const entry: Subject = {
            id,
            name: { zh: name, en: options.nameEn ?? options.name ?? existing?.name.en ?? name },
            kind,
            parent,
            timeZone: context.options.timeZone ?? existing?.timeZone ?? above?.timeZone ?? 'Asia/Shanghai',
            isSample: existing?.isSample ?? above?.isSample ?? false,
          };
          return { ...(await asInputAsync(() => store.subjects.put([entry]))), subject: entry };
        });
        const word = wordsIn(context.language);
        context.answer(
          result,
          () => `${id}: ${word('new')} ${result.added}, ${word('changed')} ${result.changed}`,
        );
      }),
    );

  subject
    .command('list')
    .description('all subjects in tree order')
    .action(
      run(async (context) => {
        const subjects = await context.withStore((store) => store.subjects.list());
        const word = wordsIn(context.language);
        context.answer(subjects, () =>
          tableText(
            [word('subject'), word('name'), word('kind'), word('timeZone'), ''],
            subjects.map((each) => [
              each.id,
              each.name[context.language],
              each.kind,
              each.timeZone,
              each.isSample ? word('sample') : '',
            ]),
          ),
        );
      }),
    );

  subject
    .command('show')
    .description('one subject and its latest evaluations')
    .argument('<id>')
    .action(
      run(async (context, [id = '']) => {
        const view = await context.withStore(async (store) => ({
          subject: await findSubject(store, id),
          evaluations: (await store.evaluations.list({ subject: id })).slice(0, 20),
        }));
        const word = wordsIn(context.language);
        const { subject: found, evaluations } = view;
        context.answer(view, () =>
          [
            `${found.id} · ${found.name[context.language]} · ${found.kind} · ${found.timeZone}`,
            tableText(
              [word('model'), word('period'), word('grade'), word('asOf'), 'sha256'],
              evaluations.map((each) => [
                each.model,
                each.period,
                each.grade ?? word('ungraded'),
                each.asOf,
                each.sha256.slice(0, 12),
              ]),
            ),
          ].join('\n'),
        );
      }),
    );
};
