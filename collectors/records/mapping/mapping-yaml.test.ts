import assert from 'node:assert/strict';
import { rejectionOf, scratchFolder } from '../../../test/scratch-folder.ts';
import { InputError } from '../../contract.ts';
import { mappingJsonSchema } from './mapping.ts';
import { readMappingFile } from './mapping-file.ts';
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
  const scratch = scratchFolder();

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
    assert.deepEqual(faults, [
      'm.yaml line 2 timeZone: "America/Bosten" is not a time zone of the IANA database; write for example Asia/Shanghai',
      'm.yaml line 3 timeFormat: "DD" in "DD/MM/YYYY" is not known; write yyyy, MM, M, dd, d, HH, H, hh, h, mm, m, ss, s, SSS, a, XXX, or quote it',
      'm.yaml line 4 delimiter: ";;" has 2 characters: write exactly 1',
      'm.yaml line 6 colour: unknown key "colour": remove it',
      'm.yaml line 10 fields.accepted.scale: "permille" is not known: write one of ratio, percent',
    ]);
  });

  it('says in plain words what is missing, of the wrong type or out of range', () => {
    assert.deepEqual(faultsOf('id: CASE\n'), [
      'm.yaml line 1 kind: "kind" is missing: write one of work-orders, requirements, incidents, security-events, surveys, entries, observations',
      'm.yaml line 1 fields: "fields" is missing: say which column fills which field',
    ]);
    assert.deepEqual(
      faultsOf(`kind: surveys
headerLine: 0
sheet: ''
emptyValues: [7]
subject: {column: A, as: nam, prefix: Ä}
fields:
  score: {colum: X}
  scale: 5
`),
      [
        'm.yaml line 2 headerLine: 0 is out of range: write at least 1',
        'm.yaml line 3 sheet: the text is empty: fill it in or remove the key',
        'm.yaml line 4 emptyValues[0]: 7 stands where a text is needed; put it in quotes',
        'm.yaml line 5 subject.as: "nam" is not known: write one of name, id',
        'm.yaml line 5 subject.prefix: "Ä" cannot be used: write lower-case letters, digits and single hyphens',
        'm.yaml line 7 fields.score.column: "column" is missing: name the column of the file, or give a constant',
        'm.yaml line 7 fields.score.colum: unknown key "colum"; did you mean column?',
        'm.yaml line 8 fields.scale: 5 stands where a text is needed; put it in quotes',
      ],
    );
  });

  it('may call percentages only what can be a share', () => {
    const yaml =
      'kind: entries\nfields:\n  indicator: a\n  period: {column: b, scale: percent}\n  denominator: {column: c, scale: percent}\n';
    assert.deepEqual(faultsOf(yaml), [
      'm.yaml line 4 fields.period.scale: "scale: percent" cannot stand at period, which is of type text: remove it',
      'm.yaml line 5 fields.denominator.scale: "scale: percent" cannot stand at denominator, which is no share: remove it',
    ]);
  });

  it('that names unknown fields or lacks what the kind needs is told what was meant', () => {
    assert.deepEqual(faultsOf('kind: security-events\nfields:\n  clas: Art\n  wetter: W\n'), [
      'm.yaml line 1 id: "id" is missing; security-events need the column that identifies a record',
      'm.yaml line 3 fields.clas: "clas" is not a field of security-events; did you mean class?',
      'm.yaml line 3 fields: "class" is missing; security-events need it',
      'm.yaml line 3 fields: "found" is missing; security-events need it',
      'm.yaml line 4 fields.wetter: "wetter" is not a field of security-events; its fields are class, severity, found, contained, closed, due, reopened, alarm',
    ]);
  });

  it('that is not YAML names the line', () => {
    assert.deepEqual(faultsOf('kind: work-orders\nfields: {accepted: a\nid: x\n'), [
      'm.yaml line 3: YAML: Flow map in block collection must be sufficiently indented and end with a }',
    ]);
    assert.deepEqual(faultsOf('kind: work-orders\nkind: surveys\n'), [
      'm.yaml line 2: the key "kind" stands twice in this mapping',
    ]);
    assert.deepEqual(faultsOf('a: b: c\n'), [
      'm.yaml line 1: YAML: Nested mappings are not allowed in compact mappings',
    ]);
    assert.deepEqual(faultsOf(''), ['m.yaml: the file is empty']);
    assert.deepEqual(faultsOf('hello'), [
      'm.yaml line 1: "hello" stands where a mapping of keys to values is needed',
    ]);
  });

  it('made to do harm is refused with one sentence', () => {
    const laughs = Array.from(
      { length: 9 },
      (_, i) => `a${i}: &a${i} [${Array(9).fill(i ? `*a${i - 1}` : 'lol')}]`,
    ).join('\n');
    assert.deepEqual(faultsOf(laughs), [
      'm.yaml line 5: more than 20000 values once its aliases are expanded',
    ]);
    assert.deepEqual(faultsOf('['.repeat(20_000)), ['m.yaml: the file is nested deeper than 24 levels']);
    assert.deepEqual(faultsOf('x'.repeat(600_000)), [
      'm.yaml: the file is longer than 524288 characters (600000)',
    ]);
  });

  it('of tens of megabytes is not read to its end', async () => {
    const path = scratch.write('huge.yaml', 'a: b\n'.repeat(6_000_000));
    const error = await rejectionOf(readMappingFile(path));
    assert.equal(error.message, `mapping ${path} is longer than 2097152 bytes: name a mapping file`);
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
