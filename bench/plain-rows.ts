import { importFile, readMappingFile } from '../collectors/records.ts';
import { bostonMapping } from './workspace-folder.ts';

/** The Boston rows as the columns of the yardstick's table. */
export async function plainRows(path: string): Promise<(string | null)[][]> {
  const { mapping } = await readMappingFile(bostonMapping);
  const reader = importFile({
    path,
    kind: 'work-orders',
    subject: {
      id: 'boston',
      name: { zh: '', en: '' },
      kind: 'city',
      parent: null,
      timeZone: 'America/New_York',
      isSample: false,
    },
    mapping,
    isSubject: () => false,
    indicators: null,
  });
  const fields = ['type', 'channel', 'neighbourhood', 'accepted', 'due', 'closed', 'status', 'ownerUnit'];
  const rows: (string | null)[][] = [];
  for await (const batch of reader.batches) {
    for (const record of batch.records) {
      rows.push([
        record.id,
        record.subject,
        ...fields.map((name) => (record.fields[name] ?? null) as string | null),
      ]);
    }
  }
  return rows;
}
