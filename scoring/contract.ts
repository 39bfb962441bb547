/** Models and evaluations: the only file of this folder that other folders (but the composer) may import. */
export * from '../collectors/contract.ts';
export * from './contract/canonical-json.ts';
export * from './contract/drill.ts';
export * from './contract/engine.ts';
export * from './contract/evaluation.ts';
export * from './contract/explain.ts';
export * from './contract/measure.ts';
export * from './contract/model.ts';
export * from './contract/resolution.ts';
export * from './contract/stage.ts';
export * from './contract/titles.ts';
