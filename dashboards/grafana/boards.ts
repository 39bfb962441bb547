import { application } from './boards/application.ts';
import { cloud } from './boards/cloud.ts';
import { collectors } from './boards/collectors.ts';
import { dataQuality } from './boards/data-quality.ts';
import { operations } from './boards/operations.ts';
import { scorecard } from './boards/scorecard.ts';
import { security } from './boards/security.ts';
import { sloDetail } from './boards/slo-detail.ts';
import { sloList } from './boards/slo-list.ts';
import type { DashboardDraft } from './draft.ts';

/** Every dashboard, in the order in which they are built and pushed. */
export const boards: readonly DashboardDraft[] = [
  scorecard,
  operations,
  sloList,
  sloDetail,
  collectors,
  cloud,
  application,
  dataQuality,
  security,
];
