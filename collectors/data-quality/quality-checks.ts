import { z } from 'zod';
import { type Collector, CollectorFault, yamlLimits } from '../contract.ts';
import { parseChecks } from './check-file/check-yaml.ts';
import { qualityMetrics } from './quality-metrics.ts';
import { checkSources, chosenSources } from './sources/check-sources.ts';
import { yieldOfRuns } from './sources/yield-of-runs.ts';

const settings = z.strictObject({
  file: z
    .string()
    .min(1)
    .describe('Check file, seen from the folder of the settings file; its own paths are seen from its own.'),
  sources: z
    .array(z.string().min(1))
    .min(1)
    .optional()
    .describe('Ids of the sources that are checked; all of the file when absent.'),
});
type Settings = z.output<typeof settings>;

/** A character of UTF-8 takes at most four bytes. */
const maxBytes = 4 * yamlLimits.characters;

/** Checks of data quality as a check file declares them. */
export const qualityChecks: Collector<Settings> = {
  id: 'quality-checks',
  title: { zh: '数据质量检核', en: 'Checks of data quality' },
  domain: 'data-quality',
  description: {
    zh: '按检核文件逐个检核数据源（CSV、Parquet、JSON 文件，PostgreSQL、MySQL、MariaDB、SQLite 表），SQL 以只读方式在数据所在处执行；得出六类问题（碎多少乱错旧）的占比、得分与检核明细。',
    en: 'Runs the checks of a check file on its sources (CSV, Parquet and JSON files, tables of PostgreSQL, MySQL, MariaDB and SQLite), reading only, in SQL where the data are. Gives the ratios of the six problems, a score and every result.',
  },
  settings,
  metrics: qualityMetrics,
  isOpen: false,
  records: [],
  cadence: { everySeconds: 86_400, timeoutSeconds: 3600, retries: 0 },

  collect: async ({ settings: given, ports, subject, signal, timeoutSeconds }) => {
    const path = ports.files.resolve(given.file);
    const yaml = new TextDecoder().decode(await ports.files.read(path, maxBytes));
    const file = parseChecks(yaml, path);
    const sources = chosenSources(file, given.sources ?? []);
    const checked = await checkSources({
      ...{ file, sources, subject, ports, signal },
      ...(timeoutSeconds !== undefined && { timeoutSeconds }),
    });
    const brought = yieldOfRuns(checked);
    if (brought.targets?.some(({ isUp }) => isUp)) return brought;
    const [first] = brought.gaps ?? [];
    const reason = first?.reason ?? { zh: '没有数据源可检核', en: 'there is no source to check' };
    throw new CollectorFault(reason, {
      brought,
      ...(first?.remedy && { remedy: first.remedy }),
    });
  },
};
