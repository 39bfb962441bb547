import { createHash } from 'node:crypto';
import { isRealAlarm } from '../../samples/city/registers/security.ts';
import { alarms, suppression } from '../../samples/city/registers/security-policy.ts';
import type { SampleCity } from '../../samples/city/sample-city.ts';
import type { EvidenceStore } from '../../store/contract.ts';
import type { SampleSurroundings } from './sample.ts';

const day = 86_400_000;

/** Data-quality runs, assets, reports of scanners, and what people decided about them; the same again changes nothing. */
export async function fillRegisters(
  store: EvidenceStore,
  city: SampleCity,
  { now, signal }: SampleSurroundings,
): Promise<void> {
  for (const run of city.qualityRuns) await store.quality.save(run);
  for (const { subject, assets } of city.assets) await store.security.putAssets(subject, assets, city.from);
  for (const { subject, fileName, report } of city.scans) {
    signal.throwIfAborted();
    const sha256 = createHash('sha256').update(JSON.stringify(report)).digest('hex');
    await store.security.importScan({
      subject,
      report,
      fileName,
      sha256,
      importedAt: report.producedAt ?? now(),
    });
  }
  await suppressOnce(store, city);
  await judgeAlarms(store, city);
}

async function suppressOnce({ security }: EvidenceStore, { root, from, to }: SampleCity): Promise<void> {
  if ((await security.suppressions({ subjects: [root], at: to })).length > 0) return;
  const { rule, reason, by, fromMonth, months } = suppression;
  const at = new Date(Date.parse(from));
  at.setUTCMonth(at.getUTCMonth() + fromMonth);
  const expiresAt = new Date(at);
  expiresAt.setUTCMonth(expiresAt.getUTCMonth() + months);
  await security.suppress({
    subject: root,
    asset: null,
    ...{ rule, reason, by },
    at: at.toISOString(),
    expiresAt: expiresAt.toISOString(),
  });
}

const mostAlarms = 2000;

/** Each alarm on the day after; the newest are still waiting for somebody. */
async function judgeAlarms({ security }: EvidenceStore, { root, to }: SampleCity): Promise<void> {
  const { rows } = await security.alarms({ subjects: [root], at: to, offset: 0, limit: mostAlarms });
  const newest = rows.toSorted((a, b) => b.firstAt.localeCompare(a.firstAt)).slice(0, alarms.unjudged);
  for (const alarm of rows) {
    if (alarm.judgement !== null || newest.includes(alarm)) continue;
    const isReal = isRealAlarm(alarm.signature);
    await security.judgeAlarm(alarm.id, {
      verdict: isReal ? 'confirmed' : 'dismissed',
      by: '安全运营岗',
      reason: isReal ? '经核实为真实攻击行为，已封禁来源' : '例行扫描，非攻击行为',
      at: new Date(Math.min(Date.parse(alarm.firstAt) + day, Date.parse(to) - 1)).toISOString(),
    });
  }
}
