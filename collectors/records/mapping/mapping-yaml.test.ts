import assert from 'node:assert/strict';
import { InputError } from '../../contract.ts';
import { mappingJsonSchema } from './mapping.ts';
import { parseMapping } from './mapping-yaml.ts';

function faultsOf(yaml: string): readonly string[] {
  try {
    parseMapping(yaml, 'm.yaml');
  } catch (error) {
    if (error instanceof InputError) return error.faults;
    throw error;
  }
  return assert.fail('no fault');
}

const good = `kind: work-orders
timeZone: America/New_York
timeFormat: [MM/dd/yyyy hh:mm:ss a, iso]
id: CASE
fields:
  accepted: OPEN_DT
  channel:
    column: Source
    values: {Self Service: citizen}
    otherwise: null
`;

describe('a mapping', () => {
  it('is read from YAML, with its defaults', () => {
    assert.deepEqual(parseMapping(good, 'm.yaml'), {
      kind: 'work-orders',
      timeZone: 'America/New_York',
      timeFormat: ['MM/dd/yyyy hh:mm:ss a', 'iso'],
      emptyValues: [],
      id: 'CASE',
      fields: {
        accepted: 'OPEN_DT',
        channel: { column: 'Source', values: { 'Self Service': 'citizen' }, otherwise: null },
      },
    });
  });

  it('tells all its faults together, each with line and path', () => {
    const faults = faultsOf(`kind: work-orders
timeZone: America/Bosten
timeFormat: DD/MM/YYYY
delimiter: ';;'
id: CASE
colour: red
fields:
  accepted:
    column: OPEN_DT
    scale: permille
`);
    assert.equal(faults.length, 5);
    assert.ok(
      faults.includes(
        'm.yaml line 2 timeZone: is not a time zone of the IANA database; write for example Asia/Shanghai',
      ),
    );
    assert.ok(
      faults.some((fault) => /^m\.yaml line 3 timeFormat: .*"DD" in "DD\/MM\/YYYY" is not known/.test(fault)),
      faults.join('\n'),
    );
    assert.ok(faults.some((fault) => /^m\.yaml line 4 delimiter: /.test(fault)));
    assert.ok(faults.some((fault) => /^m\.yaml line \d+: Unrecognized key: "colour"/.test(fault)));
    assert.ok(
      faults.includes(
        'm.yaml line 10 fields.accepted.scale: Invalid option: expected one of "ratio"|"percent"',
      ),
      faults.join('\n'),
    );
  });

  it('that names unknown fields or lacks what the kind needs is told what was meant', () => {
    assert.deepEqual(faultsOf('kind: security-events\nfields:\n  clas: Art\n  wetter: W\n'), [
      'm.yaml line 3 fields.clas: "clas" is not a field of security-events; did you mean class?',
      'm.yaml line 4 fields.wetter: "wetter" is not a field of security-events; its fields are class, severity, found, contained, closed, due',
      'm.yaml line 3 fields: "class" is missing; security-events need it',
      'm.yaml line 3 fields: "found" is missing; security-events need it',
      'm.yaml line 1 id: "id" is missing; security-events need the column that identifies a record',
    ]);
  });

  it('that is not YAML names the line', () => {
    assert.match(faultsOf('kind: work-orders\nfields: {accepted: a\nid: x\n')[0] ?? '', /^m\.yaml line \d: /);
    assert.match(
      faultsOf('kind: work-orders\nkind: surveys\n')[0] ?? '',
      /^m\.yaml line 2: Map keys must be unique/,
    );
    assert.match(faultsOf('')[0] ?? '', /^m\.yaml line 1: /);
  });

  it('has a published JSON schema that names its keys', () => {
    const schema = mappingJsonSchema() as { properties: Record<string, unknown>; required: string[] };
    assert.deepEqual(schema.required, ['kind', 'fields']);
    assert.deepEqual(Object.keys(schema.properties), [
      'kind',
      'description',
      'encoding',
      'delimiter',
      'quote',
      'headerLine',
      'sheet',
      'timeZone',
      'timeFormat',
      'emptyValues',
      'id',
      'subject',
      'fields',
    ]);
  });
});
