import type { Subject, Text } from '../../../scoring/contract.ts';

export interface SelectOption {
  readonly value: string;
  readonly text: string;
  readonly isChosen: boolean;
}

/** Two full-width spaces per level below a root keep the tree visible inside a select. */
const indent = '\u3000';

/** Subjects as options of a select, indented by their depth. */
export function optionsOf(
  subjects: readonly Subject[],
  chosen: string | null,
  say: (text: Text) => string,
): SelectOption[] {
  const parents = new Map(subjects.map((each) => [each.id, each.parent]));
  const depthOf = (id: string): number => {
    const parent = parents.get(id);
    return parent ? 1 + depthOf(parent) : 0;
  };
  return subjects.map((each) => ({
    value: each.id,
    text: indent.repeat(depthOf(each.id)) + say(each.name),
    isChosen: each.id === chosen,
  }));
}
