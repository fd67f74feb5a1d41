import { createServer } from "node:net";

/** A TCP port that is free on the loopback now. Whoever binds it later must still expect to lose a race. */
export async function freePort(): Promise<number> {
  const probe = await listen(0, "127.0.0.1");
  if (probe === "taken") throw new Error("no free port");
  return probe;
}

/** Whether a port can be listened on; "denied" for one that needs privileges. */
export async function portState(port: number, host: string): Promise<"free" | "taken" | "denied"> {
  try {
    return (await listen(port, host)) === "taken" ? "taken" : "free";
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "EACCES") return "denied";
    throw cause;
  }
}

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
