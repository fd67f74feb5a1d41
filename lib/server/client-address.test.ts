import { createServer } from "node:http";

import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { clientAddress, keepClientAddress } from "@/lib/server/client-address";

const SOCKET = "10.0.0.9";

describe("the address that sign-in is throttled by", () => {
  it.each([
    ["the connection's, whatever is claimed", "203.0.113.7", 0, SOCKET],
    ["what the one proxy says", "203.0.113.7", 1, "203.0.113.7"],
    ["what the one proxy says, not what its client claimed", "1.1.1.1, 203.0.113.7", 1, "203.0.113.7"],
    ["what the first of two proxies says", "1.1.1.1, 203.0.113.7, 10.0.0.8", 2, "203.0.113.7"],
    ["the farthest that is known when fewer proxies were passed", "203.0.113.7", 3, "203.0.113.7"],
    ["the connection's when no proxy said anything", undefined, 1, SOCKET],
    ["the nearest hop that is known", "203.0.113.7, unknown", 1, SOCKET],
    ["without a port", "203.0.113.7:4711", 1, "203.0.113.7"],
    ["without brackets", "[2001:DB8::1]:4711", 1, "2001:db8::1"],
    ["in one form", "::ffff:203.0.113.7", 1, "203.0.113.7"],
  ])("is %s", (_rule, forwarded, trusted, address) => {
    expect(clientAddress({ forwarded, socket: SOCKET }, trusted)).toBe(address);
  });

  it("is unknown when nobody says anything", () => {
    expect(clientAddress({ forwarded: "unknown", socket: undefined }, 1)).toBeNull();
  });

  it("does not change with what a client writes before the trusted hops", () => {
    const claim = fc.oneof(fc.ipV4(), fc.ipV6(), fc.string());
    fc.assert(
      fc.property(fc.array(claim), fc.array(fc.ipV4(), { maxLength: 4 }), (claims, hops) => {
        const forwarded = (before: readonly string[]) => [...before, ...hops].join(",");
        const of = (before: readonly string[]) =>
          clientAddress({ forwarded: forwarded(before), socket: SOCKET }, hops.length);
        expect(of(claims)).toBe(of([]));
      }),
    );
  });

  it("is all that is left of the header for what is behind", async () => {
    const server = createServer((request, response) => {
      keepClientAddress(request, Number(request.headers["x-trusted"]));
      response.end(request.headers["x-forwarded-for"]);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const address = server.address();
    const port = typeof address === "object" ? address?.port : 0;
    const seen = async (trusted: number): Promise<string> => {
      const headers = { "x-forwarded-for": "1.1.1.1, 203.0.113.7", "x-trusted": String(trusted) };
      return (await fetch(`http://127.0.0.1:${port}/`, { headers })).text();
    };
    expect([await seen(0), await seen(1), await seen(2)]).toEqual(["127.0.0.1", "203.0.113.7", "1.1.1.1"]);
    await new Promise((resolve) => server.close(resolve));
  });
});
