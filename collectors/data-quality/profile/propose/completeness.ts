import type { SourceProfile } from '../profile-shape.ts';
import { listed, maxLine, type Proposal, percent, quoted } from './proposal.ts';

/** Columns emptier than this are left out: most rows do without them. */
const mostMissing = 0.9;

/** Columns without a gap in one check, every other one by itself with what is missing of it today. */
export function proposeCompleteness({ columns, rows }: SourceProfile): readonly Proposal[] {
  if (rows === 0) return [];
  const whole = columns.filter(({ missing }) => missing === 0).map(({ name }) => name);
  const gappy = columns.filter(({ missing }) => missing > 0 && missing <= mostMissing * rows);
  const together: Proposal = {
    lines: ['id: complete', `completeness: ${listed(whole)}`],
    why: { zh: `${rows} 行中，这些列均无缺失`, en: `none of ${rows} rows lacks any of these` },
  };
  return [
    ...(whole.length > 0 ? [together] : []),
    ...gappy.map(({ name, missing }): Proposal => {
      const share = missing / rows;
      return {
        lines: [`completeness: ${quoted(name)}`, ...maxLine(share)],
        why: {
          zh: `${rows} 行中缺失 ${missing} 行（${percent(share)}），阈值略有放宽`,
          en: `${missing} of ${rows} rows lack it (${percent(share)}); the threshold leaves some air`,
        },
      };
    }),
  ];
}
