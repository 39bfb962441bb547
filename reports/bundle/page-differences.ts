import type { Difference } from '../contract.ts';

type Pages = readonly (readonly string[])[];

/** A number as printed, a Latin word, or one other character. */
const token = /[+−-]?\d[\d,]*(?:\.\d+)?(?:[\u00a0 ]?%)?|[A-Za-z_][\w'-]*|[^\s]/gu;
const isNumber = /\d/;

/** Beyond this many token pairs a page is compared by its first difference only. */
const largestTable = 4_000_000;

export function countNumbers(pages: Pages): number {
  return pages.reduce((sum, page) => sum + tokensOf(page).filter((each) => isNumber.test(each)).length, 0);
}

/** Every number or word that stands otherwise on a page than it is recomputed. */
export function comparePages(printed: Pages, recomputed: Pages): Difference[] {
  const differences: Difference[] = [];
  if (printed.length !== recomputed.length) {
    differences.push({
      where: 'pages',
      printed: String(printed.length),
      recomputed: String(recomputed.length),
    });
  }
  for (let index = 0; index < Math.max(printed.length, recomputed.length); index += 1) {
    const [left, right] = [printed[index] ?? [], recomputed[index] ?? []];
    if (left.join('\n') === right.join('\n')) continue;
    const where = `page ${index + 1}`;
    const found = changesBetween(tokensOf(left), tokensOf(right)).map((change) => ({ where, ...change }));
    differences.push(
      ...(found.length ? found : [{ where, printed: 'other spacing', recomputed: 'as rebuilt' }]),
    );
  }
  return differences;
}

function tokensOf(page: readonly string[]): string[] {
  return page.flatMap((text) => text.match(token) ?? []);
}

interface Change {
  readonly printed: string;
  readonly recomputed: string;
}

function changesBetween(left: readonly string[], right: readonly string[]): Change[] {
  let start = 0;
  while (start < left.length && start < right.length && left[start] === right[start]) start += 1;
  let [leftEnd, rightEnd] = [left.length, right.length];
  while (leftEnd > start && rightEnd > start && left[leftEnd - 1] === right[rightEnd - 1]) {
    leftEnd -= 1;
    rightEnd -= 1;
  }
  const [a, b] = [left.slice(start, leftEnd), right.slice(start, rightEnd)];
  if (a.length === 0 && b.length === 0) return [];
  if (a.length * b.length > largestTable) return [change(a.slice(0, 12), b.slice(0, 12))];
  return align(a, b);
}

/** Longest common subsequence; what lies between two common tokens is one change. */
function align(a: readonly string[], b: readonly string[]): Change[] {
  const width = b.length + 1;
  const table = new Uint32Array((a.length + 1) * width);
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      const at = i * width + j;
      table[at] =
        a[i] === b[j]
          ? (table[at + width + 1] ?? 0) + 1
          : Math.max(table[at + width] ?? 0, table[at + 1] ?? 0);
    }
  }
  const changes: Change[] = [];
  let gone: string[] = [];
  let come: string[] = [];
  const flush = () => {
    if (gone.length || come.length) changes.push(change(gone, come));
    gone = [];
    come = [];
  };
  for (let i = 0, j = 0; i < a.length || j < b.length; ) {
    if (i < a.length && j < b.length && a[i] === b[j]) {
      flush();
      i += 1;
      j += 1;
    } else if (
      j >= b.length ||
      (i < a.length && (table[(i + 1) * width + j] ?? 0) >= (table[i * width + j + 1] ?? 0))
    ) {
      gone.push(a[i++] ?? '');
    } else come.push(b[j++] ?? '');
  }
  flush();
  return changes;
}

function change(gone: readonly string[], come: readonly string[]): Change {
  return { printed: join(gone), recomputed: join(come) };
}

function join(tokens: readonly string[]): string {
  if (tokens.length === 0) return '—';
  const text = tokens.reduce(
    (all, each) => all + (/[\w%]$/.test(all) && /^[\w+−-]/.test(each) ? ' ' : '') + each,
    '',
  );
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}
