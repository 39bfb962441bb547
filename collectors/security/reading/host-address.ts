/** `0:0:0:0:0:0:0:1` and `::1` are the same. */
function shortForm(address: string): string {
  return address.includes(':') && URL.canParse(`http://[${address}]`)
    ? new URL(`http://[${address}]`).hostname.slice(1, -1)
    : address;
}

/** Loopback, link-local and unspecified addresses, which many hosts have at once. */
const shared = /^(?:127\.|169\.254\.|0\.0\.0\.0$|::1?$|fe[89ab][0-9a-f]:|localhost$|localhost\.)/i;

/** The names and addresses that tell one host from another, each once, IPv6 in its short form. */
export function tellingNames(names: readonly string[]): string[] {
  const all = names.map((name) => shortForm(name.trim())).filter((name) => name !== '' && !shared.test(name));
  return [...new Set(all)];
}
