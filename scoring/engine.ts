import { canonicalJson, type ScoringEngine } from './contract.ts';
import { engineName, score } from './engine/score.ts';
import { checkModel } from './model/check-model.ts';

/** The scoring engine: reads model files, scores observations, serialises evaluations; pure, no clock and no disk. */
export const scoringEngine: ScoringEngine = {
  name: engineName,
  checkModel,
  score,
  serialise: canonicalJson,
};
