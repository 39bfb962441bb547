import { reportLimits } from '../../reading/limits.ts';
import { tooManyEntries } from '../../reading/report-draft.ts';
import type { XmlHandler, XmlTag } from '../../reading/xml-stream.ts';
import type { NmapHost, NmapPort, NmapRun, NmapScript, NmapTable } from './elements.ts';

type Openers = Readonly<Record<string, (tag: XmlTag) => void>>;

/** Gathers hosts, ports and scripts of one run; what stands outside of its place is passed over. */
export class RunReading implements XmlHandler {
  readonly documentType = 'nmaprun';
  readonly run: NmapRun = { scanner: null, version: null, hosts: [], hasPortScan: false, finished: null };
  isNmap = false;
  readonly #fileName: string;
  #host: NmapHost | null = null;
  #port: NmapPort | null = null;
  #script: NmapScript | null = null;
  readonly #tables: NmapTable[] = [];
  #entries = 0;
  readonly #openers: Openers = {
    nmaprun: ({ attributes }) => {
      this.isNmap = true;
      this.run.scanner = attributes.get('scanner') ?? null;
      this.run.version = attributes.get('version') ?? null;
    },
    scaninfo: () => {
      this.run.hasPortScan = true;
    },
    finished: ({ attributes }) => {
      const [time = '', exit = '', message = ''] = ['time', 'exit', 'errormsg'].map((name) =>
        attributes.get(name),
      );
      this.run.finished = { time, exit, message };
    },
    host: ({ attributes, line }) => {
      this.#host = {
        ...{ line, isUp: false, isTimedOut: attributes.get('timedout') === 'true' },
        ...{ addresses: [], names: [], ports: [], scripts: [] },
      };
      this.run.hosts.push(this.#host);
    },
    status: ({ attributes }) => {
      if (this.#host) this.#host.isUp = attributes.get('state') === 'up';
    },
    address: ({ attributes }) => {
      this.#host?.addresses.push({
        address: attributes.get('addr') ?? '',
        type: attributes.get('addrtype') ?? '',
      });
    },
    hostname: ({ attributes }) => {
      this.#host?.names.push({ name: attributes.get('name') ?? '', type: attributes.get('type') ?? '' });
    },
    port: ({ attributes, line }) => {
      this.#port = {
        line,
        protocol: attributes.get('protocol') ?? '',
        port: attributes.get('portid') ?? '',
        ...{ state: '', service: null, scripts: [] },
      };
      this.#host?.ports.push(this.#port);
    },
    state: ({ attributes }) => {
      if (this.#port) this.#port.state = attributes.get('state') ?? '';
    },
    service: ({ attributes }) => {
      if (!this.#port) return;
      this.#port.service = {
        name: attributes.get('name') ?? '',
        isProbed: attributes.get('method') === 'probed',
        isEncrypted: attributes.get('tunnel') === 'ssl',
        product: attributes.get('product') ?? null,
        version: attributes.get('version') ?? null,
      };
    },
    script: ({ attributes, line }) => {
      const [id = '', output = ''] = [attributes.get('id'), attributes.get('output')];
      this.#script = { line, id, output, tables: [] };
      this.#tables.splice(0);
      (this.#port ?? this.#host)?.scripts.push(this.#script);
    },
    table: ({ attributes }) => {
      const table = { key: attributes.get('key') ?? '', elements: [], tables: [] };
      (this.#tables.at(-1) ?? this.#script)?.tables.push(table);
      this.#tables.push(table);
    },
  };

  constructor(fileName: string) {
    this.#fileName = fileName;
  }

  open(tag: XmlTag): boolean {
    if (tag.name === 'elem') return this.#tables.length > 0;
    const opener = Object.hasOwn(this.#openers, tag.name) ? this.#openers[tag.name] : undefined;
    if (!opener) return false;
    this.#entries += 1;
    if (this.#entries > reportLimits.entries) throw tooManyEntries(this.#fileName);
    opener(tag);
    return false;
  }

  close({ name, attributes }: XmlTag, text: string | null): void {
    if (name === 'host') this.#host = null;
    else if (name === 'port') this.#port = null;
    else if (name === 'script') this.#script = null;
    else if (name === 'table') this.#tables.pop();
    else if (name === 'elem' && text !== null)
      this.#tables.at(-1)?.elements.push({ key: attributes.get('key') ?? '', text: text.trim() });
  }
}
