/** The fields of a mapping that say something: without undefined, empty texts and empty mappings. */
export function given<T extends object>(fields: T): Partial<T> {
  const says = (value: unknown) => {
    if (value === undefined || value === '') return false;
    return (
      typeof value !== 'object' || value === null || Array.isArray(value) || Object.keys(value).length > 0
    );
  };
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => says(value))) as Partial<T>;
}

/** Neighbours with the same service together; the order of all stays. */
export function byService<T extends { readonly service: string }>(all: readonly T[]): T[][] {
  const groups: T[][] = [];
  for (const each of all) {
    const last = groups.at(-1);
    if (last?.[0]?.service === each.service) last.push(each);
    else groups.push([each]);
  }
  return groups;
}
