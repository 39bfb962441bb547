import type { Model, ModelNode } from '../../../scoring/contract.ts';
import type { Page, PageContext } from '../page.ts';
import { Refusal } from '../security/refusal.ts';
import { scaleInWords, targetOf } from './nodes/scale.ts';
import { gradeClass } from './scorecard/grade.ts';

interface NodeRow {
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  readonly depth: number;
  readonly isLeaf: boolean;
  readonly weight: string;
  readonly combine: string;
  readonly target: string;
  readonly scale: string;
  readonly measure: string;
  readonly owner: string;
  readonly frequency: string;
  readonly references: readonly string[];
}

function rowsOf(context: PageContext, node: ModelNode, depth: number): NodeRow[] {
  const { format, say, t } = context;
  const { leaf, combine } = node;
  const row: NodeRow = {
    id: node.id,
    title: say(node.title),
    meaning: say(node.meaning),
    depth,
    isLeaf: leaf !== null,
    weight: node.weight === null ? '' : format.setting(node.weight, 'ratio'),
    combine: combine === null ? '' : combine.kind === 'formula' ? combine.formula : t('model.arithmetic'),
    target: leaf && node.weight !== 0 ? targetOf(leaf, node.unit, format, t) : '—',
    scale: leaf ? scaleInWords(leaf.scale, node.unit, format, t) : '',
    measure: leaf ? (leaf.measure.kind === 'records' ? leaf.measure.text : t('measure.entry')) : '',
    owner: leaf ? say(leaf.owner) : '',
    frequency: leaf ? t(`frequency.${leaf.frequency}`) : '',
    references: (leaf?.referencePoints ?? []).map(
      (point) => `${format.setting(point.value, node.unit)} ${say(point.label)}`,
    ),
  };
  return [row, ...node.children.flatMap((child) => rowsOf(context, child, depth + 1))];
}

function viewOfModel(context: PageContext, model: Model) {
  const { format, say, t } = context;
  const { overall } = model;
  const bands = model.grades.map((band, at) => ({
    grade: band.grade,
    gradeClass: gradeClass(band.grade),
    from: format.number(band.from, 0),
    upTo: at === 0 ? '' : format.number(model.grades[at - 1]?.from ?? null, 0),
    meaning: say(band.meaning),
  }));
  return {
    title: say(model.title),
    description: say(model.description),
    id: model.id,
    version: model.version,
    sha256: model.sha256,
    document: say(model.source.document),
    sourceSection: say(model.source.section),
    weightsBy: t(`model.weightsBy.${model.source.weightsBy}`),
    notes: model.source.notes.map(say),
    floor: format.setting(model.coverageFloor, 'ratio'),
    roundTo: model.roundTo === null ? t('model.unrounded') : t('model.rounded', { n: model.roundTo }),
    grades: bands,
    overall: say(overall.explanation),
    rules:
      overall.kind === 'score'
        ? []
        : overall.rules.map((rule) => ({
            id: rule.id,
            grade: rule.grade,
            gradeClass: gradeClass(rule.grade),
            conditions:
              rule.when === null
                ? [t('model.otherwise')]
                : typeof rule.when === 'string'
                  ? [rule.when]
                  : Object.entries(rule.when.options).map(([option, when]) => `${option}: ${when}`),
            reason: say(rule.reason),
          })),
    interpretations: model.interpretations.map((each) => ({
      id: each.id,
      question: say(each.question),
      options: each.options.map((option) => ({
        id: option.id,
        title: say(option.title),
        isDefault: option.id === each.default,
      })),
    })),
    modules: model.nodes.map((node) => {
      const [head, ...rows] = rowsOf(context, node, 0);
      const all = rows.length > 0 ? rows : [head];
      return { head, rows: all, hasWeights: all.some((row) => row?.weight !== '') };
    }),
    yaml: model.yaml,
  };
}

export const modelsPage: Page = {
  path: '/models',
  show: async (context) => {
    const { say, t, workbench } = context;
    return {
      template: 'models',
      title: t('nav.models'),
      section: '/models',
      isSample: false,
      view: {
        models: workbench.models().map((model) => ({
          url: `/models/${model.id}`,
          title: say(model.title),
          id: model.id,
          version: model.version,
          description: say(model.description),
          document: say(model.source.document),
          weightsBy: t(`model.weightsBy.${model.source.weightsBy}`),
        })),
      },
    };
  },
};

export const modelPage: Page = {
  path: '/models/:id',
  show: async (context) => {
    const model = context.workbench.models().find((each) => each.id === context.params.id);
    if (!model) throw new Refusal(404, 'error.notFound');
    return {
      template: 'model',
      title: context.say(model.title),
      section: '/models',
      isSample: false,
      view: context.reader.kept(`model ${context.language} ${model.sha256}`, () =>
        viewOfModel(context, model),
      ),
    };
  },
};
