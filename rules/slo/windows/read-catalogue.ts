import { z } from 'zod';
import {
  type AlertWindow,
  faultSentence,
  InputError,
  knownKeys,
  type PathStep,
  readYaml,
  shapeFaults,
  type WindowCatalogue,
} from '../../contract.ts';
import { durationSeconds } from '../../promql/durations.ts';

const windowForm = z.strictObject({
  errorBudgetPercent: z.number(),
  shortWindow: z.string(),
  longWindow: z.string(),
});
const alertForm = z.strictObject({ quick: windowForm, slow: windowForm });

/** Sloth's `AlertWindows`. */
const catalogueForm = z.strictObject({
  apiVersion: z.literal('sloth.slok.dev/v1'),
  kind: z.literal('AlertWindows'),
  spec: z.strictObject({ sloPeriod: z.string(), page: alertForm, ticket: alertForm }),
});

const missingRemedies = {
  sloPeriod: ': write the length of the period, 30d',
  errorBudgetPercent: ': write the share of the period’s budget that alerts, 2',
};

const secondsPerDay = 86_400;

type Tell = (path: readonly PathStep[], message: string) => void;

function readDuration(text: string, path: readonly PathStep[], tell: Tell): number {
  const seconds = durationSeconds(text) ?? 0;
  if (seconds >= 1 && Number.isInteger(seconds)) return seconds;
  tell(path, `"${text.slice(0, 40)}" is no duration: write it as Prometheus does, 5m, 36h, 3d`);
  return Number.NaN;
}

function readWindow(
  form: z.infer<typeof windowForm>,
  { path, periodSeconds, tell }: { path: readonly PathStep[]; periodSeconds: number; tell: Tell },
): AlertWindow {
  const { errorBudgetPercent } = form;
  const shortSeconds = readDuration(form.shortWindow, [...path, 'shortWindow'], tell);
  const longSeconds = readDuration(form.longWindow, [...path, 'longWindow'], tell);
  if (!(errorBudgetPercent > 0 && errorBudgetPercent <= 100)) {
    const message = `${errorBudgetPercent} is no share of the budget: write a number above 0, up to 100 per cent`;
    tell([...path, 'errorBudgetPercent'], message);
  }
  if (shortSeconds >= longSeconds) {
    const message = `the short window ${form.shortWindow} is not shorter than the long one, ${form.longWindow}`;
    tell([...path, 'shortWindow'], message);
  }
  if (longSeconds > periodSeconds)
    tell([...path, 'longWindow'], `the window ${form.longWindow} is longer than the period`);
  return { errorBudgetPercent, shortSeconds, longSeconds };
}

/** An own window catalogue from Sloth's `AlertWindows` YAML; InputError with all of its faults. */
export function readCatalogue(file: { readonly name: string; readonly text: string }): WindowCatalogue {
  const document = readYaml(file.text);
  const faults = document.faults.map((fault) => faultSentence(file.name, fault));
  if (faults.length > 0) throw new InputError(faults);
  const parsed = catalogueForm.safeParse(document.value);
  if (!parsed.success) {
    const words = { knownKeys: knownKeys(catalogueForm), missingRemedies };
    const found = shapeFaults(parsed.error, document.value, words);
    throw new InputError(
      found.map(({ path, text, at }) => faultSentence(file.name, document.fault(path, text, at))),
    );
  }
  const tell: Tell = (path, message) => faults.push(faultSentence(file.name, document.fault(path, message)));
  const { spec } = parsed.data;
  const periodSeconds = readDuration(spec.sloPeriod, ['spec', 'sloPeriod'], tell);
  if (periodSeconds % secondsPerDay !== 0 && !Number.isNaN(periodSeconds))
    tell(
      ['spec', 'sloPeriod'],
      `the period ${spec.sloPeriod} is not a number of whole days: write 7d or 30d`,
    );
  const read = (alert: 'page' | 'ticket', tier: 'quick' | 'slow') =>
    readWindow(spec[alert][tier], { path: ['spec', alert, tier], periodSeconds, tell });
  const catalogue: WindowCatalogue = {
    periodDays: periodSeconds / secondsPerDay,
    page: { quick: read('page', 'quick'), slow: read('page', 'slow') },
    ticket: { quick: read('ticket', 'quick'), slow: read('ticket', 'slow') },
  };
  if (faults.length > 0) throw new InputError(faults);
  return catalogue;
}
