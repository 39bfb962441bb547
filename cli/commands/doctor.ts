import type { CommandDefinition } from '../command-line.ts';
import { type Finding, findProblems } from '../compose/doctor/doctor.ts';
import { exitCodes } from '../surroundings.ts';
import { tableText } from '../table.ts';

export const doctorCommand: CommandDefinition = (program, run) => {
  program
    .command('doctor')
    .description(
      'say what is configured, reachable and missing, and the next step; exit code 1 when something is broken',
    )
    .action(
      run(async (context) => {
        const findings = await findProblems(context);
        if (findings.some((finding) => finding.verdict === 'broken')) context.exitCode = exitCodes.notSo;
        const marks: Record<Finding['verdict'], string> = { good: '✔', note: '·', broken: '✘' };
        context.answer(findings, () =>
          tableText(
            ['', '', '', context.language === 'zh' ? '下一步' : 'next step'],
            findings.map((each) => [
              marks[each.verdict],
              each.what[context.language],
              each.found,
              each.nextStep?.[context.language] ?? '',
            ]),
          ),
        );
      }),
    );
};
