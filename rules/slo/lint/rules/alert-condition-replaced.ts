import type { LintRule } from '../lint-rule.ts';

export const alertConditionReplaced: LintRule = {
  name: 'alert-condition-replaced',
  purpose: {
    zh: 'OpenSLO 告警条件的阈值由窗口目录的档位代替',
    en: 'A condition of OpenSLO whose threshold gives way to the tiers of the window catalogue.',
  },
  check({ notes }) {
    return notes.map(({ message }, note) => ({ level: 'warning', part: 'alerting', note, message }));
  },
};
