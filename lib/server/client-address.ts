import type { IncomingMessage } from "node:http";
import { isIP } from "node:net";

/** Where a request came from, as its headers and its connection say it. */
export interface Hops {
  /** `X-Forwarded-For` as it came; every hop adds the one before it at the end, and the first ones are the client's own words. */
  forwarded: string | undefined;
  /** The other end of the connection. */
  socket: string | undefined;
}

/**
 * The address of the client behind so many trusted proxies, null when nobody knows it. Each trusted proxy vouches for the entry that it added, so
 * that with none it is the other end of the connection, whatever the header says. What is no address is passed over towards the nearest hop.
 */
export function clientAddress({ forwarded, socket }: Hops, trustedProxies: number): string | null {
  const entries = trustedProxies === 0 ? [] : (forwarded ?? "").split(",");
  const hops = [...entries, socket ?? ""];
  const known = hops.slice(Math.max(0, hops.length - 1 - trustedProxies)).flatMap((hop) => addressOf(hop) ?? []);
  return known[0] ?? null;
}

/** Leaves in `X-Forwarded-For` the client's address alone, so that nothing behind this has to know what can be trusted. */
export function keepClientAddress(request: IncomingMessage, trustedProxies: number): void {
  const forwarded = request.headers["x-forwarded-for"];
  const hops = {
    forwarded: Array.isArray(forwarded) ? forwarded.join(",") : forwarded,
    socket: request.socket.remoteAddress,
  };
  const address = clientAddress(hops, trustedProxies);
  if (address === null) delete request.headers["x-forwarded-for"];
  else request.headers["x-forwarded-for"] = address;
}

/** Without the port and the brackets that some proxies write, and one IPv4 address in one form. */
function addressOf(hop: string): string | null {
  const text = hop.trim();
  const bare = /^\[([^\]]+)\](?::\d+)?$/.exec(text)?.[1] ?? /^([\d.]+):\d+$/.exec(text)?.[1] ?? text;
  const address = bare.toLowerCase().replace(/^::ffff:(?=[\d.]+$)/, "");
  return isIP(address) === 0 ? null : address;
}
