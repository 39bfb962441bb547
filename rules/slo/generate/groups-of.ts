import { InputError, type RuleGroup, type Slo, sloLabels } from '../../contract.ts';
import { catalogueFor } from '../windows/catalogue-for.ts';
import { nativeFaults, nativeWarnings } from './native/faults.ts';
import { nativeGroups } from './native/native-groups.ts';
import type { RuleOptions, RuleTask } from './rule-options.ts';
import { slothGroups } from './sloth/sloth-groups.ts';

const place = ({ source, id }: Slo) => `${source.file} line ${source.line}: SLO ${id}`;

/** The task of an SLO; a sentence where no catalogue has windows for its period. */
export function taskOf(
  slo: Slo,
  { style, catalogues, extraLabels = {}, version = '' }: RuleOptions,
): RuleTask | string {
  const catalogue = catalogueFor(slo.period, catalogues);
  const subject = style === 'native' && slo.subject !== null ? { [sloLabels.subject]: slo.subject } : {};
  if (catalogue) return { slo, catalogue, extraLabels: { ...subject, ...extraLabels }, version };
  const known = catalogues.map(({ periodDays }) => `${periodDays}d`).join(', ');
  const days = slo.period.kind === 'rolling' ? `${slo.period.days}d` : slo.period.unit;
  return `${place(slo)}: no alert windows are known for a period of ${days} (known: ${known}); give them with --windows`;
}

/** What keeps rules from being written of an SLO, one sentence each; empty when nothing does. */
export function ruleFaults(slo: Slo, options: RuleOptions): readonly string[] {
  const task = taskOf(slo, options);
  if (typeof task === 'string') return [task];
  return options.style === 'native' ? nativeFaults(task).map((fault) => `${place(slo)}: ${fault}`) : [];
}

/** What the rules of an SLO leave out, one sentence each. */
export function ruleWarnings(slo: Slo, options: RuleOptions): readonly string[] {
  const task = taskOf(slo, options);
  if (typeof task === 'string' || options.style === 'sloth') return [];
  return nativeWarnings(task).map((warning) => `${place(slo)}: ${warning}`);
}

/** Rule groups of an SLO. InputError with all of `ruleFaults`. */
export function groupsOf(slo: Slo, options: RuleOptions): RuleGroup[] {
  const faults = ruleFaults(slo, options);
  if (faults.length > 0) throw new InputError(faults);
  const task = taskOf(slo, options) as RuleTask;
  return options.style === 'native' ? nativeGroups(task) : slothGroups(task);
}
