import {
  type EvaluatedNode,
  type Evaluation,
  flattenNodes,
  type Language,
  type Model,
  type ModelNode,
  type Observation,
  type Text,
} from '../../scoring/contract.ts';
import type { ReportBundle } from '../contract.ts';
import { type Wording, wordingIn } from './wording.ts';

/** What every section of a report is written from. */
export interface ReportContext {
  readonly bundle: ReportBundle;
  readonly evaluation: Evaluation;
  readonly model: Model;
  /** The evaluation of the latest earlier period in the bundle; null when there is none. */
  readonly previous: Evaluation | null;
  readonly language: Language;
  readonly words: Wording;
  readonly say: (text: Text) => string;
  readonly modelNodes: ReadonlyMap<string, ModelNode>;
  readonly observations: ReadonlyMap<string, Observation>;
}

/** Throws RangeError when `models` lacks the model of the bundle's evaluation. */
export function contextOf(bundle: ReportBundle, models: readonly Model[]): ReportContext {
  const { evaluation, language } = bundle;
  const model = models.find((each) => each.sha256 === evaluation.model.sha256);
  if (!model) {
    throw new RangeError(
      `model ${evaluation.model.id} with sha256 ${evaluation.model.sha256} is not in the bundle`,
    );
  }
  return {
    bundle,
    evaluation,
    model,
    previous: bundle.history.at(-1) ?? null,
    language,
    words: wordingIn(language),
    say: (text) => text[language],
    modelNodes: new Map(flattenNodes(model.nodes).map((node) => [node.id, node])),
    observations: new Map(evaluation.observations.map((each) => [each.indicator, each])),
  };
}

export function modulesOf(evaluation: Evaluation): EvaluatedNode[] {
  return evaluation.nodes.filter((node) => node.parent === null);
}

/** Everything below `id`, in tree order. */
export function descendantsOf(evaluation: Evaluation, id: string): EvaluatedNode[] {
  const below = new Set([id]);
  return evaluation.nodes.filter((node) => {
    if (node.parent === null || !below.has(node.parent)) return false;
    below.add(node.id);
    return true;
  });
}
