/** Longest regular expression over a label. */
const longestRegex = 500;

/** Why a regular expression cannot select label values; null for one that can. Label expressions are RE2 without look-around. */
export function regexFault(source: string): string | null {
  if (source.length > longestRegex) return `the regular expression is longer than ${longestRegex} characters`;
  const unescaped = source.replace(/\\[^1-9]/g, '');
  if (/\(\?(?:=|!|<=|<!)/.test(unescaped))
    return `regular expression "${source}": look-around is not known here`;
  if (/\\[1-9]/.test(unescaped)) return `regular expression "${source}": back references are not known here`;
  try {
    new RegExp(`^(?:${source.replace(/^\(\?[imsU]+\)/, '').replaceAll('(?P<', '(?<')})$`, 'v');
    return null;
  } catch {
    return looseFault(source);
  }
}

/** RE2 takes some escapes that the strict reading refuses, `\-` or a bare `]`; the loose one takes them too. */
function looseFault(source: string): string | null {
  try {
    new RegExp(`^(?:${source.replace(/^\(\?[imsU]+\)/, '').replaceAll('(?P<', '(?<')})$`);
    return null;
  } catch (error) {
    const why = (error as Error).message.replace(/^Invalid regular expression: .*\/[a-z]*: /, '');
    return `regular expression "${source}": ${why.charAt(0).toLowerCase()}${why.slice(1)}`;
  }
}
