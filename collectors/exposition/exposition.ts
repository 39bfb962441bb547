import { ExpositionFault, LineFault, shownText } from './exposition-fault.ts';
import { byte, LineCursor } from './line-cursor.ts';
import { type Family, readMeta } from './meta-line.ts';
import { readSample } from './sample-line.ts';

export const expositionFormats = ['text', 'openMetrics'] as const;
/** Prometheus text 0.0.4, or OpenMetrics 1.0. */
export type ExpositionFormat = (typeof expositionFormats)[number];

/** A sample as the page has it: its value may be NaN or infinite. */
export interface ExpositionSample {
  readonly name: string;
  /** Empty values are left out: to Prometheus they are the same as absent ones. */
  readonly labels: Record<string, string>;
  readonly value: number;
  /** Milliseconds since 1970; null where the page leaves it to the reader. */
  readonly timestamp: number | null;
}

export interface ExpositionLimits {
  /** The longest line; real ones stay under 10 kB, kube-state-metrics' annotations included. */
  readonly lineBytes: number;
  readonly labelsPerSample: number;
}

export const expositionLimits: ExpositionLimits = { lineBytes: 128 * 1024, labelsPerSample: 128 };

/**
 * Reads a page of metrics piece by piece: each sample is handed on at once, nothing of the page is kept. ExpositionFault at
 * the first line that is malformed: the whole page is then to be refused, as Prometheus does.
 */
export class ExpositionParser {
  /** What HELP, TYPE and UNIT lines told so far, by the name they gave. */
  readonly families = new Map<string, Family>();
  private readonly cursor = new LineCursor();
  private readonly format: ExpositionFormat;
  private readonly onSample: (sample: ExpositionSample) => void;
  private readonly limits: ExpositionLimits;
  private line = 0;
  private hasEnded = false;
  /** The beginning of a line whose end has not come yet. */
  private tail = Buffer.alloc(0);
  private tailLength = 0;

  constructor(
    format: ExpositionFormat,
    onSample: (sample: ExpositionSample) => void,
    limits: ExpositionLimits = expositionLimits,
  ) {
    this.format = format;
    this.onSample = onSample;
    this.limits = limits;
  }

  push(piece: Uint8Array): void {
    const bytes = Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength);
    let from = 0;
    if (this.tailLength > 0) {
      from = bytes.indexOf(byte.newline) + 1;
      this.keep(from > 0 ? bytes.subarray(0, from) : bytes);
      if (from === 0) return;
      const length = this.tailLength;
      this.tailLength = 0;
      this.readLine(this.tail, 0, length - 1);
    }
    for (;;) {
      const end = bytes.indexOf(byte.newline, from);
      if (end < 0) break;
      this.readLine(bytes, from, end);
      from = end + 1;
    }
    if (from < bytes.length) this.keep(bytes.subarray(from));
  }

  /** The page is over: its last line may lack its line feed; OpenMetrics must have said `# EOF`. */
  end(): void {
    if (this.tailLength > 0) {
      const length = this.tailLength;
      this.tailLength = 0;
      this.readLine(this.tail, 0, length);
    }
    if (this.format === 'openMetrics' && !this.hasEnded) {
      throw new ExpositionFault(this.line, {
        zh: `第 ${this.line} 行后缺少 # EOF：页面不完整`,
        en: `# EOF is missing after line ${this.line}: the page is cut short`,
      });
    }
  }

  private keep(bytes: Uint8Array): void {
    const length = this.tailLength + bytes.length;
    if (length > this.limits.lineBytes + 1) {
      this.line += 1;
      this.refuseLength(length, this.tailLength > 0 ? this.tail.subarray(0, this.tailLength) : bytes);
    }
    if (length > this.tail.length) {
      const larger = Buffer.alloc(Math.max(length, this.tail.length * 2, 1024));
      this.tail.copy(larger, 0, 0, this.tailLength);
      this.tail = larger;
    }
    this.tail.set(bytes, this.tailLength);
    this.tailLength = length;
  }

  private refuseLength(length: number, bytes: Uint8Array): never {
    const { lineBytes } = this.limits;
    throw new ExpositionFault(this.line, {
      zh: `第 ${this.line} 行超过 ${lineBytes} 字节（已读 ${length}）：${shownText(bytes)}`,
      en: `line ${this.line} is longer than ${lineBytes} bytes (${length} so far): ${shownText(bytes)}`,
    });
  }

  private readLine(bytes: Buffer, from: number, end: number): void {
    this.line += 1;
    if (end - from > this.limits.lineBytes) this.refuseLength(end - from, bytes.subarray(from, end));
    const { cursor } = this;
    cursor.bytes = bytes;
    cursor.at = from;
    cursor.end = end;
    try {
      this.readFrom(cursor);
    } catch (cause) {
      if (!(cause instanceof LineFault)) throw cause;
      const text = shownText(bytes.subarray(from, end));
      throw new ExpositionFault(this.line, {
        zh: `第 ${this.line} 行有误（${cause.reason.zh}）：${text}`,
        en: `line ${this.line} is malformed (${cause.reason.en}): ${text}`,
      });
    }
  }

  private readFrom(cursor: LineCursor): void {
    if (this.hasEnded) throw new LineFault('# EOF 之后还有内容', 'there is more after # EOF');
    const isStrict = this.format === 'openMetrics';
    if (!isStrict) cursor.skipBlanks();
    const first = cursor.peek();
    if (first === byte.hash) {
      this.hasEnded = readMeta(cursor, this.families, isStrict);
    } else if (first >= 0) {
      this.onSample(readSample(cursor, isStrict, this.limits.labelsPerSample));
    } else if (isStrict) throw new LineFault('OpenMetrics 不允许空行', 'OpenMetrics has no empty lines');
  }
}

export interface Exposition {
  readonly samples: readonly ExpositionSample[];
  readonly families: ReadonlyMap<string, Family>;
}

/** A page that is at hand as a whole. ExpositionFault when it is malformed. */
export function parseExposition(page: Uint8Array | string, format: ExpositionFormat): Exposition {
  const samples: ExpositionSample[] = [];
  const parser = new ExpositionParser(format, (sample) => samples.push(sample));
  parser.push(typeof page === 'string' ? Buffer.from(page) : page);
  parser.end();
  return { samples, families: parser.families };
}
