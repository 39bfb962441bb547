import { type Node, parseRegex, RegexFault } from './syntax.ts';

type Step =
  | { readonly op: 'take'; readonly has: (code: number) => boolean }
  | { readonly op: 'jump'; to: number }
  /** Tries `to` first. */
  | { readonly op: 'split'; to: number; other: number }
  | { readonly op: 'save'; readonly slot: number }
  | { readonly op: 'assert'; readonly kind: 'begin' | 'end' | 'wordBorder' | 'noWordBorder' }
  | { readonly op: 'match' };

const mostSteps = 20_000;

/** A compiled expression that has to match a text from end to end. */
export interface LinearRegex {
  /** The texts of the groups (the whole first; '' for one that took no part), or null where it does not match. */
  match(text: string): readonly string[] | null;
  readonly groups: ReadonlyMap<string, number>;
}

function memberOf({ ranges, isNegated }: Extract<Node, { kind: 'set' }>): (code: number) => boolean {
  const [only] = ranges;
  if (ranges.length === 0) return () => isNegated;
  if (ranges.length === 1 && only && only[0] === only[1] && !isNegated) return (code) => code === only[0];
  return (code) => ranges.some(([low, high]) => code >= low && code <= high) !== isNegated;
}

class Compiler {
  readonly steps: Step[] = [];
  /** Repeated parts count even where they add no step. */
  private visits = 0;

  add(step: Step): number {
    if (this.steps.length >= mostSteps) throw new RegexFault('the expression is too large: repeat less');
    return this.steps.push(step) - 1;
  }

  compile(node: Node): void {
    this.visits += 1;
    if (this.visits > mostSteps) throw new RegexFault('the expression is too large: repeat less');
    if (node.kind === 'set') this.add({ op: 'take', has: memberOf(node) });
    else if (node.kind === 'sequence') for (const part of node.parts) this.compile(part);
    else if (node.kind === 'choice') this.choose(node.parts);
    else if (node.kind === 'repeat') this.repeat(node);
    else if (node.kind === 'group') {
      this.add({ op: 'save', slot: node.index * 2 });
      this.compile(node.part);
      this.add({ op: 'save', slot: node.index * 2 + 1 });
    } else this.add({ op: 'assert', kind: node.kind });
  }

  private choose(parts: readonly Node[]): void {
    const ends: number[] = [];
    for (const [index, part] of parts.entries()) {
      if (index === parts.length - 1) {
        this.compile(part);
        break;
      }
      const split = this.add({ op: 'split', to: this.steps.length + 1, other: -1 });
      this.compile(part);
      ends.push(this.add({ op: 'jump', to: -1 }));
      this.aim(split, this.steps.length);
    }
    for (const end of ends) (this.steps[end] as { to: number }).to = this.steps.length;
  }

  private repeat({ part, min, max, isGreedy }: Extract<Node, { kind: 'repeat' }>): void {
    for (let i = 0; i < min; i++) this.compile(part);
    const fork = () =>
      this.add({ op: 'split', to: this.steps.length + 1, other: isGreedy ? -1 : this.steps.length + 1 });
    if (max === Number.POSITIVE_INFINITY) {
      const split = fork();
      this.compile(part);
      this.add({ op: 'jump', to: split });
      this.leave(split, isGreedy);
      return;
    }
    const forks: number[] = [];
    for (let i = min; i < max; i++) {
      forks.push(fork());
      this.compile(part);
    }
    for (const split of forks) this.leave(split, isGreedy);
  }

  /** Lets a fork leave its repetition here: as its second choice where greedy, else as its first. */
  private leave(split: number, isGreedy: boolean): void {
    const step = this.steps[split] as { to: number; other: number };
    if (isGreedy) step.other = this.steps.length;
    else step.to = this.steps.length;
  }

  private aim(split: number, other: number): void {
    (this.steps[split] as { other: number }).other = other;
  }
}

interface Thread {
  readonly step: number;
  readonly saved: readonly number[];
}

const isWord = (code: number | undefined) =>
  code !== undefined &&
  ((code >= 48 && code <= 57) || (code >= 65 && code <= 90) || code === 95 || (code >= 97 && code <= 122));

function holds(kind: Extract<Step, { op: 'assert' }>['kind'], codes: readonly number[], at: number): boolean {
  if (kind === 'begin') return at === 0;
  if (kind === 'end') return at === codes.length;
  return (isWord(codes[at - 1]) !== isWord(codes[at])) === (kind === 'wordBorder');
}

/** All places where a match may stand at one character, the preferred first; each step is visited once per character. */
class Threads {
  list: Thread[] = [];
  private readonly seen: Int32Array;
  private readonly steps: readonly Step[];

  constructor(steps: readonly Step[]) {
    this.steps = steps;
    this.seen = new Int32Array(steps.length).fill(-1);
  }

  add(first: Thread, codes: readonly number[], at: number): void {
    const open = [first];
    for (let thread = open.pop(); thread; thread = open.pop()) {
      const { step: index, saved } = thread;
      if (this.seen[index] === at) continue;
      this.seen[index] = at;
      const step = this.steps[index] as Step;
      if (step.op === 'jump') open.push({ step: step.to, saved });
      else if (step.op === 'split') open.push({ step: step.other, saved }, { step: step.to, saved });
      else if (step.op === 'save') open.push({ step: index + 1, saved: saved.with(step.slot, at) });
      else if (step.op === 'assert') {
        if (holds(step.kind, codes, at)) open.push({ step: index + 1, saved });
      } else this.list.push(thread);
    }
  }

  takeAll(): Thread[] {
    const { list } = this;
    this.list = [];
    return list;
  }
}

function run(steps: readonly Step[], codes: readonly number[], slots: number): readonly number[] | null {
  const threads = new Threads(steps);
  threads.add({ step: 0, saved: new Array<number>(slots).fill(-1) }, codes, 0);
  for (let at = 0; at < codes.length && threads.list.length > 0; at++) {
    for (const { step: index, saved } of threads.takeAll()) {
      const step = steps[index] as Step;
      if (step.op !== 'take' || !step.has(codes[at] as number)) continue;
      threads.add({ step: index + 1, saved }, codes, at + 1);
    }
  }
  return threads.list.find(({ step }) => steps[step]?.op === 'match')?.saved ?? null;
}

/**
 * Compiles an expression in the syntax of RE2. Its time grows with text times expression and no faster, whatever either holds:
 * the simulation of Thompson (1968) with the captures of Pike. RegexFault for what cannot be used.
 */
export function linearRegex(text: string): LinearRegex {
  const { node, groups } = parseRegex(text);
  const compiler = new Compiler();
  compiler.compile(node);
  compiler.add({ op: 'match' });
  const count = Math.max(0, ...groups.values());
  const slots = (count + 1) * 2;
  return {
    groups,
    match: (value) => {
      const characters = [...value];
      const saved = run(
        compiler.steps,
        characters.map((each) => each.codePointAt(0) as number),
        slots,
      );
      if (saved === null) return null;
      const groupAt = (index: number) => {
        const [from = -1, to = -1] = [saved[index * 2], saved[index * 2 + 1]];
        return from < 0 || to < 0 ? '' : characters.slice(from, to).join('');
      };
      return [value, ...Array.from({ length: count }, (_, i) => groupAt(i + 1))];
    },
  };
}
