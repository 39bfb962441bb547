import { InputError } from '../../../collectors/contract.ts';
import { dropFor, readSlos, writeSpecs, writtenFormats } from '../../../rules/slo.ts';
import { specFilesOf } from '../../compose/slo/specs.ts';
import { writeWhole } from '../../whole-file.ts';
import type { SloCommand } from '../slo.ts';

interface ConvertOptions {
  readonly input: readonly string[];
  readonly to: string;
  readonly output?: string;
  readonly drop?: boolean;
}

function formatOf(name: string) {
  const format = writtenFormats.find((each) => each === name);
  if (format) return format;
  throw new InputError(
    `--to "${name}" is no format that is written: choose one of ${writtenFormats.join(', ')}`,
  );
}

export const sloConvert: SloCommand = (slo, run) => {
  slo
    .command('convert')
    .description('write SLO specs in another format; what it has no words for is a fault')
    .requiredOption('-i, --input <path...>', 'spec files, or folders of .yaml and .yml files')
    .requiredOption('--to <format>', writtenFormats.join(', '))
    .option('-o, --output <file>', 'write there instead of printing it')
    .option('--drop', 'leave out what the format has no words for, and say on stderr what it was')
    .action(
      run<ConvertOptions>(async (context, _operands, { input, to, output, drop = false }) => {
        const format = formatOf(to);
        const { slos: read } = readSlos(await specFilesOf(context, input));
        const { slos, dropped } = drop ? dropFor(read, format) : { slos: read, dropped: [] };
        const spec = writeSpecs(slos, format);
        for (const { slo: id, feature } of dropped)
          context.surroundings.stderr(`${id}: ${feature} left out, ${format} has none\n`);
        const path = output === undefined ? null : context.path(output);
        if (path !== null) await writeWhole(path, spec);
        const { language } = context;
        const done =
          language === 'zh'
            ? `已写入 ${path}：服务目标 ${slos.length} 个（${format}）`
            : `written to ${path}: ${slos.length} SLOs as ${format}`;
        context.answer({ output: path, format, slos: slos.map(({ id }) => id), spec, dropped }, () =>
          path === null ? spec.trimEnd() : done,
        );
      }),
    );
};
