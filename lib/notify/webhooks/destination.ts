import { lookup as systemLookup, type LookupAddress } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

/** Networks of IPv4 that are nobody's public address (RFC 6890 and what replaced it): this host, private, link-local, shared, documentation, multicast. */
const CLOSED_V4 = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 3],
] as const;

/** Within the global unicast range of IPv6, what carries an IPv4 address inside or is set aside. */
const CLOSED_V6 = [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const;

const closed = new BlockList();
for (const [network, prefix] of CLOSED_V4) closed.addSubnet(network, prefix, "ipv4");
for (const [network, prefix] of CLOSED_V6) closed.addSubnet(network, prefix, "ipv6");
const global6 = new BlockList();
global6.addSubnet("2000::", 3, "ipv6");

/** Whether an IP address is a public one. IPv6 outside the global unicast range (loopback, unique local, link-local, mapped IPv4, NAT64) is not. */
export function isPublicAddress(address: string): boolean {
  switch (isIP(address)) {
    case 4:
      return !closed.check(address, "ipv4");
    case 6:
      return global6.check(address, "ipv6") && !closed.check(address, "ipv6");
    default:
      return false;
  }
}

/** Why a webhook's address cannot be used, in words for who typed it; null when it can. What it resolves to is looked at with every connection. */
export function urlFault(text: string, allow: readonly string[]): string | null {
  if (text.length > 2_000 || !URL.canParse(text)) return "Enter an address such as https://example.com/hooks/remit.";
  const url = new URL(text);
  const allowed = isAllowed(url, allow);
  if (url.protocol !== "https:" && !(url.protocol === "http:" && allowed))
    return "The address must start with https://.";
  if (url.username !== "" || url.password !== "") return "The address must not carry a user name or password.";
  if (!allowed && (isIP(hostOf(url)) !== 0 ? !isPublicAddress(hostOf(url)) : isLocalName(hostOf(url))))
    return "The address leads into a private network. Whoever runs Remit can allow it with REMIT_WEBHOOK_ALLOW.";
  return null;
}

/** Without the brackets of an IPv6 address and the dot at the end of a full name. */
const hostOf = (url: URL): string => url.hostname.replace(/^\[|\]$/g, "").replace(/\.$/, "");

const isLocalName = (host: string): boolean => host === "localhost" || host.endsWith(".localhost");

/** Whether the operator allows the destination by name (REMIT_WEBHOOK_ALLOW: `host` or `host:port`), whatever it resolves to. */
export function isAllowed(url: URL, allow: readonly string[]): boolean {
  const port = url.port === "" ? (url.protocol === "https:" ? "443" : "80") : url.port;
  return allow.some((one) => one === hostOf(url) || one === url.hostname || one === `${url.hostname}:${port}`);
}

/** A name resolved to an address that must not be connected to. */
export class ClosedDestination extends Error {
  override name = "ClosedDestination";
}

/** Resolves a name to all its addresses as the system does; tests put their own in its place. */
export type Resolve = (
  hostname: string,
  done: (cause: NodeJS.ErrnoException | null, found: LookupAddress[]) => void,
) => void;

const systemResolve: Resolve = (hostname, done) => systemLookup(hostname, { all: true, verbatim: true }, done);

/**
 * A `lookup` for one connection: resolves once, refuses when any address found is not public, and hands over exactly the addresses that were
 * checked, so that a second answer of the name server (rebinding) is never asked for.
 */
export function checkedLookup(resolve: Resolve = systemResolve): LookupFunction {
  return (hostname, options, callback) =>
    resolve(hostname, (cause, found) => {
      const [first] = cause ? [] : found;
      if (cause || !first) callback(cause ?? new Error("the name has no address"), "", 0);
      else if (found.some(({ address }) => !isPublicAddress(address)))
        callback(new ClosedDestination("its name leads into a private network"), "", 0);
      else if (options.all) callback(null, found);
      else callback(null, first.address, first.family);
    });
}
