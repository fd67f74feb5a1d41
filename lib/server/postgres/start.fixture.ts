import { startPostgres } from "@/lib/server/postgres/start";

// A process that holds an embedded server until it is killed; see start.test.ts.
const home = process.argv[2];
if (!home) throw new Error("usage: start.fixture.ts HOME");
const server = await startPostgres({ home, durable: false });
process.send?.("started");
await server.exited;
