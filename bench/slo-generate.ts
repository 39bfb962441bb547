import { spawn } from 'node:child_process';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Slo } from '../rules/contract.ts';
import { builtInCatalogues, groupsOf, printRules, type RuleStyle, ruleStyles } from '../rules/generate.ts';
import { readSlos } from '../rules/slo.ts';
import { print, ratio, timed, whole } from './figures.ts';
import { inFolder } from './workspace-folder.ts';

const services = 100;
const slosOfService = 100;

/** One file of all promises of a city: 100 services of 100 SLOs each, counters and latency. */
function specText(): string {
  const sloText = (service: number, index: number) => {
    const selector = (code: string) => `http_requests_total{job="s${service}",route="r${index}"${code}}`;
    return `  - name: requests-${index}
    title: { zh: 第${index}项请求成功率, en: Requests of route ${index} }
    objective: 99.9
    period: 30d
    minimumEvents: 100
    sli:
      counters: { bad: '${selector(',code=~"5.."')}', total: '${selector('')}' }
    alerting: { name: Service${service}Errors${index}, runbook: docs/runbooks/s${service}.md }
`;
  };
  return Array.from({ length: services }, (_, service) => {
    const slos = Array.from({ length: slosOfService }, (_, index) => sloText(service, index)).join('');
    return `---\nschema: citygauge/slo@1\nservice: service-${service}\nlabels: { owner: team-${service % 7} }\nslos:\n${slos}`;
  }).join('');
}

const mebibytes = (bytes: number) => `${whole(bytes / 1024 / 1024)} MiB`;
const seconds = (value: number) => `${value.toFixed(2)} s`;

/** Runs a program to its end; its peak of memory as the kernel has it shortly before. */
async function runMeasured(
  program: string,
  args: readonly string[],
): Promise<{ code: number | null; peakBytes: number }> {
  const child = spawn(program, args, { stdio: 'ignore' });
  let peakBytes = 0;
  const look = setInterval(() => {
    try {
      const status = readFileSync(`/proc/${child.pid}/status`, 'utf8');
      peakBytes = Math.max(peakBytes, Number(/VmHWM:\s+(\d+)/.exec(status)?.[1] ?? 0) * 1024);
    } catch {
      // It has ended between two looks.
    }
  }, 20);
  const code = await new Promise<number | null>((resolve) => {
    child.on('error', () => resolve(null));
    child.on('close', resolve);
  });
  clearInterval(look);
  return { code, peakBytes };
}

/** Time of the clock and of the processor that work of our own takes. */
async function worked<T>(work: () => T): Promise<{ text: string; wallSeconds: number; result: T }> {
  const before = process.cpuUsage();
  const { seconds: wall, result } = await timed(async () => work());
  const { user, system } = process.cpuUsage(before);
  const cpuSeconds = (user + system) / 1e6;
  return { text: `${seconds(wall)}, CPU ${seconds(cpuSeconds)}`, wallSeconds: wall, result };
}

async function benchStyle(style: RuleStyle, slos: readonly Slo[], folder: string): Promise<void> {
  const path = join(folder, `${style}.rules.yaml`);
  let rules = 0;
  const made = await worked(() => {
    const groups = slos.flatMap((slo) => groupsOf(slo, { style, catalogues: builtInCatalogues }));
    rules = groups.reduce((sum, group) => sum + group.rules.length, 0);
    writeFileSync(path, printRules({ groups }, 'bench'));
  });
  print('slo-generate', `${style}, rules written`, whole(rules));
  print('slo-generate', `${style}, file`, mebibytes(statSync(path).size));
  print('slo-generate', `${style}, generated and written`, made.text);
  const checked = await timed(() => runMeasured('promtool', ['check', 'rules', path]));
  if (checked.result.code === null) return print('slo-generate', 'promtool', 'not installed');
  if (checked.result.code !== 0) throw new Error(`promtool refuses ${path}`);
  print(
    'slo-generate',
    `${style}, promtool check rules`,
    `${seconds(checked.seconds)}, peak ${mebibytes(checked.result.peakBytes)}`,
  );
  print('slo-generate', `${style}, generating beside checking`, ratio(made.wallSeconds / checked.seconds));
  print('slo-generate', 'peak memory of the bench so far', mebibytes(process.resourceUsage().maxRSS * 1024));
}

await inFolder(async (folder) => {
  const text = specText();
  print('slo-generate', 'SLOs in one file', `${whole(services * slosOfService)}, ${mebibytes(text.length)}`);
  const read = await worked(() => readSlos([{ name: 'city.yaml', text }]));
  print('slo-generate', 'read and linted', read.text);
  print('slo-generate', 'peak memory so far', mebibytes(process.resourceUsage().maxRSS * 1024));
  if (read.result.slos.length !== services * slosOfService) throw new Error('not all SLOs were read');
  for (const style of ruleStyles) await benchStyle(style, read.result.slos, folder);
});
