import { basename, join } from 'node:path';
import {
  type ImportKind,
  InputError,
  importKinds,
  parseCutoff,
  reportFormatIds,
} from '../../collectors/contract.ts';
import { readMappingFile } from '../../collectors/records.ts';
import type { CommandDefinition } from '../command-line.ts';
import { findSubject } from '../compose/evaluate.ts';
import { type ImportOrder, type ImportResult, importRecords } from '../compose/import.ts';
import { importObservationsFile } from '../compose/observations.ts';
import type { CommandContext } from '../context.ts';
import { progressOf } from '../progress.ts';
import {
  importIntoRegister,
  type RegisterOptions,
  refuseOptions,
  registerKinds,
} from '../register-import.ts';
import { plainText, tableText } from '../table.ts';
import { wordsIn } from '../words.ts';

interface Options extends RegisterOptions {
  readonly mapping?: string;
  readonly covers?: string;
  readonly maxRejects?: string;
  readonly rejects?: string;
  readonly period?: string;
}

const allKinds = [...importKinds, ...registerKinds];

export function kindOf(name: string): ImportKind {
  const kind = importKinds.find((each) => each === name);
  if (!kind) throw new InputError(`kind "${name}" is unknown: write one of ${allKinds.join(', ')}`);
  return kind;
}

/** `2015-01-01..2015-04-01`, read in the subject's zone. */
export function coversFrom(text: string | undefined, timeZone: string): ImportOrder['covers'] {
  if (text === undefined) return null;
  const [from, to, more] = text.split('..');
  try {
    if (!from || !to || more !== undefined) throw new RangeError('two times are needed');
    const covers = { from: parseCutoff(from, timeZone), to: parseCutoff(to, timeZone) };
    if (Date.parse(covers.from) >= Date.parse(covers.to)) throw new RangeError('it ends before it begins');
    return covers;
  } catch (cause) {
    const example = 'write FROM..TO, for example 2015-01-01..2015-04-01';
    throw new InputError(`--covers "${text}" is no span of time: ${example}`, { cause });
  }
}

/** A dry run writes nothing that was not asked for. */
function rejectsPathOf(context: CommandContext, fileName: string, options: Options): string | null {
  if (options.rejects !== undefined) return context.path(options.rejects);
  return options.dryRun ? null : join(context.dataFolder, 'rejects', `${fileName}.rejects.csv`);
}

function rejectLimit(text: string | undefined): number {
  if (text === undefined) return Number.POSITIVE_INFINITY;
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 0)
    throw new InputError(`--max-rejects "${text}" is no whole number`);
  return limit;
}

export const importCommand: CommandDefinition = (program, run) => {
  program
    .command('import')
    .description('read a file into the evidence store; a second import of the same file changes nothing')
    .argument('<kind>', allKinds.join(', '))
    .argument('<file>', 'CSV, CSV.gz, XLSX, JSON or NDJSON; for findings a report of a scanner')
    .requiredOption('--subject <id>', 'whose records they are; sub-subjects lie below it')
    .option('--mapping <file>', 'YAML: which column is which field; columns named as the fields when absent')
    .option('--dry-run', 'read everything, show a preview and the counts, write nothing')
    .option(
      '--covers <from..to>',
      'the time that the file reports in full; the span of its records when absent',
    )
    .option('--period <period>', 'observations only: the period of rows that name none')
    .option('--max-rejects <number>', 'import nothing when more rows than this are rejected')
    .option(
      '--rejects <file>',
      'where rejected rows are listed; <data>/rejects/ when absent, nowhere in a dry run',
    )
    .option(
      '--format <format>',
      `findings only: ${reportFormatIds.join(', ')}; told by its beginning when absent`,
    )
    .option('--asset <id>', 'findings only: what the report is about, where it does not say so itself')
    .action(
      run<Options>(async (context, [kindName = '', file = ''], options) => {
        refuseOptions(kindName, { ...options });
        const ofRegister = registerKinds.find((each) => each === kindName);
        if (ofRegister) return importIntoRegister(context, ofRegister, { file, options });
        const kind = kindOf(kindName);
        const path = context.path(file);
        const mapping =
          options.mapping === undefined ? null : await readMappingFile(context.path(options.mapping));
        const progress = progressOf(context.surroundings, basename(file));
        const result = await context.withStore(async (store) => {
          const subject = await findSubject(store, options.subject);
          const order = {
            path,
            fileName: basename(file),
            subject: subject.id,
            mapping,
            period: options.period,
            isDryRun: options.dryRun === true,
            maxRejects: rejectLimit(options.maxRejects),
            rejectsPath: rejectsPathOf(context, basename(file), options),
            importedAt: context.surroundings.now(),
            signal: context.surroundings.signal,
            onProgress: ({ bytesRead, totalBytes }: { bytesRead: number; totalBytes: number }) =>
              progress.update(bytesRead, totalBytes),
          };
          if (kind === 'observations') return importObservationsFile(store, subject, order);
          return importRecords(store, {
            ...order,
            kind,
            covers: coversFrom(options.covers, subject.timeZone),
          });
        });
        progress.stop();
        context.answer(result, () => importText(result, context));
      }),
    );
};

export function importText(result: ImportResult, context: CommandContext): string {
  const word = wordsIn(context.language);
  const counts = (['read', 'new', 'changed', 'unchanged', 'faulty', 'rejected'] as const).map(
    (name) => `${word(name)} ${result[name]}`,
  );
  const preview = result.preview.map((record) => [
    record.id,
    record.subject,
    ...Object.entries(record.fields)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => `${name}=${value}`),
  ]);
  const isSame = result.new + result.changed === 0 && result.unchanged > 0;
  return [
    ...(result.isDryRun ? preview.map((cells) => plainText(cells.join('  '))) : []),
    `${result.file} → ${result.kind} ${result.subject}: ${counts.join(', ')}`,
    ...result.notes.map((note) => note[context.language]),
    ...(result.isDryRun ? [word('nothingWritten')] : isSame ? [word('nothingChanged')] : []),
    ...remarkTable(word('rejected'), result.rejects, context),
    ...remarkTable(word('faulty'), result.faults.slice(0, shownFaults), context),
    ...(result.rejectsFile ? [`${word('rowList')}: ${result.rejectsFile}`] : []),
  ].join('\n');
}

const shownFaults = 3;

function remarkTable(title: string, rows: ImportResult['rejects'], { language }: CommandContext): string[] {
  if (rows.length === 0) return [];
  const word = wordsIn(language);
  const cells = rows.map(({ line, id, text }) => [String(line), id ?? '', text[language]]);
  return [tableText([`${title}: ${word('line')}`, 'id', word('reason')], cells)];
}
