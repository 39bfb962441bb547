import assert from 'node:assert/strict';
import { rejectionOf } from '../../../test/scratch-folder.ts';
import { InputError } from '../../contract.ts';
import { readXml, type XmlTag } from './xml-stream.ts';

async function* once(text: string | Uint8Array, pieceBytes: number) {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
}

async function read(text: string | Uint8Array, pieceBytes = 1 << 20) {
  const seen: string[] = [];
  await readXml(
    { fileName: 'scan.xml', chunks: once(text, pieceBytes) },
    {
      documentType: 'nmaprun',
      open: ({ name }: XmlTag) => name === 'b',
      close({ name, uri, attributes }, said) {
        seen.push(`${name}|${uri}|${[...attributes].join(';')}|${said}`);
      },
    },
  );
  return seen;
}

async function faultOf(text: string | Uint8Array) {
  const error = await rejectionOf(read(text));
  assert.ok(error instanceof InputError, String(error.stack));
  return error.message;
}

const refusedType =
  'declares a document type, which may hold entities or external references and which no scanner writes: it is refused';

describe('reading XML', () => {
  it('tells elements with namespace, plain attributes and the text that is asked for', async () => {
    const text =
      '<?xml version="1.0"?><!DOCTYPE nmaprun><!-- c --><a xmlns="urn:a" xmlns:p="urn:p" k="1 &lt; 2" p:k="no"><p:b>x<c>y</c><![CDATA[<z>]]></p:b>t</a>';
    const expected = ['c|urn:a||null', 'b|urn:p||xy<z>', 'a|urn:a|k,1 < 2|null'];
    assert.deepEqual(await read(text), expected);
    assert.deepEqual(await read(text, 3), expected);
    const wide = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')]);
    assert.deepEqual(await read(wide, 1), expected);
  });

  it('refuses every declaration of entities and every reference to the outside', async () => {
    const laughs = `<?xml version="1.0"?>\n<!DOCTYPE nmaprun [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]><nmaprun>&b;</nmaprun>`;
    assert.equal(await faultOf(laughs), `scan.xml line 2: ${refusedType}`);
    for (const type of ['nmaprun SYSTEM "file:///etc/passwd"', 'html', 'nmaprun PUBLIC "-//x" "http://x/"'])
      assert.equal(await faultOf(`<!DOCTYPE ${type}><nmaprun/>`), `scan.xml line 1: ${refusedType}`);
    assert.match(
      await faultOf('<a>&own;</a>'),
      /^scan\.xml line 1: is not well-formed XML \(undefined entity/,
    );
  });

  it('refuses a million levels, and texts, attributes and comments of megabytes', async () => {
    assert.match(await faultOf('<a>'.repeat(1_000_000)), /nested deeper than 64 levels/);
    const much = 'x'.repeat(3_000_000);
    for (const text of [
      `<a k="${much}"/>`,
      `<b>${much}</b>`,
      `<a><!--${much}--></a>`,
      `<a ${'k="" '.repeat(900_000)}`,
    ])
      assert.match(await faultOf(text), /larger than 1 MB|not well-formed/);
    assert.match(await faultOf(`<b>${`${'x'.repeat(1000)}<c/>`.repeat(2000)}</b>`), /larger than 1 MB/);
  });

  it('refuses what is cut off, two roots, unknown prefixes and bytes that are no text, with the line', async () => {
    assert.equal(
      await faultOf('<a>\n<b>'),
      'scan.xml line 2: is not well-formed XML (unclosed tag: b); the file may be truncated: export or fetch it again',
    );
    assert.match(await faultOf('<a/><a/>'), /^scan\.xml line 1: is not well-formed XML/);
    assert.match(await faultOf('<p:a/>'), /unbound namespace prefix/);
    assert.equal(
      await faultOf(Buffer.concat([Buffer.from('<a>\n'), Buffer.from([0xc3, 0x28]), Buffer.from('</a>')])),
      'scan.xml line 1: near here bytes are not UTF-8; the file is damaged or of another encoding: export it again as UTF-8',
    );
  });
});
