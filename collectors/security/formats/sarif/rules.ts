import type { JsonPart } from '../../reading/json-part.ts';

/** Descriptors of the rules of one run: of the tool's driver and of its extensions. */
export interface RunRules {
  /** The rule's id and its descriptor (absent where the tool does not tell of it); null = the result names no rule. */
  find(result: JsonPart): { readonly id: string; readonly descriptor: JsonPart } | null;
}

function byId(component: JsonPart): ReadonlyMap<string, JsonPart> {
  return new Map(
    component
      .at('rules')
      .items()
      .map((rule) => [rule.at('id').text() ?? '', rule]),
  );
}

/** `ruleId` of a rule's sub-case is `CA1000/1` and the descriptor's is `CA1000` (SARIF 2.1.0, section 3.27.5). */
function withoutSubcases(id: string): string[] {
  const steps = id.split('/');
  return steps.map((_, index) => steps.slice(0, steps.length - index).join('/'));
}

export function rulesOf(run: JsonPart): RunRules {
  const driver = run.at('tool').at('driver');
  const extensions = run.at('tool').at('extensions');
  const driverRules = byId(driver);
  const nothing = driver.at('rules').item(-1);
  const extensionRules = extensions.items().map(byId);
  const find = (result: JsonPart) => {
    const reference = result.at('rule');
    const extension = reference.at('toolComponent').at('index').number();
    const component = extension === null || extension < 0 ? driver : extensions.item(extension);
    const index = result.at('ruleIndex').number() ?? reference.at('index').number();
    const indexed = index === null || index < 0 ? nothing : component.at('rules').item(index);
    const id = result.at('ruleId').text() ?? reference.at('id').text() ?? indexed.at('id').text();
    if (id === null) return null;
    if (!indexed.isAbsent) return { id, descriptor: indexed };
    const maps = [driverRules, ...extensionRules];
    const named = withoutSubcases(id).flatMap((each) => maps.flatMap((map) => map.get(each) ?? []));
    return { id, descriptor: named[0] ?? nothing };
  };
  return { find };
}
