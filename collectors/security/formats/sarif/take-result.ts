import type { ScannedFinding, Severity, Text } from '../../../contract.ts';
import type { JsonPart } from '../../reading/json-part.ts';
import { cvssScore, severityOf, severityOfUnknown, severityOfWord } from '../../reading/severity.ts';
import type { RunRules } from './rules.ts';

/** Kinds of results that say that nothing is wrong (SARIF 2.1.0, section 3.27.9). */
const soundKinds = new Set(['pass', 'notApplicable', 'informational']);

/** Why the tool itself sets a result aside; null = it counts. Sections 3.27.24 and 3.35. */
export function setAside(result: JsonPart): Text | null {
  if (result.at('baselineState').text() === 'absent') {
    return { zh: '相对基线已消除（absent）', en: 'is gone since the base line (absent)' };
  }
  const states = result
    .at('suppressions')
    .items()
    .map((each) => each.at('status').text() ?? 'accepted');
  if (states.length === 0 || states.some((status) => status !== 'accepted')) return null;
  return { zh: '已在扫描工具中抑制', en: 'is suppressed in the tool' };
}

export function isSound(result: JsonPart): boolean {
  return soundKinds.has(result.at('kind').text() ?? 'fail');
}

/** Rule configurations that the run was started with, by the index or the id of the rule (section 3.20.5). */
function overriddenLevel(run: JsonPart, id: string): string | null {
  for (const invocation of run.at('invocations').items())
    for (const override of invocation.at('ruleConfigurationOverrides').items())
      if (override.at('descriptor').at('id').text() === id)
        return override.at('configuration').at('level').text();
  return null;
}

/** The score of the rule, as code scanning services read it, before the level; a level nobody gives is `warning`. */
function severityOfResult(score: number | null, level: string | null): Severity {
  if (score !== null) return severityOf(null, score);
  return severityOfWord(level ?? 'warning') ?? severityOfUnknown;
}

function placeOf(location: JsonPart, run: JsonPart): string[] {
  const physical = location.at('physicalLocation');
  const artifact = physical.at('artifactLocation');
  const index = artifact.at('index').number();
  const listed =
    index === null || index < 0 ? null : run.at('artifacts').item(index).at('location').at('uri').text();
  const uri = artifact.at('uri').text() ?? listed;
  const line = physical.at('region').at('startLine').number();
  if (uri !== null) return [line === null ? uri : `${uri}:${line}`];
  const logical = location
    .at('logicalLocations')
    .items()
    .map((each) => each.at('fullyQualifiedName').text() ?? each.at('name').text());
  return logical.filter((each) => each !== null);
}

export interface ResultContext {
  readonly run: JsonPart;
  readonly rules: RunRules;
  readonly asset: string;
}

/** A result as a finding; EntryFault where it cannot be understood, null where it names no rule. */
export function findingOf(result: JsonPart, { run, rules, asset }: ResultContext): ScannedFinding | null {
  const rule = rules.find(result);
  if (rule === null) return null;
  const { id, descriptor } = rule;
  const scoreOf = (part: JsonPart) => cvssScore(part.at('properties').at('security-severity').value);
  const cvss = scoreOf(result) ?? scoreOf(descriptor);
  const isOpen = (result.at('kind').text() ?? 'fail') !== 'fail';
  const level = isOpen
    ? 'none'
    : (result.at('level').text() ??
      overriddenLevel(run, id) ??
      descriptor.at('defaultConfiguration').at('level').text());
  // Of the rule where it has a text of its own: one finding stands for all its results in the asset.
  const title =
    descriptor.at('shortDescription').at('text').text() ??
    descriptor.at('name').text() ??
    result.at('message').at('text').text() ??
    id;
  const places = result
    .at('locations')
    .items()
    .flatMap((location) => placeOf(location, run));
  return {
    ...{ rule: id, asset, title, cvss, places },
    severity: severityOfResult(cvss, level),
    url: descriptor.at('helpUri').text(),
  };
}
