import ipaddr from 'ipaddr.js';

/** Whether a host of a URL or setting (a name, IPv4, IPv6 with or without brackets) is this machine alone. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[(.*)\]$/, '$1');
  if (name === 'localhost' || name.endsWith('.localhost')) return true;
  return ipaddr.isValid(name) && ipaddr.process(name).range() === 'loopback';
}
