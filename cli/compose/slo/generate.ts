import { dirname, join, relative } from 'node:path';
import { InputError } from '../../../collectors/contract.ts';
import type { RuleGroup, RuleTestFile, Slo } from '../../../rules/contract.ts';
import {
  groupsOf,
  manifestsOf,
  printRules,
  printTests,
  printYaml,
  type RuleOptions,
  ruleFaults,
  ruleManifest,
  type SloManifest,
  testsOf,
} from '../../../rules/generate.ts';
import { rulesFile, testFileOf } from '../rules.ts';

export interface GenerateOrder {
  readonly slos: readonly Slo[];
  /** Texts of the spec files. */
  readonly specs: readonly { readonly name: string; readonly text: string }[];
  readonly options: RuleOptions;
  /** Where the rules go: a folder holds a file of each SLO; null = they are printed. */
  readonly output: { readonly path: string; readonly isFolder: boolean } | null;
  /** File of the tests, a folder where the rules are in one; null = none. */
  readonly tests: string | null;
  /** First line of each file. */
  readonly title: string;
}

export interface GeneratedFile {
  /** Null = printed. */
  readonly path: string | null;
  readonly text: string;
}

interface SloRules {
  readonly slo: Slo;
  readonly groups: readonly RuleGroup[];
}

function headerOf(title: string, slos: readonly Slo[]): string {
  const sources = new Map(slos.map(({ source }) => [source.file, source.sha256]));
  return [title, ...[...sources].map(([file, sha256]) => `${file} sha256 ${sha256}`)].join('\n');
}

/** Names that alerts of more than one SLO have. */
function namesOfSeveral(all: readonly SloRules[]): ReadonlySet<string> {
  const owners = new Map<string, number>();
  for (const { groups } of all) {
    const rules = groups.flatMap((group) => group.rules);
    for (const name of new Set(rules.flatMap((rule) => ('alert' in rule ? rule.alert : []))))
      owners.set(name, (owners.get(name) ?? 0) + 1);
  }
  return new Set([...owners].filter(([, count]) => count > 1).map(([name]) => name));
}

function testsText(
  rules: readonly SloRules[],
  order: GenerateOrder,
  paths: { test: string; rule: string },
): string {
  const ruleFile = relative(dirname(paths.test), paths.rule);
  const { catalogues } = order.options;
  const sharedNames = namesOfSeveral(rules);
  const all = rules.map(({ slo, groups }) => testsOf(slo, groups, { ruleFile, catalogues, sharedNames }));
  const file: RuleTestFile = {
    rule_files: [ruleFile],
    evaluation_interval: all[0]?.evaluation_interval ?? '1m',
    tests: all.flatMap(({ tests }) => tests),
  };
  return printTests(
    file,
    headerOf(
      order.title,
      rules.map(({ slo }) => slo),
    ),
  );
}

/** One file of all SLOs, groups in the order of the specs, and their tests in one. */
function inOneFile(rules: readonly SloRules[], order: GenerateOrder): GeneratedFile[] {
  const groups = rules.flatMap((each) => each.groups);
  const path = order.output?.path ?? null;
  const text = printRules({ groups }, headerOf(order.title, order.slos));
  if (order.tests === null || path === null) return [{ path, text }];
  return [
    { path, text },
    { path: order.tests, text: testsText(rules, order, { test: order.tests, rule: path }) },
  ];
}

/** A file of each SLO, named after its id. */
function inFolder(rules: readonly SloRules[], order: GenerateOrder, folder: string): GeneratedFile[] {
  return rules.flatMap((each) => {
    const name = rulesFile('slo', each.slo.id);
    const path = join(folder, name);
    const text = printRules({ groups: each.groups }, headerOf(order.title, [each.slo]));
    if (order.tests === null) return [{ path, text }];
    const test = join(order.tests, testFileOf(name));
    return [
      { path, text },
      { path: test, text: testsText([each], order, { test, rule: path }) },
    ];
  });
}

/** Resources of Kubernetes for resources of Kubernetes, as Sloth does. */
function asManifests(
  rules: readonly SloRules[],
  manifests: readonly SloManifest[],
  order: GenerateOrder,
): GeneratedFile[] {
  if (order.tests !== null)
    throw new InputError(
      'promtool reads no resources of Kubernetes: leave --tests out, or take --style native',
    );
  const byId = new Map(rules.map((each) => [each.slo.id, each]));
  const texts = manifests.map((manifest) => {
    const own = manifest.slos.flatMap((id) => byId.get(id) ?? []);
    const document = ruleManifest(
      manifest,
      own.flatMap(({ groups }) => groups),
    );
    return { name: manifest.name, own, document };
  });
  if (order.output?.isFolder !== true) {
    const all = texts.map(({ document }) => printYaml(document)).join('---\n');
    return [
      {
        path: order.output?.path ?? null,
        text: `${printYaml({}, headerOf(order.title, order.slos)).replace(/\{\}\n$/, '')}${all}`,
      },
    ];
  }
  const folder = order.output.path;
  return texts.map(({ name, own, document }) => ({
    path: join(folder, rulesFile('slo', name)),
    text: printYaml(
      document,
      headerOf(
        order.title,
        own.map(({ slo }) => slo),
      ),
    ),
  }));
}

/** Files that the order asks for, none of them written yet. InputError with what keeps rules from being made of any SLO. */
export function generatedFiles(order: GenerateOrder): GeneratedFile[] {
  const { slos, options, output } = order;
  const faults = slos.flatMap((slo) => ruleFaults(slo, options));
  if (faults.length > 0) throw new InputError(faults);
  const rules = slos.map((slo) => ({ slo, groups: groupsOf(slo, options) }));
  const manifests = options.style === 'sloth' ? order.specs.flatMap(({ text }) => manifestsOf(text)) : [];
  const inManifests = new Set(manifests.flatMap((manifest) => manifest.slos));
  if (manifests.length > 0 && inManifests.size < slos.length && output?.isFolder !== true)
    throw new InputError(
      'rule files and resources of Kubernetes are not written into one file: name a folder with -o',
    );
  const plain = rules.filter(({ slo }) => !inManifests.has(slo.id));
  return [
    ...(manifests.length > 0 ? asManifests(rules, manifests, order) : []),
    ...(plain.length === 0
      ? []
      : output?.isFolder
        ? inFolder(plain, order, output.path)
        : inOneFile(plain, order)),
  ];
}
