import type { Judgement, Suppression } from '../../../store/contract.ts';
import { instant } from './memory-findings.ts';
import { day, now } from './security-data.ts';

export function firstSuppressions(): Suppression[] {
  return [
    {
      id: 1,
      subject: 'hexi',
      rule: 'open-port/tcp/443',
      asset: null,
      reason: '门户对外提供 HTTPS 服务，属正常开放',
      by: '王静',
      at: instant(now - 60 * day),
      expiresAt: instant(now + 120 * day),
      ended: null,
      findings: 0,
    },
    {
      id: 2,
      subject: 'hexi',
      rule: 'partition_for_tmp',
      asset: 'portal-01.hexi.example',
      reason: '随 12 月的系统迁移一并处理',
      by: '陈立',
      at: instant(now - 20 * day),
      expiresAt: instant(now + 6 * day),
      ended: null,
      findings: 0,
    },
  ];
}

export function firstJudgements(): Map<number, Judgement> {
  return new Map<number, Judgement>([
    [7, { verdict: 'confirmed', by: '周敏', reason: '源地址已封禁', at: instant(now - 6 * day) }],
    [8, { verdict: 'confirmed', by: '周敏', reason: '口令已重置', at: instant(now - 8 * day) }],
    [9, { verdict: 'dismissed', by: '陈立', reason: '备份任务的正常流量', at: instant(now - 9 * day) }],
  ]);
}
