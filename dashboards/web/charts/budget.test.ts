import assert from 'node:assert/strict';
import { describe, it } from 'mocha';
import { drawBudgetBar } from './budget-bar.ts';
import { drawBudgetLine } from './budget-line.ts';

const at = (date: string) => Date.parse(`${date}T00:00:00Z`);

const line = drawBudgetLine({
  label: '预算 "<x>"',
  from: at('2026-10-01'),
  to: at('2026-10-31'),
  zone: 'Asia/Shanghai',
  lines: [
    {
      kind: 'adjusted',
      points: [
        [at('2026-10-01'), 1],
        [at('2026-10-09'), 0.62],
        [at('2026-10-10'), null],
        [at('2026-10-11'), -0.31],
      ],
    },
    {
      kind: 'even',
      points: [
        [at('2026-10-01'), 1],
        [at('2026-10-31'), 0],
      ],
    },
  ],
  excluded: [{ from: at('2026-10-04'), to: at('2026-10-05') }],
  gaps: [{ from: at('2026-10-09'), to: at('2026-10-10') }],
  now: { at: at('2026-10-11'), name: '截止' },
  print: (left) => `${left * 100}%`,
  width: 900,
  height: 300,
  className: 'cg-wide',
});

describe('the charts of error budgets', () => {
  it('draw what is left to the right of zero, and what is overdrawn to its left', () => {
    assert.match(drawBudgetBar(0.5, '剩余'), /<rect class="cg-budget-left" x="30\.0%" width="35\.0%"/);
    assert.match(drawBudgetBar(-0.5, '剩余'), /<rect class="cg-budget-over" x="15\.0%" width="15\.0%"/);
    assert.doesNotMatch(drawBudgetBar(0, '剩余'), /cg-budget-left|cg-budget-over/);
  });

  it('end a bar at its edge and break it when more than the budget is overdrawn', () => {
    assert.match(
      drawBudgetBar(-7.3, '剩余'),
      /<rect class="cg-budget-over" x="0\.0%" width="30\.0%".*cg-budget-break/,
    );
    assert.doesNotMatch(drawBudgetBar(-1, '剩余'), /cg-budget-break/);
  });

  it('draw no bar for a budget that nobody knows', () => {
    assert.doesNotMatch(drawBudgetBar(null, '剩余'), /cg-budget-left|cg-budget-over/);
  });

  it('hold neither style nor script, take colours from the page and escape names', () => {
    for (const svg of [line, drawBudgetBar(0.2, '"<x>')]) {
      assert.doesNotMatch(svg, /style=|<style|<script|<x>/);
      assert.doesNotMatch(svg, /(?:fill|stroke)="(?:#|rgb)(?!000")/);
    }
    assert.match(line, /aria-label="预算 &quot;&lt;x&gt;&quot;"/);
  });

  it('reach down to the lowest figure and mark the cut-off', () => {
    assert.match(line, />-50%</);
    assert.match(line, />100%</);
    assert.match(line, />截止</);
  });
});
