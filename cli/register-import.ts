import { basename } from 'node:path';
import { InputError } from '../collectors/contract.ts';
import { importAssetsFile } from './compose/asset-import.ts';
import { importScanFile, scanFormat } from './compose/scan-import.ts';
import type { CommandContext } from './context.ts';
import { assetImportText, scanImportText } from './security-import-texts.ts';

/** Kinds that go to the security register, in forms of their own. */
export const registerKinds = ['findings', 'assets'] as const;

export interface RegisterOptions {
  readonly subject: string;
  readonly dryRun?: boolean;
  readonly format?: string;
  readonly asset?: string;
}

/** InputError for an option that says nothing of this kind: it must not be taken for heeded. */
export function refuseOptions(kindName: string, options: Readonly<Record<string, unknown>>): void {
  const given = (names: readonly string[]) => names.filter((name) => options[name] !== undefined);
  const isRegister = registerKinds.some((each) => each === kindName);
  const foreign = isRegister
    ? given(['mapping', 'covers', 'maxRejects', 'rejects', 'period'])
    : given(['format', 'asset']);
  const more = kindName === 'assets' ? given(['format', 'asset']) : [];
  const [first] = [...foreign, ...more];
  if (first === undefined) return;
  const flag = first.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  throw new InputError(`--${flag} says nothing of ${kindName}: leave it out`);
}

/** Imports a report of a scanner or an inventory of assets, and says what it did. */
export async function importIntoRegister(
  context: CommandContext,
  kind: (typeof registerKinds)[number],
  { file, options }: { readonly file: string; readonly options: RegisterOptions },
): Promise<void> {
  const { language } = context;
  const order = {
    ...{ path: context.path(file), fileName: basename(file), subject: options.subject },
    ...{
      format: scanFormat(options.format),
      asset: options.asset ?? null,
      isDryRun: options.dryRun === true,
    },
    ...{ importedAt: context.surroundings.now(), signal: context.surroundings.signal },
  };
  if (kind === 'findings') {
    const result = await context.withStore((store) => importScanFile(store, order));
    context.answer(result, () => scanImportText(result, language));
  } else {
    const result = await context.withStore((store) => importAssetsFile(store, order));
    context.answer(result, () => assetImportText(result, language));
  }
}
