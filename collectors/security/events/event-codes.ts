/** Words of lists for the codes of a record, in the form of `plain`; classes as the value model's S7 calls them. */
const words = {
  class: {
    c1: 'C1',
    系统接入: 'C1',
    系统接入安全: 'C1',
    connectedsystems: 'C1',
    access: 'C1',
    c2: 'C2',
    平台使用: 'C2',
    平台使用安全: 'C2',
    platformuse: 'C2',
    c3: 'C3',
    数据泄露: 'C3',
    数据安全保障: 'C3',
    dataleak: 'C3',
    dataprotection: 'C3',
    c4: 'C4',
    数据使用: 'C4',
    数据使用安全: 'C4',
    datause: 'C4',
    lawfuluseofdata: 'C4',
  },
  severity: {
    critical: 'critical',
    严重: 'critical',
    特别重大: 'critical',
    紧急: 'critical',
    high: 'high',
    高: 'high',
    高危: 'high',
    重大: 'high',
    medium: 'medium',
    中: 'medium',
    中危: 'medium',
    较大: 'medium',
    low: 'low',
    低: 'low',
    低危: 'low',
    一般: 'low',
  },
} as const;

const plain = (text: string) =>
  text
    .normalize('NFKC')
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, '');

/** Null for a word that means none of them. */
export function codeOf(field: keyof typeof words, text: string): string | null {
  const known: Readonly<Record<string, string>> = words[field];
  const form = plain(text);
  return Object.hasOwn(known, form) ? (known[form] ?? null) : null;
}
