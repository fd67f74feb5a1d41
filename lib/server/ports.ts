import { createServer } from "node:net";

/** A TCP port that is free on the loopback now. Whoever binds it later must still expect to lose a race. */
export async function freePort(): Promise<number> {
  const probe = await listen(0, "127.0.0.1");
  if (probe === "taken") throw new Error("no free port");
  return probe;
}

/** What keeps a server from listening: the port is another program's, or needs privileges, or the machine has no such address. */
export type ListenFault = "taken" | "denied" | "absent";

const FAULTS: Record<string, ListenFault> = { EADDRINUSE: "taken", EACCES: "denied", EADDRNOTAVAIL: "absent" };

/** Why a server could not listen on `host`; undefined for a cause that is of another kind. */
export function listenFault(cause: unknown, host: string): ListenFault | undefined {
  if (!(cause instanceof Error && "code" in cause && "syscall" in cause)) return undefined;
  // A name that nobody knows. Asked for at a start, too, is the database's: that one is not ours to explain.
  if (cause.syscall === "getaddrinfo") return "hostname" in cause && cause.hostname === host ? "absent" : undefined;
  return cause.syscall === "listen" ? FAULTS[String(cause.code)] : undefined;
}

/** Whether a port can be listened on, or why not. */
export async function portState(port: number, host: string): Promise<"free" | ListenFault> {
  try {
    return (await listen(port, host)) === "taken" ? "taken" : "free";
  } catch (cause) {
    const fault = listenFault(cause, host);
    if (fault) return fault;
    throw cause;
  }
}

/** What a person does about an address that is not this machine's. */
export const noSuchAddress = (host: string): string =>
  `This machine has no address ${host} (REMIT_HOST): set it to one that it has, to 127.0.0.1, or to 0.0.0.0 for all of them.`;

function listen(port: number, host: string): Promise<number | "taken"> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", (cause: NodeJS.ErrnoException) => {
      if (cause.code === "EADDRINUSE") resolve("taken");
      else reject(cause);
    });
    server.listen({ port, host, exclusive: true }, () => {
      const address = server.address();
      const bound = typeof address === "object" && address ? address.port : port;
      server.close(() => resolve(bound));
    });
  });
}
