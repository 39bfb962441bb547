import { InputError, type Language } from '../../collectors/contract.ts';
import type { Verification } from '../../reports/contract.ts';
import type { CommandDefinition } from '../command-line.ts';
import { readUserFile } from '../compose/models.ts';
import { verifyReport } from '../compose/verify.ts';
import { exitCodes } from '../surroundings.ts';
import { tableText } from '../table.ts';
import { wordsIn } from '../words.ts';

export const verifyCommand: CommandDefinition = (program, run) => {
  program
    .command('verify')
    .description(
      'recompute every number of a report from the bundle inside it; exit code 1 when anything differs',
    )
    .argument('<file>', 'an issued PDF, or the bundle taken out of it')
    .action(
      run(async (context, [file = '']) => {
        const verification = await namingFile(file, verifyReport(await readUserFile(context.path(file))));
        context.exitCode = verification.isVerified ? exitCodes.done : exitCodes.notSo;
        context.answer(verification, () => verificationText(file, verification, context.language));
      }),
    );
};

function verificationText(file: string, verification: Verification, language: Language): string {
  const word = wordsIn(language);
  const { compared, differences, evaluation, number } = verification;
  const what = evaluation
    ? `${number ?? ''} ${evaluation.subject} ${evaluation.period} ${evaluation.model} sha256 ${evaluation.sha256}`
    : '';
  const counts = (['evaluations', 'values', 'pages', 'printedNumbers'] as const).map(
    (name) => `${word(name)} ${compared[name]}`,
  );
  const rows = differences.map((each) => [each.where, each.printed, each.recomputed]);
  return [
    `${file}: ${word(verification.isVerified ? 'verified' : 'notVerified')}`,
    what,
    counts.join(language === 'zh' ? '，' : ', '),
    ...(rows.length > 0 ? [tableText([word('where'), word('printed'), word('recomputed')], rows)] : []),
  ].join('\n');
}

/** Puts the file's name before what is wrong with it. */
async function namingFile<T>(file: string, work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      error.faults.map((fault) => `${file}: ${fault}`),
      { cause: error },
    );
  });
}
