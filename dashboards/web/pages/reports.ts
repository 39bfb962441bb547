import { reportFormats } from '../../../reports/contract.ts';
import { languages, languageTags, type Text } from '../../../scoring/contract.ts';
import { link, type Page, type PageContext } from '../page.ts';
import { linkWithin, select } from '../selection.ts';
import { viewOfChooser } from './chooser.ts';

const languageNames: Readonly<Record<string, string>> = { zh: '中文', en: 'English' };

function size(bytes: number): string {
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

async function viewOfReports(context: PageContext) {
  const { workbench, format, say } = context;
  const reports = await workbench.reports();
  const subjects = new Map((await workbench.subjects()).map((each) => [each.id, each]));
  const models = new Map(workbench.models().map((each) => [each.id, each]));
  const nameOf = (text: Text | undefined, id: string) => (text ? say(text) : id);
  return reports.map((report) => ({
    number: report.number,
    subject: nameOf(subjects.get(report.subject)?.name, report.subject),
    isSample: subjects.get(report.subject)?.isSample ?? false,
    model: nameOf(models.get(report.model)?.title, report.model),
    period: format.period(report.period),
    format: report.format.toUpperCase(),
    language: languageNames[report.language] ?? report.language,
    languageTag: report.language,
    size: size(report.size),
    createdAt: format.time(report.createdAt, subjects.get(report.subject)?.timeZone ?? 'UTC'),
    url: `/reports/${report.sha256}`,
    home: link('/', { evaluation: report.evaluation }),
    sha256: report.sha256,
    isNew: report.sha256 === context.query.made,
  }));
}

export const reportsPage: Page = {
  path: '/reports',
  show: async (context) => {
    const { t, language } = context;
    const selection = await select(context);
    const { evaluation } = selection;
    const rows = await viewOfReports(context);
    return {
      template: 'reports',
      title: t('nav.reports'),
      section: '/reports',
      isSample: evaluation?.subject.isSample ?? rows.some((each) => each.isSample),
      view: {
        chooser: viewOfChooser(context, selection, '/reports'),
        made: rows.find((each) => each.isNew) ?? null,
        rows,
        evaluation: evaluation
          ? {
              sha256: evaluation.sha256,
              subject: context.say(evaluation.subject.name),
              period: context.format.period(evaluation.period.id),
              model: context.say(evaluation.model.title),
              url: linkWithin(evaluation, '/'),
            }
          : null,
        formats: reportFormats.map((value) => ({
          value,
          name: t(`format.${value}`),
          isChosen: value === 'pdf',
        })),
        languages: languages.map((value) => ({
          value,
          tag: languageTags[value],
          name: languageNames[value] ?? value,
          isChosen: value === language,
        })),
      },
    };
  },
};
