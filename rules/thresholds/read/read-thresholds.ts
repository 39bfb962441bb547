import {
  faultSentence,
  InputError,
  knownKeys,
  readYaml,
  shapeFaults,
  type Threshold,
  type YamlDocument,
  type YamlFault,
} from '../../contract.ts';
import { type ThresholdFileForm, thresholdFileForm } from './file-form.ts';
import { thresholdOf } from './threshold-of-form.ts';
import { dateFaults, thresholdFaults } from './threshold-sense.ts';

/** A threshold file as it was found: its name as in faults, and its text. */
export interface ThresholdFile {
  readonly name: string;
  readonly text: string;
}

const missingRemedies = {
  id: ': give the threshold a name of its own',
  title: ': say what the lamp is about, { zh: ..., en: ... }',
  role: ': say who looks',
  plan: ': say what is done when this grade is given',
  thresholds: ': write at least one',
  timeZone: ': write for example Asia/Shanghai',
};

const byPlace = (a: YamlFault, b: YamlFault) =>
  (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0);

interface ReadFile {
  readonly name: string;
  readonly document: YamlDocument;
  /** Null where the shape is wrong. */
  readonly form: ThresholdFileForm | null;
  readonly faults: readonly YamlFault[];
}

function readOne({ name, text }: ThresholdFile): ReadFile {
  const document = readYaml(text);
  if (document.faults.length > 0) return { name, document, form: null, faults: document.faults };
  const parsed = thresholdFileForm.safeParse(document.value);
  if (!parsed.success) {
    const words = { knownKeys: knownKeys(thresholdFileForm), missingRemedies };
    const faults = shapeFaults(parsed.error, document.value, words).map(({ path, text: told, at }) =>
      document.fault(path, told, at),
    );
    return { name, document, form: null, faults };
  }
  const { calendars, thresholds } = parsed.data;
  const faults = [
    ...dateFaults(calendars).map(([path, told]) => document.fault(path, told)),
    ...thresholds.flatMap((form, index) =>
      thresholdFaults(form, calendars).map(({ fault: [path, told], column }) =>
        document.fault(['thresholds', index, ...path], told, column === null ? 'value' : { column }),
      ),
    ),
  ];
  return { name, document, form: parsed.data, faults };
}

/** An id that an earlier threshold has, of whatever file. */
function repeatedIds(files: readonly ReadFile[]): ReadonlyMap<ReadFile, readonly YamlFault[]> {
  const first = new Map<string, string>();
  return new Map(
    files.map((file) => {
      const faults = (file.form?.thresholds ?? []).flatMap(({ id }, index) => {
        const known = first.get(id);
        const fault = file.document.fault(['thresholds', index, 'id'], '');
        if (known === undefined) {
          first.set(id, `${file.name} line ${fault.line}`);
          return [];
        }
        return [{ ...fault, message: `"${id}" is the id of ${known} already: give each its own` }];
      });
      return [file, faults];
    }),
  );
}

/** The thresholds of all files, in their order; InputError with the faults of all files, each with its line and column. */
export function readThresholds(files: readonly ThresholdFile[]): readonly Threshold[] {
  const read = files.map(readOne);
  const repeated = repeatedIds(read);
  const sentences = read.flatMap((file) =>
    [...file.faults, ...(repeated.get(file) ?? [])]
      .toSorted(byPlace)
      .map((fault) => faultSentence(file.name, fault)),
  );
  if (sentences.length > 0) throw new InputError(sentences);
  return read.flatMap(({ name, document, form }) =>
    (form?.thresholds ?? []).map((each, index) => {
      const { line } = document.fault(['thresholds', index], '');
      return thresholdOf(each, form?.calendars ?? {}, { file: name, line: line ?? 1 });
    }),
  );
}
