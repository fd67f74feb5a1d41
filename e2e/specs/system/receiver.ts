import { once } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";

interface Called {
  headers: IncomingHttpHeaders;
  body: string;
}

/** A real HTTP receiver at the one port of this machine that the system may call; answers 202 to everything. */
export async function startReceiver(port: number) {
  const calls: Called[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => void chunks.push(chunk));
    request.on("end", () => {
      calls.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(202).end();
    });
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  return {
    calls,
    url: `http://127.0.0.1:${port}/rollback`,
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, "close");
    },
  };
}
