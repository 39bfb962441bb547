import { coverageOf } from '../../../../scoring/contract.ts';
import { drawRadar } from '../../charts/radar.ts';
import { drawMeter, drawSparkline } from '../../charts/sparkline.ts';
import type { PageContext } from '../../page.ts';
import { linkToNode } from '../../selection.ts';
import type { Shown } from '../opening.ts';
import { bordersOf, changeClass, gradeClass, modulesOf } from './grade.ts';

/** The modules as a radar and as the table that says the same in numbers. */
export function viewOfModules(context: PageContext, shown: Shown) {
  const { format, say, t } = context;
  const { evaluation, previous, history } = shown;
  const modules = modulesOf(evaluation);
  const borders = bordersOf(shown.model);
  const earlier = new Map((previous ? modulesOf(previous) : []).map((node) => [node.id, node]));
  const scoreBefore = (id: string) => earlier.get(id)?.score ?? null;
  // A radar can only draw an absent score as 0, so what has none is named beneath it instead.
  const drawn = modules.filter((node) => node.score !== null);
  const drawnBefore = drawn.flatMap((node) => scoreBefore(node.id) ?? []);
  const hasBefore = drawnBefore.length === drawn.length;
  return {
    radar:
      drawn.length < 3
        ? null
        : drawRadar({
            label: t('modules.radarLabel'),
            axes: drawn.map((node) => say(node.title)),
            now: drawn.flatMap((node) => node.score ?? []),
            before: hasBefore ? drawnBefore : null,
          }),
    undrawn: modules.filter((node) => node.score === null).map((node) => say(node.title)),
    hasBefore,
    nowName: format.period(evaluation.period.id),
    beforeName: previous ? format.period(previous.period.id) : '',
    rows: modules.map((node) => {
      const before = scoreBefore(node.id);
      const change = before === null || node.score === null ? null : node.score - before;
      return {
        id: node.id,
        title: say(node.title),
        url: linkToNode(evaluation, node.id),
        grade: node.grade ?? t('grade.none'),
        gradeClass: gradeClass(node.grade),
        score: format.score(node.score, borders),
        meter: drawMeter(node.score === null ? null : node.score / 100, gradeClass(node.grade)),
        coverage: format.share(coverageOf(node)),
        range: format.range(node.scoreLow, node.scoreHigh),
        change: format.change(change),
        changeClass: changeClass(change),
        spark: drawSparkline(
          history.map((each) => each.nodes.find((old) => old.id === node.id)?.score ?? null),
          t('modules.sparkLabel', { module: say(node.title) }),
        ),
        why: node.grade === null ? say(node.reason) : null,
      };
    }),
  };
}
