import type { Language } from '../../../collectors/contract.ts';
import type { LintFinding } from '../../../rules/contract.ts';
import { type CheckedSpecs, checkSpecs } from '../../compose/slo/specs.ts';
import { exitCodes } from '../../surroundings.ts';
import { tableText } from '../../table.ts';
import type { SloCommand } from '../slo.ts';

interface ValidateOptions {
  readonly input: readonly string[];
}

const levels = { fault: { zh: '错误', en: 'fault' }, warning: { zh: '提醒', en: 'warning' } } as const;

const head: Readonly<Record<Language, readonly string[]>> = {
  zh: ['级别', '位置', '服务目标', '规则', '问题与处理'],
  en: ['Level', 'Place', 'SLO', 'Rule', 'Problem and remedy'],
};

const rowOf = ({ level, file, line, column, slo, rule, message }: LintFinding, language: Language) => [
  levels[level][language],
  `${file}:${line}:${column}`,
  slo,
  rule,
  message[language],
];

function summaryOf({ slos, findings }: CheckedSpecs, language: Language): string {
  const count = (level: LintFinding['level']) => findings.filter((each) => each.level === level).length;
  const [faults, warnings] = [count('fault'), count('warning')];
  return language === 'zh'
    ? `服务目标 ${slos.length} 个，错误 ${faults} 处，提醒 ${warnings} 处`
    : `${slos.length} SLOs, ${faults} faults, ${warnings} warnings`;
}

export const sloValidate: SloCommand = (slo, run) => {
  slo
    .command('validate')
    .description(
      'read SLO specs and lint them; exit code 1 when the linter finds a fault, 2 when a file cannot be read as a spec',
    )
    .requiredOption('-i, --input <path...>', 'spec files, or folders of .yaml and .yml files')
    .action(
      run<ValidateOptions>(async (context, _operands, { input }) => {
        const { language } = context;
        const checked = await checkSpecs(context, input);
        const { slos, findings, asked } = checked;
        if (findings.some(({ level }) => level === 'fault')) context.exitCode = exitCodes.notSo;
        context.answer({ slos: slos.map(({ id }) => id), findings, asked }, () =>
          [
            ...(findings.length === 0
              ? []
              : [
                  tableText(
                    head[language],
                    findings.map((finding) => rowOf(finding, language)),
                  ),
                ]),
            summaryOf(checked, language),
          ].join('\n'),
        );
      }),
    );
};
