import { link, type Page, type PageContext } from '../page.ts';

/** The form that computes an evaluation; the interpretations are those of the model chosen. */
export const evaluatePage: Page = {
  path: '/evaluate',
  show: async (context: PageContext) => {
    const { workbench, query, say, t } = context;
    const models = workbench.models();
    const model = models.find((each) => each.id === query.model) ?? models[0] ?? null;
    const subjects = await workbench.subjects();
    return {
      template: 'evaluate',
      title: t('nav.evaluate'),
      section: '/evaluate',
      isSample: false,
      view: {
        models: models.map((each) => ({
          url: link('/evaluate', { ...query, model: each.id }),
          title: say(each.title),
          isChosen: each.id === model?.id,
        })),
        model: model?.id ?? '',
        modelTitle: model ? say(model.title) : '',
        subjects: subjects.map((each) => ({
          value: each.id,
          text: `${say(each.name)} (${each.id})`,
          isChosen: each.id === query.subject,
        })),
        period: query.period ?? '',
        hasSubjects: subjects.length > 0,
        interpretations: (model?.interpretations ?? [])
          .filter((each) => each.options.length > 1)
          .map((each) => ({
            name: `interpretation.${each.id}`,
            question: say(each.question),
            options: each.options.map((option) => ({
              value: option.id,
              text:
                option.id === each.default
                  ? t('evaluate.default', { option: say(option.title) })
                  : say(option.title),
              isChosen: option.id === each.default,
            })),
          })),
      },
    };
  },
};
