import type { JsonPart } from '../../reading/json-part.ts';
import { reportLimits } from '../../reading/limits.ts';
import { tooManyEntries } from '../../reading/report-draft.ts';
import { EntryFault } from '../../reading/report-fault.ts';

/** `group/name@version`. */
function labelOf(component: JsonPart): string {
  const [group, name, version] = ['group', 'name', 'version'].map((key) => component.at(key).text());
  return `${group ? `${group}/` : ''}${name ?? ''}${version ? `@${version}` : ''}`;
}

/** `group/name`: the same from version to version. */
export function nameOf(component: JsonPart): string | null {
  const [group, name] = ['group', 'name'].map((key) => component.at(key).text());
  return name ? `${group ? `${group}/` : ''}${name}` : null;
}

/** What the references of a bill of materials mean, components within components included. */
export function componentLabels(document: JsonPart, fileName: string): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  const waiting = [document.at('metadata').at('component'), ...document.at('components').items()];
  for (let count = 0; waiting.length > 0; count += 1) {
    if (count > reportLimits.entries) throw tooManyEntries(fileName);
    const component = waiting.pop();
    if (!component || component.isAbsent) continue;
    try {
      const reference = component.at('bom-ref').text();
      if (reference !== null) labels.set(reference, labelOf(component) || reference);
      for (const each of component.at('components').items()) waiting.push(each);
    } catch (error) {
      // A component that cannot be read has no label: what refers to it shows the reference.
      if (!(error instanceof EntryFault)) throw error;
    }
  }
  return labels;
}
