import type { FaultPlace, ModelFault, PathStep, Unit } from '../contract.ts';
import { isFunctionName } from '../formula/arithmetic.ts';
import { reservedWords } from '../formula/expression.ts';
import { parseFormula } from '../formula/formula.ts';
import { groupTerms } from '../formula/term-groups.ts';
import { type Draft, type DraftNode, flattenDraft, type Inheritance } from './draft.ts';
import { checkMeasure, measureContext, unitOfMeasure } from './measure-draft.ts';
import { metricUnitFault } from './measures/metric-unit.ts';
import { scaleFaults } from './scale-draft.ts';
import { leafShape } from './schema.ts';

const innerKeys = ['title', 'meaning', 'combine', 'children'] as const;
const leafKeys = ['title', 'meaning', ...Object.keys(leafShape).filter((key) => key !== 'referencePoints')];

/** Finds what is wrong with the nodes of a draft beyond the shape of each field. */
export class NodeChecker {
  readonly #draft: Draft;
  readonly #inheritance: Inheritance;

  constructor(draft: Draft, inheritance: Inheritance) {
    this.#draft = draft;
    this.#inheritance = inheritance;
  }

  faults(): ModelFault[] {
    const { modules, header } = this.#draft;
    const { overall } = header;
    return [
      ...this.#duplicates(modules),
      ...this.#unscaled(modules),
      ...(overall?.kind === 'score' ? this.#weights(modules, ['modules']) : []),
      ...(overall?.kind === 'gradeCounts' ? this.#strayWeights(modules) : []),
      ...flattenDraft(modules).flatMap((node) => (node.isLeaf ? this.#leaf(node) : this.#inner(node))),
    ];
  }

  #at(node: DraftNode, key: PathStep | readonly PathStep[], message: string, place?: FaultPlace): ModelFault {
    return this.#draft.document.fault([...node.path, ...[key].flat()], message, place);
  }

  #duplicates(siblings: readonly DraftNode[]): ModelFault[] {
    return siblings.flatMap((node, index) => {
      const { localId } = node;
      if (localId === null) return [];
      if (siblings.findIndex((other) => other.localId === localId) < index) {
        return [this.#at(node, 'id', `id "${node.id}" is there twice`)];
      }
      const isTaken = reservedWords.includes(localId) || isFunctionName(localId);
      return isTaken
        ? [this.#at(node, 'id', `"${localId}" is a word of the formula language; choose another id`)]
        : [];
    });
  }

  /** The weights of children of a method, and of modules under a score rule, add up to 1. */
  #weights(siblings: readonly DraftNode[], path: readonly PathStep[]): ModelFault[] {
    const missing = siblings
      .filter((node) => !node.writtenKeys.includes('weight'))
      .map((node) => this.#at(node, [], '"weight" is missing; it is the share of the parent'));
    const weights = siblings.flatMap((node) => node.own.weight ?? []);
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (weights.length < siblings.length || Math.abs(sum - 1) <= 1e-9) return missing;
    return [this.#draft.document.fault(path, `weights add up to ${Number(sum.toPrecision(12))}, not 1`)];
  }

  #strayWeights(siblings: readonly DraftNode[]): ModelFault[] {
    const message = 'a weight counts nothing here: the parent combines by a formula or by rules';
    return siblings
      .filter((node) => node.writtenKeys.includes('weight'))
      .map((node) => this.#at(node, 'weight', message, 'key'));
  }

  #unscaled(siblings: readonly DraftNode[]): ModelFault[] {
    return siblings
      .filter((node) => this.#lacksScale(node))
      .map((node) =>
        this.#at(node, [], `${node.id} needs a "scale" here: nothing else turns its value into a score`),
      );
  }

  #lacksScale(node: DraftNode): boolean {
    if (!node.isLeaf || node.own.weight === 0 || this.#inheritance.isBroken(node)) return false;
    return !this.#inheritance.isFaulty(node, 'scale') && this.#inheritance.fieldsOf(node).scale === 'none';
  }

  #missing(
    node: DraftNode,
    keys: readonly string[],
    fields: Readonly<Record<string, unknown>>,
  ): ModelFault[] {
    const written = this.#inheritance.writtenKeysOf(node);
    return keys
      .filter((key) => fields[key] === undefined && !written.has(key))
      .map((key) => {
        const what =
          key === 'measure'
            ? 'an indicator without a measure: write "measure", or "entry: true" in it'
            : `"${key}" is missing`;
        return this.#at(node, [], `${node.id}: ${what}`);
      });
  }

  #inner(node: DraftNode): ModelFault[] {
    const stray = Object.keys(leafShape)
      .filter((key) => node.writtenKeys.includes(key))
      .map((key) => this.#at(node, key, `"${key}" is for indicators; ${node.id} has children`, 'key'));
    const { combine } = node.own;
    const children = [...node.path, 'children'];
    return [
      ...stray,
      ...this.#missing(node, innerKeys, node.own),
      ...this.#duplicates(node.children),
      ...(combine && 'method' in combine
        ? [...this.#unscaled(node.children), ...this.#weights(node.children, children)]
        : []),
      ...(combine && 'formula' in combine ? this.#strayWeights(node.children) : []),
      ...(combine && 'formula' in combine ? this.#formula(node, combine.formula) : []),
    ];
  }

  #formula(node: DraftNode, text: string): ModelFault[] {
    const at = (message: string, column?: number) =>
      this.#at(node, ['combine', 'formula'], message, column ? { column } : 'value');
    const own = node.children.flatMap((child) => child.localId ?? []);
    const above = node.id.split('.').filter((each) => !own.includes(each));
    const { formula, faults } = parseFormula(text, own);
    const cycles = above.flatMap((name) => {
      const column = new RegExp(`(?<![A-Za-z0-9_])${name.replace('?', '\\?')}(?![A-Za-z0-9_])`).exec(
        text,
      )?.index;
      return column === undefined
        ? []
        : [at(`cycle: the formula of ${node.id} uses "${name}", which contains it`, column + 1)];
    });
    if (!formula) {
      const others = faults.filter(
        (fault) => !above.some((name) => fault.message.startsWith(`unknown name "${name}"`)),
      );
      return [...cycles, ...others.map(({ column, message }) => at(`column ${column}: ${message}`, column))];
    }
    const unused = node.children
      .filter((child) => child.localId !== null && !formula.symbols.includes(child.localId))
      .map((child) => this.#at(child, 'id', `the formula of ${node.id} never uses "${child.localId}"`));
    return unused.length > 0 ? unused : this.#points(node, text);
  }

  /** The points that the terms give at best must be positive and add up to 100. */
  #points(node: DraftNode, text: string): ModelFault[] {
    const at = (message: string) => [this.#at(node, ['combine', 'formula'], message)];
    const { formula } = parseFormula(
      text,
      node.children.flatMap((child) => child.localId ?? []),
    );
    const best = formula?.symbols.map((symbol) => {
      const child = node.children.find((each) => each.localId === symbol);
      if (!child) return undefined;
      const fields = this.#inheritance.fieldsOf(child);
      return child.isLeaf && fields.scale === 'none' ? fields.best : 100;
    });
    if (!formula || !best || best.some((value) => value === undefined)) return [];
    const points = groupTerms(formula).map((group) => ({ group, at: group.evaluate(best as number[]) }));
    const worthless = points.find((each) => !(each.at > 0 && Number.isFinite(each.at)));
    if (worthless)
      return at(`"${worthless.group.text}" gives ${worthless.at} points at best; it must give more than 0`);
    const total = points.reduce((sum, each) => sum + each.at, 0);
    if (Math.abs(total - 100) <= 1e-9) return [];
    const shown = points.map((each) => `${each.group.symbols.join('+')} ${Number(each.at.toPrecision(12))}`);
    return at(`the points at best add up to ${Number(total.toPrecision(12))}, not 100 (${shown.join(', ')})`);
  }

  #leaf(node: DraftNode): ModelFault[] {
    if (this.#inheritance.isBroken(node)) return [];
    const fields = this.#inheritance.fieldsOf(node);
    const faults = this.#missing(node, leafKeys, fields);
    const place = (key: string) => (node.writtenKeys.includes(key) ? key : []);
    const { scale, direction, best, worst, range, unit, measure } = fields;
    if (scale && direction && best !== undefined && worst !== undefined && range && unit) {
      const found = scaleFaults({ scale, direction, best, worst, range, unit });
      faults.push(
        ...found.map(({ key, message }) => this.#at(node, place(key), `${node.id} ${key}: ${message}`)),
      );
    }
    if (measure && node.own.measure) faults.push(...this.#measure(node, measure, unit));
    return faults;
  }

  #measure(
    node: DraftNode,
    fields: NonNullable<DraftNode['own']['measure']>,
    unit: Unit | undefined,
  ): ModelFault[] {
    const { measure, faults } = checkMeasure(fields, measureContext(node, this.#draft));
    if (!measure || unit === undefined) return [...faults];
    const at = node.writtenKeys.includes('unit') ? 'unit' : 'measure';
    if (measure.kind === 'metric') {
      const fault = metricUnitFault(measure, unit);
      return fault ? [this.#at(node, at, fault)] : [];
    }
    const yields = unitOfMeasure(measure);
    const isTime = ['second', 'minute', 'hour', 'day', 'week'].includes(unit);
    if (yields === null || yields === unit || (yields === 'number' && !isTime)) return [];
    return [
      this.#at(
        node,
        at,
        `unit is "${unit}", yet the measure yields ${yields === 'number' ? 'a plain number' : `"${yields}"`}`,
      ),
    ];
  }
}
