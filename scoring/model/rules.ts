import type { GradeCountRule, ModelFault, PathStep, YamlDocument } from '../contract.ts';
import { parseFormula } from '../formula/formula.ts';
import { excerptAt } from '../formula/tokens.ts';
import { suggest } from './fields.ts';
import type { HeaderFields } from './schema.ts';

type Header = Partial<HeaderFields>;

/** Every way to hand out `total` things over `kinds` kinds, as counts; none when there would be more than 200,000. */
export function countCombinations(total: number, kinds: number): number[][] {
  let amount = 1;
  for (let i = 1; i < kinds; i += 1) amount = (amount * (total + i)) / i;
  if (kinds < 1 || amount > 200_000) return [];
  const fill = (left: number, slots: number): number[][] => {
    if (slots === 1) return [[left]];
    return Array.from({ length: left + 1 }, (_, first) => first).flatMap((first) =>
      fill(left - first, slots - 1).map((rest) => [first, ...rest]),
    );
  };
  return fill(total, kinds);
}

/** The condition of a rule under the options chosen; null = matches always. */
export function conditionOf(
  when: GradeCountRule['when'],
  options: Readonly<Record<string, string>>,
): string | null {
  if (when === null || typeof when === 'string') return when;
  const condition = when.options[options[when.interpretation] ?? ''];
  if (condition === undefined) throw new RangeError(`no option chosen for "${when.interpretation}"`);
  return condition;
}

export function checkGrades(header: Header, document: YamlDocument): ModelFault[] {
  const grades = header.grades ?? [];
  return grades.flatMap((band, index) => {
    const at = (key: string, message: string) => document.fault(['grades', index, key], message);
    const faults: ModelFault[] = [];
    const before = grades[index - 1];
    if (before && band.from >= before.from) {
      faults.push(
        at(
          'from',
          `grades are out of order: ${band.grade} begins at ${band.from}, not below ${before.grade} at ${before.from}`,
        ),
      );
    }
    if (index === grades.length - 1 && band.from !== 0) {
      faults.push(at('from', `the last grade begins at 0, not ${band.from}; else a low score has no grade`));
    }
    if (grades.findIndex((each) => each.grade === band.grade) < index) {
      faults.push(at('grade', `grade "${band.grade}" is there twice`));
    }
    return faults;
  });
}

/** The interpretation that the engine itself reads. */
export const termBounds = { id: 'term-bounds', options: ['bounded', 'unbounded'] } as const;

export function checkInterpretations(header: Header, document: YamlDocument): ModelFault[] {
  const all = header.interpretations ?? [];
  const rules = header.overall?.kind === 'gradeCounts' ? header.overall.rules : [];
  const read = new Set(
    rules.flatMap(({ when }) => (typeof when === 'object' && when ? [when.interpretation] : [])),
  );
  return all.flatMap((each, index) => {
    const ids = each.options.map((option) => option.id);
    const at = (path: readonly PathStep[], message: string) =>
      document.fault(['interpretations', index, ...path], message);
    const faults: ModelFault[] = [];
    if (!ids.includes(each.default)) {
      faults.push(
        at(
          ['default'],
          `default "${each.default}" is no option of "${each.id}"${suggest(each.default, ids)}`,
        ),
      );
    }
    if (all.findIndex((other) => other.id === each.id) < index) {
      faults.push(at(['id'], `interpretation "${each.id}" is there twice`));
    }
    for (const [place, id] of ids.entries()) {
      if (ids.indexOf(id) < place) faults.push(at(['options', place, 'id'], `option "${id}" is there twice`));
      if (each.id === termBounds.id && !termBounds.options.some((option) => option === id)) {
        faults.push(
          at(['options', place, 'id'], `the engine knows ${termBounds.options.join(' and ')}, not "${id}"`),
        );
      }
    }
    if (ids.length > 1 && each.id !== termBounds.id && !read.has(each.id)) {
      faults.push(
        at(['id'], `no rule reads "${each.id}", so its options would change nothing; keep one option`),
      );
    }
    return faults;
  });
}

export function checkOverall(header: Header, moduleCount: number, document: YamlDocument): ModelFault[] {
  const { overall } = header;
  const letters = (header.grades ?? []).map((band) => band.grade);
  if (overall?.kind !== 'gradeCounts' || letters.length === 0) return [];
  const faults = overall.rules.flatMap((rule, index): ModelFault[] => {
    const path = ['overall', 'rules', index];
    const own: ModelFault[] = [];
    if (!letters.includes(rule.grade)) {
      own.push(
        document.fault(
          [...path, 'grade'],
          `"${rule.grade}" is no grade of this model${suggest(rule.grade, letters)}`,
        ),
      );
    }
    if (overall.rules.findIndex((other) => other.id === rule.id) < index) {
      own.push(document.fault([...path, 'id'], `rule "${rule.id}" is there twice`));
    }
    if (rule.when === null && index < overall.rules.length - 1) {
      own.push(
        document.fault([...path, 'when'], 'a rule without condition hides all rules after it; put it last'),
      );
    }
    return [...own, ...checkWhen(rule.when, header, { path: [...path, 'when'], letters, document })];
  });
  return faults.length > 0 ? faults : checkCoverage(header, moduleCount, document);
}

interface WhenPlace {
  readonly path: readonly PathStep[];
  readonly letters: readonly string[];
  readonly document: YamlDocument;
}

function checkWhen(when: GradeCountRule['when'], header: Header, place: WhenPlace): ModelFault[] {
  const { document, path, letters } = place;
  const parse = (text: string, at: readonly PathStep[]) =>
    parseFormula(text, letters, 'boolean').faults.map(({ column, message }) =>
      document.fault(at, `column ${column} of "${excerptAt(text, column)}": ${message}`, { column }),
    );
  if (when === null) return [];
  if (typeof when === 'string') return parse(when, path);
  const interpretation = header.interpretations?.find((each) => each.id === when.interpretation);
  if (!interpretation) {
    const known = header.interpretations?.map((each) => each.id) ?? [];
    const message = `no interpretation is called "${when.interpretation}"${suggest(when.interpretation, known)}`;
    return [document.fault([...path, 'interpretation'], message)];
  }
  const ids = interpretation.options.map((option) => option.id);
  const missing = ids
    .filter((id) => when.options[id] === undefined)
    .map((id) =>
      document.fault([...path, 'options'], `option "${id}" of "${interpretation.id}" has no condition here`),
    );
  const written = Object.entries(when.options).flatMap(([id, text]) => {
    const at = [...path, 'options', id];
    if (ids.includes(id)) return parse(text, at);
    return [document.fault(at, `"${id}" is no option of "${interpretation.id}"${suggest(id, ids)}`, 'key')];
  });
  return [...missing, ...written];
}

/** Every choice of options of the interpretations that rules read. */
function optionChoices(header: Header): Record<string, string>[] {
  return (header.interpretations ?? []).reduce<Record<string, string>[]>(
    (choices, each) =>
      choices
        .flatMap((choice) => each.options.map((option) => ({ ...choice, [each.id]: option.id })))
        .slice(0, 64),
    [{}],
  );
}

/** Looks at every combination of module grades and names the first that no rule decides. */
function checkCoverage(header: Header, moduleCount: number, document: YamlDocument): ModelFault[] {
  if (header.overall?.kind !== 'gradeCounts' || header.overall.rules.at(-1)?.when === null) return [];
  const letters = (header.grades ?? []).map((band) => band.grade);
  const { rules } = header.overall;
  const path = ['overall', 'rules'];
  const combinations = countCombinations(moduleCount, letters.length);
  const isTooMany = combinations.length * rules.length * optionChoices(header).length > 2_000_000;
  if (combinations.length === 0 || isTooMany)
    return [document.fault(path, 'the last rule needs "when: null"')];
  for (const options of optionChoices(header)) {
    const formulas = rules.map(
      (rule) => parseFormula(conditionOf(rule.when, options) ?? 'A', letters, 'boolean').formula,
    );
    for (const counts of combinations) {
      const isDecided = formulas.some((formula) => {
        const values = formula?.symbols.map((letter) => counts[letters.indexOf(letter)] ?? 0) ?? [];
        return formula?.evaluate(values) === 1;
      });
      if (isDecided) continue;
      const shown = letters.map((letter, index) => `${letter}=${counts[index]}`).join(' ');
      return [document.fault(path, `no rule decides ${shown}; end with a rule that has "when: null"`)];
    }
  }
  return [];
}
