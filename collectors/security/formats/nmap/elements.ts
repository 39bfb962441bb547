/** What is read of one `host` of Nmap's XML (nmap.dtd). */
export interface NmapHost {
  readonly line: number;
  isUp: boolean;
  readonly isTimedOut: boolean;
  readonly addresses: { readonly address: string; readonly type: string }[];
  /** `user` = as it was asked for, `PTR` = as its address is called. */
  readonly names: { readonly name: string; readonly type: string }[];
  readonly ports: NmapPort[];
  /** Scripts about the host as a whole. */
  readonly scripts: NmapScript[];
}

export interface NmapPort {
  readonly line: number;
  readonly protocol: string;
  readonly port: string;
  /** `open`, `closed`, `filtered`, `open|filtered` ... */
  state: string;
  service: NmapService | null;
  readonly scripts: NmapScript[];
}

export interface NmapService {
  readonly name: string;
  /** True when the service was asked, false when its name is the usual one of the port. */
  readonly isProbed: boolean;
  readonly isEncrypted: boolean;
  readonly product: string | null;
  readonly version: string | null;
}

/** Output of a script (NSE) as a tree of keyed tables and texts. */
export interface NmapScript {
  readonly line: number;
  readonly id: string;
  /** As a person reads it. */
  readonly output: string;
  readonly tables: NmapTable[];
}

export interface NmapTable {
  readonly key: string;
  /** Of the elements without a key the key is ''. */
  readonly elements: { readonly key: string; text: string }[];
  readonly tables: NmapTable[];
}

export interface NmapRun {
  scanner: string | null;
  version: string | null;
  readonly hosts: NmapHost[];
  /** Whether any port was looked at. */
  hasPortScan: boolean;
  /** Seconds since 1970 and `success` or `error`; null where the run was broken off. */
  finished: { readonly time: string; readonly exit: string; readonly message: string } | null;
}
