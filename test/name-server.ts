import { createSocket } from 'node:dgram';

/** A DNS server on UDP of 127.0.0.1 that knows a handful of names of the zone `city.test`. */
export interface NameServer {
  /** `127.0.0.1:41234` */
  readonly address: string;
  stop(): Promise<void>;
}

interface Answer {
  /** Of the header: 0 good, 2 SERVFAIL, 3 NXDOMAIN. */
  readonly code: number;
  readonly records: readonly { readonly type: number; readonly data: Buffer }[];
}

const types = { A: 1, MX: 15, TXT: 16, AAAA: 28 } as const;
const ipv4 = (address: string) => ({ type: types.A, data: Buffer.from(address.split('.').map(Number)) });
const names = (name: string) =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ]);

const zone: Readonly<Record<string, Answer>> = {
  'www.city.test/1': { code: 0, records: [ipv4('192.0.2.7'), ipv4('192.0.2.8')] },
  'www.city.test/28': {
    code: 0,
    records: [{ type: types.AAAA, data: Buffer.from('20010db8000000000000000000000007', 'hex') }],
  },
  'city.test/15': {
    code: 0,
    records: [{ type: types.MX, data: Buffer.concat([Buffer.from([0, 10]), names('mail.city.test')]) }],
  },
  'city.test/16': { code: 0, records: [{ type: types.TXT, data: Buffer.from('\x04v=a1\x02-b') }] },
  'broken.city.test/1': { code: 2, records: [] },
};

/** Never answers `silent.city.test`. */
export async function startNameServer(): Promise<NameServer> {
  const socket = createSocket('udp4');
  socket.on('message', (question, from) => {
    const { name, type, end } = readQuestion(question);
    if (name === 'silent.city.test') return;
    const answer = zone[`${name}/${type}`] ?? { code: 3, records: [] };
    socket.send(replyTo(question.subarray(0, end), answer), from.port, from.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, '127.0.0.1', resolve));
  return {
    address: `127.0.0.1:${socket.address().port}`,
    stop: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

function readQuestion(packet: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = packet[at] ?? 0; length > 0; length = packet[at] ?? 0) {
    labels.push(packet.toString('latin1', at + 1, at + 1 + length).toLowerCase());
    at += 1 + length;
  }
  return { name: labels.join('.'), type: packet.readUInt16BE(at + 1), end: at + 5 };
}

function replyTo(question: Buffer, { code, records }: Answer): Buffer {
  const header = Buffer.from(question.subarray(0, 12));
  header.writeUInt16BE(0x8180 | code, 2);
  header.writeUInt16BE(records.length, 6);
  header.writeUInt32BE(0, 8);
  const sections = records.map(({ type, data }) => {
    const record = Buffer.alloc(12);
    record.writeUInt16BE(0xc00c, 0);
    record.writeUInt16BE(type, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt32BE(60, 6);
    record.writeUInt16BE(data.length, 10);
    return Buffer.concat([record, data]);
  });
  return Buffer.concat([header, question.subarray(12), ...sections]);
}
