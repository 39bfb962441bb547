import type { Block } from '../blocks.ts';
import type { ReportContext } from '../context.ts';

export function writeSignOff(context: ReportContext): Block[] {
  const { bundle, evaluation, words } = context;
  const fields = [words('signOff.name'), words('signOff.signature'), words('signOff.date')];
  return [
    { kind: 'heading', level: 1, id: 'sign-off', text: words('signOff.title'), startsPage: true },
    {
      kind: 'paragraph',
      style: 'body',
      text: words('signOff.statement', { number: bundle.number, sha256: evaluation.sha256 }),
    },
    {
      kind: 'signOff',
      roles: [
        { role: words('signOff.prepared'), fields },
        { role: words('signOff.reviewed'), fields },
        { role: words('signOff.approved'), fields },
      ],
    },
    { kind: 'paragraph', style: 'note', text: words('signOff.note') },
  ];
}
