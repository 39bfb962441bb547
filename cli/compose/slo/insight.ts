import type { AlertHistory } from '../../../dashboards/contract.ts';
import { isoOf, periodSpan } from '../../../rules/budgets.ts';
import type { Slo, Text, WindowCatalogue } from '../../../rules/contract.ts';
import { catalogueFor, windowSecondsOf } from '../../../rules/generate.ts';
import { alertSpans } from '../../../rules/history.ts';
import { definitionOf } from '../../../rules/slo.ts';
import type { EvidenceStore } from '../../../store/contract.ts';
import { familyOf } from '../family.ts';
import { type OwnedSlo, ownedSlos } from './owned.ts';
import { newestFigure } from './status.ts';
import { countSteps } from './steps.ts';
import { countStretches } from './stretches.ts';

/** What pages show of an SLO beside its figures. */
export interface SloInsight {
  /** The catalogue's windows and the whole period, shortest first, as of `now`; of the sample, as of the end of its data. */
  burnWindows(slo: Slo): Promise<readonly { readonly seconds: number; readonly badRatio: number | null }[]>;
  alertWindows(slo: Slo): WindowCatalogue | null;
  alertsWithin(slo: Slo, span: { readonly from: string; readonly to: string }): Promise<AlertHistory>;
}

const noServer: Text = {
  zh: '该指标由 PromQL 定义，而未配置 PromQL 服务器：请设置 PROMETHEUS_URL',
  en: 'the SLI is written in PromQL and there is no PromQL server: set PROMETHEUS_URL',
};
const noWindows: Text = {
  zh: '没有与该周期等长的告警窗口目录：请在数据目录的 slo-windows 文件夹中提供',
  en: 'no catalogue of alert windows is as long as the period: put one into slo-windows in the data folder',
};
const noSamples: Text = { zh: '该时段没有采样数据', en: 'there is no sample in this span' };
const coarse = (stepSeconds: number): Text => ({
  zh: `采样间隔为 ${Math.round(stepSeconds / 60)} 分钟，更短的窗口按一个间隔推算`,
  en: `samples come every ${Math.round(stepSeconds / 60)} minutes: shorter windows are taken to be one of these`,
});

export function sloInsight(
  store: EvidenceStore,
  catalogues: readonly WindowCatalogue[],
  now: () => string,
): SloInsight {
  const alertWindows = (slo: Slo) => catalogueFor(slo.period, catalogues);
  const ownerOf = async (slo: Slo): Promise<{ subjects: readonly string[]; owned: OwnedSlo | undefined }> => {
    const all = await store.subjects.list();
    const [owned] = ownedSlos([slo], all);
    return { owned, subjects: owned ? familyOf(owned.subject.id, all) : [] };
  };
  return {
    alertWindows,
    async burnWindows(slo) {
      const { owned, subjects } = await ownerOf(slo);
      const isSample = owned?.subject.isSample ?? false;
      const newest = owned && isSample ? await newestFigure(store, owned) : null;
      const to = newest?.asOf ?? now();
      const catalogue = alertWindows(slo);
      const { from } = newest?.span ?? periodSpan(slo.period, to);
      const whole = (Date.parse(to) - Date.parse(from)) / 1000;
      const seconds = [...new Set([...(catalogue ? windowSecondsOf(catalogue) : []), whole])].sort(
        (a, b) => a - b,
      );
      const { sli } = definitionOf(slo);
      const tasks = seconds.map((length) => ({
        ...{ sli, subjects, to, isSample, withCoverage: false },
        from: isoOf(Date.parse(to) - length * 1000),
      }));
      const counts = await countStretches(store, tasks);
      return seconds.map((length, index) => {
        const counted = counts[index]?.count.counts ?? null;
        return {
          seconds: length,
          badRatio: counted && counted.total > 0 ? counted.bad / counted.total : null,
        };
      });
    },
    async alertsWithin(slo, { from, to }) {
      const catalogue = alertWindows(slo);
      if (catalogue === null) return { alerts: null, reason: noWindows };
      const lead = Math.max(...windowSecondsOf(catalogue)) * 1000;
      const { subjects } = await ownerOf(slo);
      const [begin, end] = [Date.parse(from), Date.parse(to)];
      const counted = await countSteps(store, { sli: slo.sli, subjects, from: begin - lead, to: end });
      if (counted === null) return { alerts: null, reason: noServer };
      if (!counted.steps.some(({ at }) => at >= begin)) return { alerts: null, reason: noSamples };
      const step = counted.stepSeconds * 1000;
      const isCoarse = counted.stepSeconds > Math.min(...windowSecondsOf(catalogue));
      return {
        alerts: alertSpans(
          {
            from: Math.ceil(begin / step) * step,
            to: Math.floor(end / step) * step,
            ...{ stepMilliseconds: step, steps: counted.steps },
          },
          { ...slo, catalogue },
        ).filter(({ severity }) => slo.alerting[severity] !== null),
        reason: isCoarse ? coarse(counted.stepSeconds) : null,
      };
    },
  };
}
