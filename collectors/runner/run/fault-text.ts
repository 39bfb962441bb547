import {
  CollectorFault,
  type CollectorYield,
  InputError,
  NetworkFault,
  type networkFaultKinds,
  type Text,
} from '../../contract.ts';

/** Why a run came to nothing, and what to do about it. */
export interface FaultText {
  readonly reason: Text;
  readonly remedy: Text | null;
  /** True when another attempt within the same run cannot help. */
  readonly isFinal: boolean;
  /** See CollectorFault. */
  readonly brought?: CollectorYield | null;
}

const checkTarget: Text = {
  zh: '请确认目标服务正在运行，且本机可以访问该地址和端口',
  en: 'see that the target is running and that this machine may reach its address and port',
};

const networkWords: Readonly<Record<(typeof networkFaultKinds)[number], { zh: string; remedy: Text }>> = {
  resolve: {
    zh: '域名解析失败',
    remedy: { zh: '请检查域名拼写和域名服务器', en: 'check how the name is spelt, and the name server' },
  },
  connect: { zh: '无法建立连接', remedy: checkTarget },
  tls: {
    zh: 'TLS 握手失败',
    remedy: {
      zh: '请检查证书有效期、域名和签发机构，必要时在设置中指定 ca',
      en: 'check the certificate’s dates, names and issuer; name its authority under "ca" if it is your own',
    },
  },
  timeout: {
    zh: '等待应答超时',
    remedy: {
      zh: '请检查目标负载，或调大该采集任务的 timeout',
      en: 'look at the load of the target, or give the job a longer timeout',
    },
  },
  tooLarge: {
    zh: '应答内容过大',
    remedy: { zh: '请确认地址是否正确', en: 'see whether the address is the right one' },
  },
  protocol: {
    zh: '应答不符合协议',
    remedy: {
      zh: '请确认地址、端口和协议是否对应',
      en: 'see that address, port and protocol belong together',
    },
  },
  aborted: { zh: '采集被中止', remedy: checkTarget },
};

/** What was thrown, in words for both languages. */
export function faultText(error: unknown): FaultText {
  if (error instanceof CollectorFault) {
    const { reason, remedy, isFinal, brought } = error;
    return { reason, remedy, isFinal, brought };
  }
  if (error instanceof NetworkFault) {
    if (error.remedy) return { reason: error.reason, remedy: error.remedy, isFinal: false };
    const { zh, remedy } = networkWords[error.kind];
    return { reason: { zh: `${zh}：${error.message}`, en: error.message }, remedy, isFinal: false };
  }
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof InputError) {
    return {
      reason: { zh: error.zh ?? `设置或数据有误：${message}`, en: message },
      remedy: null,
      isFinal: true,
    };
  }
  return {
    reason: { zh: `采集器内部错误：${message}`, en: `an internal fault of the collector: ${message}` },
    remedy: {
      zh: '请将此信息反馈给开发者',
      en: 'report it with this text',
    },
    isFinal: true,
  };
}

export function timeoutText(timeout: string): FaultText {
  return {
    reason: {
      zh: `采集超时：${timeout} 内未完成`,
      en: `the run did not end within its timeout of ${timeout}`,
    },
    remedy: networkWords.timeout.remedy,
    isFinal: true,
  };
}
