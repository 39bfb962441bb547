import { type Evaluation, type Model, type Subject, shiftPeriod } from '../../scoring/contract.ts';
import type { EvaluationFilter, EvaluationSummary } from '../../store/contract.ts';
import type { Workbench } from '../contract.ts';
import { Memo } from './memo.ts';

/** Evaluations are immutable, so each is read from the store once and kept while it is in use. */
export interface EvaluationReader {
  /** As the Workbench answers; requests that ask at the same time share one answer. */
  subjects(): Promise<readonly Subject[]>;
  evaluations(filter: EvaluationFilter): Promise<readonly EvaluationSummary[]>;
  /** Something was written: nobody shares an answer that was asked for before. */
  forget(): void;
  get(sha256: string): Promise<Evaluation | null>;
  modelOf(evaluation: Evaluation): Promise<Model | null>;
  /** The evaluations saved last of each period of the same kind up to and including `period`, oldest first. */
  series(summaries: readonly EvaluationSummary[], period: string, count: number): Promise<Evaluation[]>;
  /** Something made of one evaluation or several, kept under a key that names all of its inputs. */
  kept<T>(key: string, make: () => T): T;
}

const windows = new Memo<readonly string[]>(2000);

/** `count` periods up to and including `period`, oldest first. */
function windowOf(period: string, count: number): readonly string[] {
  const key = `${period} ${count}`;
  return (
    windows.get(key) ??
    windows.set(
      key,
      Array.from({ length: count }, (_, step) => shiftPeriod(period, step + 1 - count)),
    )
  );
}

export function createReader(workbench: Workbench): EvaluationReader {
  const evaluations = new Memo<Promise<Evaluation | null>>(400);
  const models = new Memo<Promise<Model | null>>(40);
  const made = new Memo<{ readonly value: unknown }>(400);
  const get = (sha256: string) => {
    const known = evaluations.get(sha256);
    if (known) return known;
    const reading = workbench.evaluation(sha256);
    evaluations.set(sha256, reading);
    reading.then(
      (found) => found ?? evaluations.delete(sha256),
      () => evaluations.delete(sha256),
    );
    return reading;
  };
  const asked = new Map<string, Promise<unknown>>();
  const shared = <T>(key: string, ask: () => Promise<T>): Promise<T> => {
    const running = asked.get(key) as Promise<T> | undefined;
    if (running) return running;
    const answer = ask().finally(() => asked.get(key) === answer && asked.delete(key));
    asked.set(key, answer);
    return answer;
  };
  return {
    subjects: () => shared('subjects', () => workbench.subjects()),
    evaluations: (filter) => shared(JSON.stringify(filter), () => workbench.evaluations(filter)),
    forget: () => asked.clear(),
    get,
    modelOf: (evaluation) => {
      const known = models.get(evaluation.model.sha256);
      if (known) return known;
      const reading = workbench.modelOf(evaluation);
      models.set(evaluation.model.sha256, reading);
      reading.catch(() => models.delete(evaluation.model.sha256));
      return reading;
    },
    series: async (summaries, period, count) => {
      const latest = new Map<string, string>();
      for (const { period: id, sha256 } of summaries) if (!latest.has(id)) latest.set(id, sha256);
      const found = await Promise.all(
        windowOf(period, count).map((id) => {
          const sha256 = latest.get(id);
          return sha256 === undefined ? null : get(sha256);
        }),
      );
      return found.filter((each) => each !== null);
    },
    kept: <T>(key: string, make: () => T): T =>
      (made.get(key) ?? made.set(key, { value: make() })).value as T,
  };
}
