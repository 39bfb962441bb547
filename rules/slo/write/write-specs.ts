import { InputError, type Slo, type SloFormat } from '../../contract.ts';
import { printYaml } from '../../output/print-rules.ts';
import { nativeWriter } from './citygauge.ts';
import { openSloWriter } from './openslo.ts';
import { slothResourceWriter, slothWriter } from './sloth.ts';
import type { SpecWriter } from './spec-writer.ts';

const writers: Readonly<Partial<Record<SloFormat, SpecWriter>>> = {
  'citygauge/slo@1': nativeWriter,
  'openslo/v1': openSloWriter,
  'prometheus/v1': slothWriter,
  'sloth/k8s': slothResourceWriter,
};

/** Formats that SLOs can be written in. */
export const writtenFormats = Object.keys(writers) as SloFormat[];

function writerOf(format: SloFormat): SpecWriter {
  const writer = writers[format];
  if (writer) return writer;
  throw new InputError(`${format} is read, not written: convert to one of ${writtenFormats.join(', ')}`);
}

/**
 * SLOs as YAML of a format, in their order; reading it gives the same SLOs again, but for labels that both alerts share,
 * which OpenSLO has on each of them. InputError with each SLO and what of it the format has no words for.
 */
export function writeSpecs(slos: readonly Slo[], format: SloFormat): string {
  const { lacks, documentsOf } = writerOf(format);
  const faults = slos.flatMap((slo) =>
    lacks
      .filter((feature) => feature.isUsed(slo))
      .map(({ name, without }) => {
        const remedy = without
          ? 'remove it, or leave it out with --drop'
          : 'keep another format for this SLO';
        return `${slo.source.file} line ${slo.source.line}: ${slo.id}: ${format} has no ${name}; ${remedy}`;
      }),
  );
  if (faults.length > 0) throw new InputError(faults);
  return documentsOf(slos)
    .map((document) => printYaml(document))
    .join('---\n');
}

/** What of each SLO goes lost in a format, and the SLOs without it; what cannot be left out stays. */
export function dropFor(
  slos: readonly Slo[],
  format: SloFormat,
): {
  readonly slos: readonly Slo[];
  readonly dropped: readonly { readonly slo: string; readonly feature: string }[];
} {
  const { lacks } = writerOf(format);
  const dropped: { slo: string; feature: string }[] = [];
  const left = slos.map((slo) =>
    lacks.reduce((at, { name, isUsed, without }) => {
      if (!without || !isUsed(at)) return at;
      dropped.push({ slo: slo.id, feature: name });
      return without(at);
    }, slo),
  );
  return { slos: left, dropped };
}
