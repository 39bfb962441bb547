import { type Express, type Request, urlencoded } from 'express';
import { type ReportFormat, reportFormats, reportMediaTypes } from '../../reports/contract.ts';
import { InputError, importKinds, languages, parseCutoff, parsePeriod } from '../../scoring/contract.ts';
import type { ReportSummary } from '../../store/contract.ts';
import type { ImportUpload, Workbench } from '../contract.ts';
import { link } from './page.ts';
import { previewView, summaryView } from './pages/import.ts';
import { verificationView } from './pages/verify.ts';
import type { Presenter } from './presenter.ts';
import { csrfField, requireToken } from './security/csrf.ts';
import { Refusal } from './security/refusal.ts';
import type { Upload, UploadSpool } from './upload-spool.ts';

export interface ActionParts {
  readonly workbench: Workbench;
  readonly presenter: Presenter;
  readonly uploads: UploadSpool;
}

const form = urlencoded({ extended: false, limit: '64kb' });

function field(request: Request, name: string): string {
  const value: unknown = request.body?.[name];
  return typeof value === 'string' ? value.replaceAll('\0', '').trim() : '';
}

/** The interpretations a form chose: fields named `interpretation.<id>`. */
function interpretationsIn(body: unknown): Record<string, string> {
  const prefix = 'interpretation.';
  return Object.fromEntries(
    Object.entries((body ?? {}) as Record<string, unknown>).flatMap(([name, value]) =>
      name.startsWith(prefix) && typeof value === 'string' ? [[name.slice(prefix.length), value]] : [],
    ),
  );
}

/** Says in the page's language what a form can say wrongly about time. */
function checkTimes(period: string, asOf: string): void {
  const isRight = (parse: () => unknown) => {
    try {
      parse();
      return true;
    } catch (error) {
      if (error instanceof RangeError) return false;
      throw error;
    }
  };
  if (!isRight(() => parsePeriod(period, 'UTC'))) throw new Refusal(400, 'error.period', { period });
  if (asOf !== '' && !isRight(() => parseCutoff(asOf, 'UTC'))) throw new Refusal(400, 'error.asOf', { asOf });
}

export function mountEvaluate(app: Express, { workbench }: ActionParts): void {
  app.post('/evaluate', form, async (request, response) => {
    requireToken(request, request.body?.[csrfField]);
    const [model, subject, period] = ['model', 'subject', 'period'].map((name) => field(request, name));
    const asOf = field(request, 'asOf');
    checkTimes(period ?? '', asOf);
    const evaluation = await workbench.evaluate({
      model: model ?? '',
      subject: subject ?? '',
      period: period ?? '',
      ...(asOf && { asOf }),
      interpretations: interpretationsIn(request.body),
    });
    response.redirect(303, link('/', { evaluation: evaluation.sha256 }));
  });
}

/** The report's number, as a name that every file system takes. */
export function reportFileName(report: ReportSummary): string {
  return `${report.number.replace(/[^\w.-]+/g, '-')}.${report.format}`;
}

export function mountReports(app: Express, { workbench }: ActionParts): void {
  app.post('/reports', form, async (request, response) => {
    requireToken(request, request.body?.[csrfField]);
    const evaluation = await workbench.evaluation(field(request, 'evaluation'));
    const language = languages.find((each) => each === field(request, 'language'));
    const format = reportFormats.find((each) => each === field(request, 'format'));
    if (!evaluation) throw new Refusal(404, 'error.notFound');
    if (!language || !format) throw new Refusal(400, 'error.malformed');
    const report = await workbench.makeReport(evaluation, format, language);
    response.redirect(
      303,
      link('/reports', {
        model: evaluation.model.id,
        subject: evaluation.subject.id,
        period: evaluation.period.id,
        made: report.sha256,
      }),
    );
  });
  app.get('/reports/:sha256', async (request, response) => {
    const found = await workbench.report(String(request.params.sha256));
    if (!found) throw new Refusal(404, 'error.notFound');
    const { summary, bytes } = found;
    response
      .set({
        'Content-Type': reportMediaTypes[summary.format as ReportFormat] ?? 'application/octet-stream',
        'Cache-Control': 'private, max-age=31536000, immutable',
        ETag: `"${summary.sha256}"`,
      })
      .attachment(reportFileName(summary));
    response.end(Buffer.from(bytes));
  });
}

/** The upload is gone before anything is answered, whatever becomes of it. */
async function used<T>(uploads: UploadSpool, upload: Upload, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } finally {
    await uploads.drop(upload);
  }
}

export function mountVerify(app: Express, { workbench, presenter, uploads }: ActionParts): void {
  app.post('/verify', async (request, response) => {
    const upload = await uploads.receive(request, (fields) => requireToken(request, fields[csrfField]));
    const found = await used(uploads, upload, async () => workbench.verify(await uploads.read(upload)));
    const context = presenter.contextOf(request, response);
    presenter.document(request, response, verificationView(context, { fileName: upload.fileName, found }));
  });
}

function importOf(workbench: Workbench, upload: Upload, isDryRun: boolean): ImportUpload {
  const { kind, subject = '', mapping = '', yaml = '' } = upload.fields;
  const known = importKinds.find((each) => each === kind);
  if (!known) throw new InputError(`kind "${kind}" is not one of ${importKinds.join(', ')}`);
  if (mapping !== '' && !workbench.mappings().includes(mapping)) throw new Refusal(400, 'error.malformed');
  const chosen =
    yaml.trim() !== '' ? { mapping: { yaml } } : mapping !== '' ? { mapping: { name: mapping } } : {};
  return { kind: known, subject, fileName: upload.fileName, path: upload.path, isDryRun, ...chosen };
}

export function mountImport(app: Express, { workbench, presenter, uploads }: ActionParts): void {
  app.post('/import', async (request, response) => {
    const upload = await uploads.receive(request, (fields) => requireToken(request, fields[csrfField]));
    try {
      const outcome = await workbench.runImport(importOf(workbench, upload, true));
      uploads.keep(upload);
      const context = presenter.contextOf(request, response);
      presenter.document(request, response, await previewView(context, outcome, upload));
    } catch (error) {
      await uploads.drop(upload);
      throw error;
    }
  });
  app.post('/import/confirm', form, async (request, response) => {
    requireToken(request, request.body?.[csrfField]);
    const upload = uploads.take(field(request, 'id'));
    if (field(request, 'decision') !== 'import') {
      await uploads.drop(upload);
      response.redirect(303, '/import');
      return;
    }
    const outcome = await used(uploads, upload, () =>
      workbench.runImport(importOf(workbench, upload, false)),
    );
    const context = presenter.contextOf(request, response);
    presenter.document(request, response, await summaryView(context, outcome, upload.fileName));
  });
}
