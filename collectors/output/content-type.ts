export const pageFormats = ['text', 'openMetrics'] as const;
export type PageFormat = (typeof pageFormats)[number];

const formatOfType: Readonly<Record<string, PageFormat>> = {
  'application/openmetrics-text': 'openMetrics',
  'text/plain': 'text',
  'text/*': 'text',
  '*/*': 'text',
};

function preferenceOf(range: string): { format: PageFormat; quality: number } | null {
  const [type = '', ...parameters] = range.split(';').map((each) => each.trim().toLowerCase());
  const format = formatOfType[type];
  const quality = Number(parameters.find((each) => each.startsWith('q='))?.slice(2) ?? 1);
  return format && quality > 0 ? { format, quality } : null;
}

/** The format that an `Accept` header likes best; the classic text where it names neither. */
export function negotiateFormat(accept: string | undefined): PageFormat {
  const wanted = (accept ?? '').split(',').map(preferenceOf);
  let best: { format: PageFormat; quality: number } = { format: 'text', quality: 0 };
  for (const each of wanted) if (each && each.quality > best.quality) best = each;
  return best.format;
}
