/** Longer patterns describe a sentence, not a code. */
const mostRuns = 12;

type Run = { readonly of: string; readonly length: number };

/** Runs of digits, capital letters, small letters and Chinese characters; everything else stands for itself. */
const classes: readonly (readonly [RegExp, string])[] = [
  [/^[0-9]$/, '\\d'],
  [/^[A-Z]$/, '[A-Z]'],
  [/^[a-z]$/, '[a-z]'],
  [/^[一-鿿]$/u, '[一-鿿]'],
];

const escaped = (character: string) => character.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

function runsOf(text: string): readonly Run[] {
  const runs: { of: string; length: number }[] = [];
  for (const character of text) {
    const of = classes.find(([pattern]) => pattern.test(character))?.[1] ?? escaped(character);
    const last = runs.at(-1);
    if (last?.of === of) last.length += 1;
    else runs.push({ of, length: 1 });
    if (runs.length > mostRuns) return [];
  }
  return runs;
}

/** Letters alone of many lengths, or blanks between words: a text that says nothing by its form. */
function isTelling(runs: readonly { readonly of: string; readonly lengths: ReadonlySet<number> }[]): boolean {
  if (runs.length === 0 || runs.some(({ of }) => /^\s$/.test(of))) return false;
  const isFixed = ({ lengths }: (typeof runs)[number]) => lengths.size === 1;
  return runs.some(({ of }) => of === '\\d') ? runs.length > 1 || runs.every(isFixed) : runs.every(isFixed);
}

/**
 * The classes of characters that most of the values are made of, as an expression with the lengths that occur: `\d{11}`,
 * `[A-Z]{2}-\d{3,5}`. Null where fewer than `share` of the values agree, or nothing is said by it.
 */
export function columnPattern(values: readonly string[], share: number): string | null {
  const forms = new Map<string, Run[][]>();
  for (const value of values) {
    const runs = runsOf(value);
    const form = JSON.stringify(runs.map(({ of }) => of));
    const known = forms.get(form);
    if (known) known.push([...runs]);
    else forms.set(form, [[...runs]]);
  }
  const [most = []] = [...forms.values()].toSorted((one, other) => other.length - one.length);
  if (values.length === 0 || most.length < share * values.length) return null;
  const [first = []] = most;
  const columns = first.map(({ of }, index) => ({
    of,
    lengths: new Set(most.map((runs) => runs[index]?.length ?? 0)),
  }));
  if (!isTelling(columns)) return null;
  return columns.map(({ of, lengths }) => `${of}${countOf(lengths)}`).join('');
}

function countOf(lengths: ReadonlySet<number>): string {
  const [min, max] = [Math.min(...lengths), Math.max(...lengths)];
  if (min !== max) return `{${min},${max}}`;
  return min === 1 ? '' : `{${min}}`;
}
