import { NetworkFault, type Phases, type Text, type TlsSession } from '../../contract.ts';

type Kind = NetworkFault['kind'];
type PhaseName = keyof Phases;

const phaseTexts: Readonly<Record<PhaseName, Text>> = {
  resolve: { zh: '解析域名', en: 'resolving the name' },
  connect: { zh: '建立连接', en: 'connecting' },
  tls: { zh: 'TLS 握手', en: 'the TLS handshake' },
  processing: { zh: '等待应答', en: 'waiting for the answer' },
  transfer: { zh: '接收应答', en: 'receiving the answer' },
};

interface Circumstances {
  /** `host:port` or the URL without query and credentials. */
  readonly address: string;
  readonly phases: Phases;
  readonly tls?: TlsSession | null;
  readonly cause?: unknown;
}

function faultOf(kind: Kind, reason: Text, remedy: Text, circumstances: Circumstances): NetworkFault {
  const { phases, tls = null, cause } = circumstances;
  return new NetworkFault(kind, `${reason.en}: ${remedy.en}`, { reason, remedy, phases, tls, cause });
}

export function timedOut(seconds: number, during: PhaseName, circumstances: Circumstances): NetworkFault {
  const { address } = circumstances;
  const phase = phaseTexts[during];
  return faultOf(
    'timeout',
    {
      zh: `${address} 在 ${seconds} 秒内未完成（停在“${phase.zh}”阶段）`,
      en: `${address} was not done within ${seconds} s (while ${phase.en})`,
    },
    {
      zh: '检查目标负载与网络，或放宽超时时间',
      en: 'check the load of the target and the network, or allow more time',
    },
    circumstances,
  );
}

export function aborted(circumstances: Circumstances): NetworkFault {
  const { address } = circumstances;
  return faultOf(
    'aborted',
    { zh: `对 ${address} 的访问被中止`, en: `the exchange with ${address} was stopped` },
    {
      zh: '任务超时或程序退出所致，下一轮会重试',
      en: 'its run timed out or the program ends; the next run tries again',
    },
    circumstances,
  );
}

export function tooLarge(maxBytes: number, circumstances: Circumstances): NetworkFault {
  const { address } = circumstances;
  return faultOf(
    'tooLarge',
    {
      zh: `${address} 的应答超过 ${maxBytes} 字节（解压后）`,
      en: `the answer of ${address} is larger than ${maxBytes} bytes once decompressed`,
    },
    { zh: '检查地址是否正确，或提高上限', en: 'check that it is the right address, or raise the limit' },
    circumstances,
  );
}

export function protocolFault(detail: Text, circumstances: Circumstances): NetworkFault {
  const { address } = circumstances;
  return faultOf(
    'protocol',
    { zh: `${address} 的应答不合协议：${detail.zh}`, en: `${address} broke the protocol: ${detail.en}` },
    {
      zh: '检查该端口上的服务及其前置代理',
      en: 'check which service answers at that port, and any proxy in front of it',
    },
    circumstances,
  );
}

export function untrusted(session: TlsSession, circumstances: Circumstances): NetworkFault {
  const { address } = circumstances;
  const [leaf] = session.chain;
  const shown = leaf
    ? { zh: `（证书 ${leaf.subject}）`, en: ` (certificate ${leaf.subject})` }
    : { zh: '', en: '' };
  return faultOf(
    'tls',
    {
      zh: `${address} 的证书不可信：${session.fault}${shown.zh}`,
      en: `the certificate of ${address} is not trusted: ${session.fault}${shown.en}`,
    },
    certificateRemedy(session.fault ?? ''),
    { ...circumstances, tls: session },
  );
}

function certificateRemedy(fault: string): Text {
  if (fault === 'CERT_HAS_EXPIRED') return { zh: '更换已过期的证书', en: 'renew the expired certificate' };
  if (fault === 'ERR_TLS_CERT_ALTNAME_INVALID') {
    return {
      zh: '使用证书所含的名称访问，或设置 tls.serverName',
      en: 'use a name that the certificate holds, or set tls.serverName',
    };
  }
  return { zh: '在 tls.ca 中给出签发机构证书', en: 'give the certificate of its authority as tls.ca' };
}

export function noSuchVersion(family: 4 | 6, circumstances: Circumstances): NetworkFault {
  const { address } = circumstances;
  return faultOf(
    'resolve',
    { zh: `${address} 没有 IPv${family} 地址`, en: `${address} has no IPv${family} address` },
    { zh: '改用其他 IP 版本或改用域名', en: 'use the other version of IP, or a name' },
    circumstances,
  );
}

const connectRemedies: Readonly<Record<string, Text>> = {
  ECONNREFUSED: { zh: '检查服务是否运行并监听该端口', en: 'check that the service runs and listens there' },
  EHOSTUNREACH: { zh: '检查路由与防火墙', en: 'check the route and the firewall' },
  ENETUNREACH: {
    zh: '本机没有通往该网络（或该 IP 版本）的路由',
    en: 'this machine has no route to that network or IP version',
  },
  ECONNRESET: { zh: '对端关闭了连接，查看其日志', en: 'the other end closed the connection; see its log' },
};

/** From what a socket, a look-up or a parser said, by the phase in which it said so. */
export function fromError(error: Error, during: PhaseName, circumstances: Circumstances): NetworkFault {
  if (error instanceof NetworkFault) return error;
  const { address } = circumstances;
  const code = (error as NodeJS.ErrnoException).code ?? error.message;
  const all = { ...circumstances, cause: error };
  if (during === 'resolve' || code === 'ENOTFOUND' || code === 'EAI_AGAIN') {
    return faultOf(
      'resolve',
      {
        zh: `${address} 的域名无法解析（${code}）`,
        en: `the name of ${address} cannot be resolved (${code})`,
      },
      { zh: '检查名称拼写与域名服务器', en: 'check its spelling and the name server' },
      all,
    );
  }
  if (during === 'connect') {
    return faultOf(
      'connect',
      { zh: `无法连接 ${address}（${code}）`, en: `cannot connect to ${address} (${code})` },
      connectRemedies[code] ?? {
        zh: '检查网络与目标状态',
        en: 'check the network and the state of the target',
      },
      all,
    );
  }
  if (during === 'tls') {
    return faultOf(
      'tls',
      {
        zh: `与 ${address} 的 TLS 握手失败（${code}）`,
        en: `the TLS handshake with ${address} failed (${code})`,
      },
      {
        zh: '检查该端口是否提供 TLS、协议版本以及是否要求客户端证书',
        en: 'check that the port speaks TLS, its versions, and whether it wants a client certificate',
      },
      all,
    );
  }
  return protocolFault(closedOr(code), all);
}

function closedOr(code: string): Text {
  return code === 'ECONNRESET' || code === 'EPIPE'
    ? {
        zh: '应答未完即关闭连接',
        en: 'it closed the connection before its answer was complete',
      }
    : { zh: code, en: code };
}
