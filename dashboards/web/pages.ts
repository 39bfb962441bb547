import type { Page } from './page.ts';
import { aboutPage } from './pages/about.ts';
import { conflictPage } from './pages/conflicts/conflict.ts';
import { conflictsPage } from './pages/conflicts/list.ts';
import { evaluatePage } from './pages/evaluate.ts';
import { importPage } from './pages/import.ts';
import { modelPage, modelsPage } from './pages/model.ts';
import { indicatorPage } from './pages/nodes/indicator.ts';
import { indicatorsPage } from './pages/nodes/indicators.ts';
import { elementPage, modulePage } from './pages/nodes/node.ts';
import { qualityCheckPage } from './pages/quality/check.ts';
import { qualityPage } from './pages/quality/overview.ts';
import { qualitySourcePage } from './pages/quality/source.ts';
import { reportsPage } from './pages/reports.ts';
import { rulesPage } from './pages/rules/browser.ts';
import { homePage } from './pages/scorecard/home.ts';
import { stagePage } from './pages/scorecard/stage.ts';
import { assetsPage } from './pages/security/assets.ts';
import { eventsPage } from './pages/security/events.ts';
import { findingPage } from './pages/security/finding.ts';
import { findingsPage } from './pages/security/findings.ts';
import { sloPage } from './pages/slo/detail.ts';
import { slosPage } from './pages/slo/list.ts';
import { subjectsPage } from './pages/subjects.ts';
import { jobPage } from './pages/telemetry/job.ts';
import { telemetryPage } from './pages/telemetry/overview.ts';
import { targetsPage } from './pages/telemetry/targets.ts';
import { thresholdPage } from './pages/thresholds/detail.ts';
import { thresholdsPage } from './pages/thresholds/list.ts';
import { verifyPage } from './pages/verify.ts';

/** Every page that only shows, in the order of the navigation. */
export const pages: readonly Page[] = [
  homePage,
  modulePage,
  elementPage,
  indicatorsPage,
  indicatorPage,
  stagePage,
  conflictsPage,
  conflictPage,
  subjectsPage,
  telemetryPage,
  jobPage,
  targetsPage,
  slosPage,
  sloPage,
  thresholdsPage,
  thresholdPage,
  rulesPage,
  qualityPage,
  qualitySourcePage,
  qualityCheckPage,
  findingsPage,
  findingPage,
  eventsPage,
  assetsPage,
  modelsPage,
  modelPage,
  importPage,
  evaluatePage,
  reportsPage,
  verifyPage,
  aboutPage,
];
