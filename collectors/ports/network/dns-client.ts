import { promises as dns, type MxRecord, type SoaRecord, type SrvRecord } from 'node:dns';
import type { NetworkPort } from '../../contract.ts';
import { ExchangeClock } from './exchange-clock.ts';

/** Asks once more within the same time when the first question is lost. */
const tries = 2;

/** `NetworkPort.resolve`: a question to a name server, without the system's hosts file and cache. */
export const resolveName: NetworkPort['resolve'] = async ({ name, type, server, ...limits }) => {
  const address = `${name} (${type}${server === undefined ? '' : `, ${server}`})`;
  const clock = new ExchangeClock(address, limits.timeoutMilliseconds, limits.signal);
  try {
    const resolver = new dns.Resolver({ timeout: Math.ceil(limits.timeoutMilliseconds / tries), tries });
    clock.begin('resolve');
    if (server !== undefined) resolver.setServers([server]);
    clock.hold({ destroy: () => resolver.cancel() });
    const answers = await answersOf(resolver, name, type);
    clock.finish();
    return { answers, phases: clock.phases };
  } catch (error) {
    throw clock.faultOf(error as Error);
  } finally {
    clock.release();
  }
};

type RecordType = Parameters<NetworkPort['resolve']>[0]['type'];

async function answersOf(resolver: dns.Resolver, name: string, type: RecordType): Promise<string[]> {
  switch (type) {
    case 'A':
      return resolver.resolve4(name);
    case 'AAAA':
      return resolver.resolve6(name);
    case 'CNAME':
      return resolver.resolveCname(name);
    case 'NS':
      return resolver.resolveNs(name);
    case 'TXT':
      return (await resolver.resolveTxt(name)).map((parts) => parts.join(''));
    case 'MX':
      return (await resolver.resolveMx(name)).map(mailText);
    case 'SRV':
      return (await resolver.resolveSrv(name)).map(serviceText);
    case 'SOA':
      return [authorityText(await resolver.resolveSoa(name))];
  }
}

const mailText = ({ priority, exchange }: MxRecord) => `${priority} ${exchange}`;
const serviceText = ({ priority, weight, port, name }: SrvRecord) => `${priority} ${weight} ${port} ${name}`;
const authorityText = ({ nsname, hostmaster, serial, refresh, retry, expire, minttl }: SoaRecord) =>
  [nsname, hostmaster, serial, refresh, retry, expire, minttl].join(' ');
