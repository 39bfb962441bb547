import { InputError, type Text } from '../../../scoring/contract.ts';

/**
 * Why a query came to nothing. `unreachable`, `refused` and `garbage` concern every query; `tooLarge` may succeed in
 * smaller pieces; `query` is the query's own fault; `partial` answers are incomplete.
 */
export type PromqlFaultKind = 'unreachable' | 'refused' | 'garbage' | 'tooLarge' | 'query' | 'partial';

export class PromqlFault extends Error {
  readonly kind: PromqlFaultKind;
  readonly reason: Text;
  constructor(kind: PromqlFaultKind, reason: Text, options?: ErrorOptions) {
    super(reason.en, options);
    this.name = 'PromqlFault';
    this.kind = kind;
    this.reason = reason;
  }
}

export function unreachable(server: string, told: string, attempts: number): Text {
  return {
    zh: `PromQL 服务器 ${server} 无响应（尝试 ${attempts} 次，最后一次：${told}）：请启动该服务器，或更正 PROMETHEUS_URL。`,
    en: `The PromQL server ${server} does not answer (${attempts} attempts, last: ${told}): start it, or correct PROMETHEUS_URL.`,
  };
}

export function hanging(server: string, seconds: number): Text {
  return {
    zh: `PromQL 服务器 ${server} 在 ${seconds} 秒内未答复：请检查其负载，或缩小该度量的选择范围。`,
    en: `The PromQL server ${server} gave no answer within ${seconds} s: look at its load, or narrow the measure's selector.`,
  };
}

export function unauthorised(server: string, status: number): Text {
  return {
    zh: `PromQL 服务器 ${server} 拒绝访问（HTTP ${status}）：请更正 PROMETHEUS_URL 中的用户名和密码，或设置 PROMETHEUS_BEARER_TOKEN。`,
    en: `The PromQL server ${server} refuses access (HTTP ${status}): correct user and password in PROMETHEUS_URL, or set PROMETHEUS_BEARER_TOKEN.`,
  };
}

export function noPromql(server: string, status: number, told: string): Text {
  return {
    zh: `${server} 的应答不是 PromQL 接口的格式（HTTP ${status}：${told}）：请核对 PROMETHEUS_URL 是否指向 Prometheus、VictoriaMetrics、Mimir 或 Thanos，且中间没有登录页面。`,
    en: `${server} does not answer as a PromQL server (HTTP ${status}: ${told}): check that PROMETHEUS_URL names Prometheus, VictoriaMetrics, Mimir or Thanos, without a login page in between.`,
  };
}

export function overLimit(server: string, told: string): Text {
  return {
    zh: `查询超出 PromQL 服务器 ${server} 的限制（${told}），分段后仍未成功：请提高其限制，或缩小该度量的选择范围。`,
    en: `The query exceeds a limit of the PromQL server ${server} (${told}), also in pieces: raise the limit, or narrow the measure's selector.`,
  };
}

export function badQuery(server: string, told: string): Text {
  return {
    zh: `PromQL 服务器 ${server} 不接受该查询（${told}）：请更正模型中的度量方式。`,
    en: `The PromQL server ${server} rejects the query (${told}): correct the measure in the model.`,
  };
}

export function partialAnswer(server: string, told: string): Text {
  return {
    zh: `PromQL 服务器 ${server} 的应答不完整（${told}）：请恢复其存储节点后重新评估。`,
    en: `The answer of the PromQL server ${server} is incomplete (${told}): restore its storage nodes, then evaluate again.`,
  };
}

export function severalResults(found: number): Text {
  return {
    zh: `查询返回 ${found} 条序列，而指标需要一个数值：请在 PromQL 中用 avg、sum 等聚合为一条。`,
    en: `The query returns ${found} series where the figure needs one value: aggregate them in the PromQL (avg, sum ...).`,
  };
}

/** A fault of the server or of a query as bad input, for whoever asked for just that. */
export async function asInput<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (cause instanceof PromqlFault) throw new InputError(cause.reason.en, { cause });
    throw cause;
  }
}
