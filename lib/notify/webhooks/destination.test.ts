import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";

import { afterAll, beforeAll, describe, expect, it } from "vitest";

import { checkedLookup, isAllowed, isPublicAddress, urlFault, type Resolve } from "@/lib/notify/webhooks/destination";
import { postJson } from "@/lib/notify/deliver/post";
import { httpReceiver } from "@/lib/notify/deliver/receivers-testing";

let receiver: Awaited<ReturnType<typeof httpReceiver>>;
beforeAll(async () => {
  receiver = await httpReceiver();
});
afterAll(() => receiver.close());

describe("public addresses", () => {
  it.each([
    "127.0.0.1",
    "127.8.8.8",
    "0.0.0.0",
    "10.1.2.3",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "100.64.0.1",
    "198.18.0.1",
    "192.0.2.7",
    "224.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::ffff:127.0.0.1",
    "::ffff:8.8.8.8",
    "64:ff9b::7f00:1",
    "fe80::1",
    "fe80::1%eth0",
    "fc00::1",
    "fd12:3456::1",
    "ff02::1",
    "2001:db8::1",
    "2001::1",
    "2002:7f00:1::1",
    "example.com",
    "",
  ])("%s is none", (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(["8.8.8.8", "172.32.0.1", "100.128.0.1", "223.255.255.254", "2606:4700:4700::1111", "2a00:1450:4001::8a"])(
    "%s is one",
    (address) => expect(isPublicAddress(address)).toBe(true),
  );
});

describe("addresses of webhooks", () => {
  it.each([
    ["http://example.com/", "The address must start with https://."],
    ["ftp://example.com/", "The address must start with https://."],
    ["https://user:pass@example.com/", "The address must not carry a user name or password."],
    ["not an address", "Enter an address such as https://example.com/hooks/remit."],
    ["https://localhost/", /private network/],
    ["https://x.localhost./", /private network/],
    ["https://127.0.0.1/", /private network/],
    ["https://2130706433/", /private network/],
    ["https://0x7f.1/", /private network/],
    ["https://[::1]/", /private network/],
    ["https://[::ffff:7f00:1]/", /private network/],
    ["https://169.254.169.254/latest/meta-data", /private network/],
  ])("%s is refused", (url, words) => {
    expect(urlFault(url, [])).toMatch(words);
  });

  it("the operator's list opens a host, or one port of it", () => {
    expect(urlFault("http://hooks.internal:8080/x", ["hooks.internal"])).toBeNull();
    expect(urlFault("http://127.0.0.1:8080/x", ["127.0.0.1:8080"])).toBeNull();
    expect(urlFault("http://127.0.0.1:8081/x", ["127.0.0.1:8080"])).not.toBeNull();
    expect(isAllowed(new URL("https://hooks.internal.evil.example/"), ["hooks.internal"])).toBe(false);
    expect(urlFault("https://example.com/hooks", [])).toBeNull();
  });
});

describe("connecting", () => {
  const post = (url: string, resolve: Resolve, allow: string[] = []) =>
    postJson({ url, headers: {}, body: "{}" }, { allow, resolve, timeoutMs: 2_000 });
  const to =
    (...addresses: string[]): Resolve =>
    (_hostname, done) =>
      done(
        null,
        addresses.map((address) => ({ address, family: address.includes(":") ? 6 : 4 })),
      );

  it("a public name that resolves into a private network is refused for good, whichever of its addresses it is", async () => {
    for (const addresses of [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::1"], ["::ffff:169.254.169.254"]]) {
      expect(await post("https://rebind.example/", to(...addresses))).toEqual({
        ok: false,
        statusCode: null,
        error: "its name leads into a private network",
        gone: true,
      });
    }
  });

  it("the name is resolved once, and the addresses that were checked are the ones connected to", async () => {
    let asked = 0;
    const rebinding: Resolve = (hostname, done) => to((asked += 1) === 1 ? "8.8.8.8" : "127.0.0.1")(hostname, done);
    const handed = await new Promise((resolve) =>
      checkedLookup(rebinding)("rebind.example", { all: true }, (_cause, found) => resolve(found)),
    );
    expect(handed).toEqual([{ address: "8.8.8.8", family: 4 }]);
    expect(asked).toBe(1);
  });

  it("what is allowed by name is connected to as it resolves", async () => {
    expect(await post(receiver.url(), to("8.8.8.8"), receiver.allow)).toEqual({ ok: true, statusCode: 200 });
    expect(receiver.got).toHaveLength(1);
  });

  it("says in words what went wrong, and never the address", async () => {
    expect(await post("http://127.0.0.1:1/secret-path", to(), ["127.0.0.1"])).toMatchObject({
      error: "refused the connection",
      gone: false,
    });
    const unresolved: Resolve = (_hostname, done) => done(Object.assign(new Error("no"), { code: "ENOTFOUND" }), []);
    expect(await post("https://nowhere.example/", unresolved)).toMatchObject({
      error: "has a name that does not exist",
      gone: false,
    });
  });

  it("does not wait for ever", async () => {
    const silent = createServer();
    silent.listen(0, "127.0.0.1");
    await once(silent, "listening");
    const { port } = silent.address() as AddressInfo;
    const sending = postJson(
      { url: `http://127.0.0.1:${port}/`, headers: {}, body: "{}" },
      { allow: ["127.0.0.1"], timeoutMs: 200 },
    );
    expect(await sending).toMatchObject({ ok: false, error: "did not answer in time" });
    silent.close();
  });
});
