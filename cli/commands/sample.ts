import type { CommandDefinition } from '../command-line.ts';
import { fillSampleCity } from '../compose/sample.ts';

export const sampleCommand: CommandDefinition = (program, run) => {
  const sample = program.command('sample').description('the synthetic sample city (示例数据)');

  sample
    .command('remove')
    .description('remove the sample city with its records, evaluations and reports')
    .action(
      run(async (context) => {
        const gone = await context.withStore((store) => store.removeSample());
        context.answer(gone, () =>
          context.language === 'zh'
            ? `已移除示例数据：评估对象 ${gone.subjects} 个，业务记录 ${gone.records} 条，评估结果 ${gone.evaluations} 份`
            : `removed: ${gone.subjects} subjects, ${gone.records} records, ${gone.evaluations} evaluations`,
        );
      }),
    );

  sample
    .command('add')
    .description('fill in the sample city: the 12 months to the last full one')
    .option('--today <date>', 'build it as of this day (2026-11-20); today when absent')
    .action(
      run<{ today?: string }>(async (context, _operands, options) => {
        const today = options.today ?? context.surroundings.now().slice(0, 10);
        const filled = await context.withStore((store) =>
          fillSampleCity(store, today, {
            now: context.surroundings.now,
            signal: context.surroundings.signal,
          }),
        );
        context.answer(filled, () =>
          context.language === 'zh'
            ? `示例数据已就绪：业务记录 ${filled.records} 条，采样 ${filled.readings} 个，评估结果 ${filled.evaluations} 份`
            : `sample city ready: ${filled.records} records, ${filled.readings} samples, ${filled.evaluations} evaluations`,
        );
      }),
    );
};
