import { type ImportKind, importKinds, recordKindSpecs } from '../../../scoring/contract.ts';
import type { ImportOutcome } from '../../contract.ts';
import type { Page, PageContext, PageView } from '../page.ts';
import { fieldTitle, printFault, printField } from './evidence/record-fields.ts';

function kindName(context: PageContext, kind: ImportKind): string {
  return kind === 'observations'
    ? context.t('import.observations')
    : context.say(recordKindSpecs[kind].title);
}

async function viewOfOutcome(context: PageContext, outcome: ImportOutcome, fileName: string) {
  const { format, say, t } = context;
  const subjects = new Map((await context.workbench.subjects()).map((each) => [each.id, each]));
  const subject = subjects.get(outcome.subject);
  const zone = subject?.timeZone ?? 'UTC';
  const columns = [...new Set(outcome.preview.flatMap((row) => Object.keys(row)))];
  return {
    fileName,
    kind: kindName(context, outcome.kind),
    subject: subject ? say(subject.name) : outcome.subject,
    counts: (['read', 'new', 'changed', 'unchanged', 'faulty', 'rejected', 'newSubjects'] as const).map(
      (name) => ({
        name: t(`import.count.${name}`),
        value: format.count(outcome[name]),
        isBad: name === 'rejected' && outcome.rejected > 0,
      }),
    ),
    rejects: outcome.rejects.map((each) => ({
      line: String(each.line),
      id: each.id ?? '—',
      reason: context.say(each.text),
    })),
    rejected: format.count(outcome.rejected),
    columns: columns.map((name) => columnTitle(context, outcome.kind, name)),
    rows: outcome.preview.map((row) =>
      columns.map((name) => printCell(context, row[name] ?? '', { kind: outcome.kind, name, zone })),
    ),
  };
}

/** Columns of the preview that are not fields of the kind. */
const ownColumns: Readonly<Record<string, string>> = {
  id: 'evidence.id',
  subject: 'chooser.subject',
  fault: 'import.fault',
};

function columnTitle(context: PageContext, kind: ImportKind, name: string): string {
  const own = ownColumns[name];
  if (own !== undefined) return context.t(own);
  return kind === 'observations' ? name : fieldTitle(context, kind, name);
}

function printCell(
  context: PageContext,
  value: string,
  { kind, name, zone }: { readonly kind: ImportKind; readonly name: string; readonly zone: string },
): string {
  if (value === '') return '—';
  if (name === 'fault') return printFault(context, value) ?? '—';
  return kind === 'observations' ? value : printField(context, value, { kind, name, zone });
}

async function viewOfForm(context: PageContext) {
  const { workbench, format, say } = context;
  const subjects = await workbench.subjects();
  const names = new Map(subjects.map((each) => [each.id, each]));
  const past = await workbench.imports();
  return {
    kinds: importKinds.map((value) => ({ value, name: kindName(context, value) })),
    subjects: subjects.map((each) => ({ value: each.id, text: `${say(each.name)} (${each.id})` })),
    hasSubjects: subjects.length > 0,
    mappings: workbench.mappings(),
    past: past.slice(0, 50).map((each) => {
      const subject = names.get(each.subject);
      return {
        at: format.time(each.importedAt, 'UTC'),
        fileName: each.fileName,
        kind: kindName(context, each.kind),
        subject: subject ? say(subject.name) : each.subject,
        read: format.count(each.read),
        new: format.count(each.new),
        changed: format.count(each.changed),
        unchanged: format.count(each.unchanged),
        faulty: format.count(each.faulty),
        rejected: format.count(each.rejected),
        shortHash: each.sha256.slice(0, 12),
        sha256: each.sha256,
      };
    }),
  };
}

export const importPage: Page = {
  path: '/import',
  show: async (context) => ({
    template: 'import',
    title: context.t('nav.import'),
    section: '/import',
    isSample: false,
    view: await viewOfForm(context),
  }),
};

/** What an import would do, and the button that does it. */
export async function previewView(
  context: PageContext,
  outcome: ImportOutcome,
  upload: { readonly id: string; readonly fileName: string },
): Promise<PageView> {
  return {
    template: 'import-preview',
    title: context.t('import.previewTitle'),
    section: '/import',
    isSample: false,
    view: { ...(await viewOfOutcome(context, outcome, upload.fileName)), id: upload.id, isDone: false },
  };
}

/** What an import did. */
export async function summaryView(
  context: PageContext,
  outcome: ImportOutcome,
  fileName: string,
): Promise<PageView> {
  return {
    template: 'import-preview',
    title: context.t('import.doneTitle'),
    section: '/import',
    isSample: false,
    view: { ...(await viewOfOutcome(context, outcome, fileName)), id: '', isDone: true },
  };
}
