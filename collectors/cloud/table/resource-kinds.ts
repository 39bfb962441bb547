import { looseForm } from '../../records/mapping/did-you-mean.ts';

export const resourceKinds = ['cpu', 'memory', 'storage', 'network'] as const;
export type ResourceKind = (typeof resourceKinds)[number];

const words: Readonly<Record<string, ResourceKind>> = {
  cpu: 'cpu',
  vcpu: 'cpu',
  处理器: 'cpu',
  计算: 'cpu',
  memory: 'memory',
  ram: 'memory',
  内存: 'memory',
  storage: 'storage',
  disk: 'storage',
  存储: 'storage',
  磁盘: 'storage',
  network: 'network',
  bandwidth: 'network',
  网络: 'network',
  带宽: 'network',
};

/** `CPU`, `内存` ... as the label says it; a kind of another name stays as it is written. */
export function resourceKindOf(text: string): string {
  const form = looseForm(text);
  return Object.hasOwn(words, form) ? (words[form] ?? text) : text;
}
