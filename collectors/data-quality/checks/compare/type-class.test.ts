import assert from 'node:assert/strict';
import { fits, typeClassOf } from './type-class.ts';

const typesOf = {
  text: [
    'VARCHAR',
    'character varying(20)',
    'text',
    'varchar(40)',
    'longtext',
    'char(3)',
    'uuid',
    "enum('a')",
    'NVARCHAR(9)',
  ],
  integer: [
    'BIGINT',
    'UTINYINT',
    'integer',
    'smallint',
    'int(11)',
    'bigint(20) unsigned',
    'INT',
    'int4',
    'mediumint(8)',
  ],
  number: ['DOUBLE', 'DECIMAL(18,3)', 'double precision', 'numeric(10,2)', 'float', 'REAL'],
  instant: ['TIMESTAMP WITH TIME ZONE', 'timestamp without time zone', 'datetime(6)', 'TIMESTAMP_NS'],
  date: ['DATE', 'date'],
  boolean: ['BOOLEAN', 'boolean', 'tinyint(1)', 'bit(1)'],
};

describe('class of a type', () => {
  for (const [expected, types] of Object.entries(typesOf)) {
    it(`is ${expected} for ${types.join(', ')}`, () => {
      assert.deepEqual(
        types.map(typeClassOf),
        types.map(() => expected),
      );
    });
  }

  it('is none for intervals, blobs, lists and columns without a type', () => {
    assert.deepEqual(
      ['interval', 'BLOB', 'STRUCT(a INTEGER)', '', 'point'].map(typeClassOf),
      Array(5).fill(null),
    );
  });

  it('lets whole numbers stand for numbers, not the other way round', () => {
    assert.deepEqual(
      [fits('integer', 'number'), fits('number', 'integer'), fits(null, 'text')],
      [true, false, false],
    );
  });
});
