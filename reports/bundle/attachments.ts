import { canonicalBytes, type Model } from '../../scoring/contract.ts';
import type { ReportBundle } from '../contract.ts';
import type { PdfAttachment } from '../pdf/canvas.ts';

export const bundleFileName = 'citygauge-bundle.json';

/** The files a PDF carries: the bundle is all that verification reads, the others are for people. */
export function attachmentsOf(bundle: ReportBundle, models: readonly Model[]): PdfAttachment[] {
  return [
    {
      name: bundleFileName,
      bytes: canonicalBytes(bundle),
      mediaType: 'application/json',
      relationship: 'Source',
      description: 'Everything this report is made from; citygauge verify recomputes it',
    },
    {
      name: 'evaluation.json',
      bytes: canonicalBytes(bundle.evaluation),
      mediaType: 'application/json',
      relationship: 'Data',
      description: `Evaluation ${bundle.evaluation.sha256}`,
    },
    ...models.map(
      (model): PdfAttachment => ({
        name: `model-${model.id}-${model.version}-${model.sha256.slice(0, 8)}.yaml`,
        bytes: new TextEncoder().encode(model.yaml),
        mediaType: 'application/yaml',
        relationship: 'Supplement',
        description: `Evaluation model ${model.id} ${model.version}`,
      }),
    ),
  ];
}
