import { createServer } from "node:net";

import { expect, it } from "vitest";

import { freePort, listenFault, portState } from "@/lib/server/ports";

it("tells a free port from a taken one", async () => {
  const port = await freePort();
  expect(await portState(port, "127.0.0.1")).toBe("free");
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(port, "127.0.0.1", resolve));
  expect(await portState(port, "127.0.0.1")).toBe("taken");
  await new Promise((resolve) => other.close(resolve));
});

it("says that an address is none of this machine's", async () => {
  // 192.0.2.0/24 is kept for documentation.
  expect(await portState(await freePort(), "192.0.2.1")).toBe("absent");
});

it("tells the address that it was to listen on from another that is unknown", () => {
  const unknown = Object.assign(new Error("getaddrinfo ENOTFOUND db.example"), {
    code: "ENOTFOUND",
    syscall: "getaddrinfo",
    hostname: "db.example",
  });
  expect(listenFault(unknown, "db.example")).toBe("absent");
  expect(listenFault(unknown, "127.0.0.1")).toBeUndefined();
});
