/**
 * Legal forms at the end of a name, which one registry writes and another leaves out (市场主体名称登记, Company names in
 * English): without them 华兴物业有限公司 and 华兴物业有限责任公司 are one name. Longest first; lower case, without blanks or dots.
 */
const legalForms = [
  '集团股份有限公司',
  '集团有限责任公司',
  '股份有限责任公司',
  '集团有限公司',
  '有限责任公司',
  '股份有限公司',
  '有限公司',
  'corporation',
  'incorporated',
  'companylimited',
  'limited',
  'coltd',
  'corp',
  'gmbh',
  'ltd',
  'llc',
  'inc',
] as const;

/** Western legal forms are a word of their own: `Bluecorp` has none. */
const isChinese = (form: string) => form > '\u{ff}';
const westernForms = new Set<string>(legalForms.filter((form) => !isChinese(form)));
const chineseForms = legalForms.filter(isChinese);

function withoutWesternForm(words: readonly string[]): readonly string[] {
  for (const length of [2, 1]) {
    if (words.length > length && westernForms.has(words.slice(-length).join('')))
      return words.slice(0, -length);
  }
  return words;
}

/**
 * A name as it is compared: NFKC, lower case, without blanks, punctuation and the legal form at its end. Empty for a name
 * that is punctuation alone.
 */
export function normalName(name: string): string {
  const words = name
    .normalize('NFKC')
    .toLowerCase()
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .filter((word) => word !== '');
  const bare = withoutWesternForm(words).join('');
  const form = chineseForms.find((each) => bare.endsWith(each) && bare.length > each.length);
  return form ? bare.slice(0, -form.length) : bare;
}
