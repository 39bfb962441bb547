import type { DashboardDraft } from '../draft.ts';
import { ofSubject } from '../parts/selector.ts';
import { jobsRow } from './collectors/jobs.ts';
import { programRow } from './collectors/program.ts';
import { remoteWriteRow } from './collectors/remote-write.ts';

const page = '/telemetry';
/** Whether what is shown elsewhere can be believed: jobs that fail, run late or lose samples, and the program itself. */
export const collectors: DashboardDraft = {
  uid: 'citygauge-collectors',
  title: { zh: '采集运行', en: 'Collectors' },
  description: {
    zh: '采集任务是否成功、是否按时、有无丢弃样本，以及远程写入队列和程序自身的资源占用。',
    en: 'Whether jobs succeed, run in time and lose nothing; the remote-write queue; what the program itself uses.',
  },
  tags: ['telemetry'],
  subjectsOf: 'citygauge_collector_up',
  variables: [
    {
      name: 'job',
      title: { zh: '采集任务', en: 'Job' },
      selector: ofSubject('citygauge_collector_up'),
      label: 'job',
    },
  ],
  from: 'now-6h',
  refresh: '30s',
  page,
  rows: [jobsRow, remoteWriteRow, programRow],
};
