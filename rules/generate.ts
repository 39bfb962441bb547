/** Rules of SLOs and their tests: what `slo generate` writes. */
export { printRules, printTests, printYaml } from './output/print-rules.ts';
export { groupsOf, ruleFaults, ruleWarnings } from './slo/generate/groups-of.ts';
export { manifestsOf, type RuleManifest, ruleManifest, type SloManifest } from './slo/generate/manifests.ts';
export { type RuleOptions, type RuleStyle, ruleStyles } from './slo/generate/rule-options.ts';
export { type TestOptions, testsOf } from './slo/generate/tests/tests-of.ts';
export { builtInCatalogues } from './slo/windows/built-in.ts';
export { catalogueFor, windowSecondsOf } from './slo/windows/catalogue-for.ts';
export { readCatalogue } from './slo/windows/read-catalogue.ts';
