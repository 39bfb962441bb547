import { type GradeCondition, lampColours, type PathStep } from '../../contract.ts';
import type { ThresholdForm } from './file-form.ts';
import { conditionOf } from './threshold-of-form.ts';

/** A fault at a path below the threshold. */
export type SenseFault = readonly [path: readonly PathStep[], text: string];

const conditionKeys = ['above', 'below', 'outside', 'inside'] as const;
type Graded = {
  readonly when: GradeCondition;
  readonly hysteresis: number;
  readonly at: readonly PathStep[];
};

/** Whether every value that has the one condition has the other too. */
function isWithin(worse: GradeCondition, milder: GradeCondition): boolean {
  if (worse.kind === 'above' && milder.kind === 'above') return worse.bound > milder.bound;
  if (worse.kind === 'below' && milder.kind === 'below') return worse.bound < milder.bound;
  if ('low' in worse && 'low' in milder && worse.kind === milder.kind) {
    const isNarrower = worse.low >= milder.low && worse.high <= milder.high;
    const isWider = worse.low <= milder.low && worse.high >= milder.high;
    const isSame = worse.low === milder.low && worse.high === milder.high;
    return !isSame && (worse.kind === 'inside' ? isNarrower : isWider);
  }
  // One side of a band: "below 5" is worse than "outside 5 to 30".
  if (milder.kind === 'outside' && worse.kind === 'above') return worse.bound >= milder.high;
  return milder.kind === 'outside' && worse.kind === 'below' && worse.bound <= milder.low;
}

/** How far a value may come back before it is in a milder grade only by name; null = there is no bound. */
function gapTo(worse: GradeCondition, milder: GradeCondition): number | null {
  if ('bound' in worse && 'bound' in milder) return Math.abs(worse.bound - milder.bound);
  if ('low' in worse && 'low' in milder) {
    const gaps = [Math.abs(worse.low - milder.low), Math.abs(worse.high - milder.high)].filter(
      (gap) => gap > 0,
    );
    return Math.min(...gaps);
  }
  return null;
}

function colourFaults({ grades, calm, noData }: ThresholdForm): SenseFault[] {
  const faults: SenseFault[] = [];
  const rank = (colour: (typeof lampColours)[number]) => lampColours.indexOf(colour);
  if (grades.length < 2 || grades.length > 4) {
    faults.push([['grades'], `${grades.length} grades: write two to four, with calm three to five colours`]);
  }
  grades.forEach(({ colour }, index) => {
    const before = grades[index - 1]?.colour;
    if (before !== undefined && rank(before) >= rank(colour)) {
      const text = `"${colour}" after "${before}": write the worst first, in the order ${lampColours.join(', ')}, each once`;
      faults.push([['grades', index, 'colour'], text]);
    }
    if (rank(colour) >= rank(calm))
      faults.push([['grades', index, 'colour'], `"${colour}" is no worse than the calm colour "${calm}"`]);
  });
  if (noData && rank(noData.colour) >= rank(calm))
    faults.push([['noData', 'colour'], `"${noData.colour}" is no worse than the calm colour "${calm}"`]);
  return faults;
}

function bandFaults(when: GradeCondition, hysteresis: number, at: readonly PathStep[]): SenseFault[] {
  if (!('low' in when)) return [];
  if (when.low >= when.high) {
    const text = `the band [${when.low}, ${when.high}] is crossed: write the lower bound first`;
    return [[[...at, when.kind], text]];
  }
  const width = when.high - when.low;
  if (when.kind === 'inside' || 2 * hysteresis < width) return [];
  const text = `hysteresis ${hysteresis} leaves nothing of the band [${when.low}, ${when.high}]: write less than half of its width`;
  return [[[...at, 'hysteresis'], text]];
}

function nestingFaults(worse: Graded, milder: Graded): SenseFault[] {
  if (!isWithin(worse.when, milder.when)) {
    const text = `the values of this grade are not among those of the milder grade after it: make it the stricter of the two`;
    return [[[...worse.at, worse.when.kind], text]];
  }
  const gap = gapTo(worse.when, milder.when);
  if (gap === null || worse.hysteresis <= gap) return [];
  const text = `hysteresis ${worse.hysteresis} is larger than the gap of ${Number(gap.toPrecision(12))} to the next grade: write no more than that`;
  return [[[...worse.at, 'hysteresis'], text]];
}

/** Faults of the grades that their shape cannot tell: which colours, which conditions, how they lie to each other. */
export function gradeFaults(form: ThresholdForm): SenseFault[] {
  const faults = colourFaults(form);
  const graded: Graded[] = [];
  form.grades.forEach((grade, index) => {
    const at = ['grades', index];
    const when = conditionOf(grade);
    if (when === null) {
      const given = conditionKeys.filter((key) => grade[key] !== undefined);
      const told = given.length === 0 ? 'no condition' : `${given.join(' and ')} together`;
      faults.push([at, `${told}: give exactly one of ${conditionKeys.join(', ')}`]);
      return;
    }
    const hysteresis = grade.hysteresis ?? form.hysteresis;
    const ownFaults = bandFaults(when, hysteresis, at);
    faults.push(...ownFaults);
    if (ownFaults.length === 0) graded.push({ when, hysteresis, at });
  });
  graded.forEach((worse, index) => {
    const milder = graded[index + 1];
    if (milder) faults.push(...nestingFaults(worse, milder));
  });
  return faults;
}
