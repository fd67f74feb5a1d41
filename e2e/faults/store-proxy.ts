import { connect, createServer, type AddressInfo, type Socket } from "node:net";

/** Between gate and store, as a network that fails. */
export interface StoreProxy {
  url: string;
  /** Resets what the gate holds; the store's end goes on, as when a balancer between them fails. */
  sever(): void;
  /** From now on nothing passes on the connections that there are, and nobody is told; new ones are as good as ever. */
  silence(): void;
  close(): Promise<void>;
}

export async function startStoreProxy(target: string): Promise<StoreProxy> {
  const to = new URL(target);
  const gateEnds = new Set<Socket>();
  const storeEnds = new Set<Socket>();
  const silent = new Set<Socket>();
  const server = createServer((socket) => {
    const upstream = connect(Number(to.port), to.hostname);
    gateEnds.add(socket);
    storeEnds.add(upstream);
    socket.on("data", (part) => void (silent.has(socket) || upstream.write(part)));
    upstream.on("data", (part) => void (!silent.has(socket) && socket.writable && socket.write(part)));
    socket.on("end", () => upstream.end());
    upstream.on("close", () => socket.destroy());
    for (const end of [socket, upstream]) end.on("error", () => {});
  });
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  const url = new URL(target);
  url.hostname = "127.0.0.1";
  url.port = String((server.address() as AddressInfo).port);
  return {
    url: url.href,
    sever: () => {
      for (const socket of gateEnds) socket.destroy();
      gateEnds.clear();
    },
    silence: () => {
      for (const socket of gateEnds) silent.add(socket);
    },
    close: async () => {
      for (const socket of [...gateEnds, ...storeEnds]) socket.destroy();
      await new Promise((closed) => server.close(closed));
    },
  };
}
