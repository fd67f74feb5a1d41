import { Client } from "pg";

import { env, startedByNpm, StartError } from "@/lib/server/env";
import { startSystem, type System } from "@/lib/server/supervisor";

const say = (line: string) => void process.stdout.write(`${line}\n`);
const mode = process.argv[2] === "dev" ? "development" : "production";

/** Everything on this machine, until Ctrl-C, SIGTERM, or the end of the npm that started it. */
async function main(): Promise<void> {
  const settings = env();
  const aborted = new AbortController();
  const starting = startSystem({ env: settings, mode, say, signal: aborted.signal });
  const stop = stopOnce(starting, aborted);
  for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(name, stop);
  if (startedByNpm()) stopWithParent(stop);
  const system = await starting;
  say("");
  say(`  web   ${settings.REMIT_URL}`);
  say(`  gate  ${settings.REMIT_GATE_URL}`);
  say("");
  say(`  ${await nextStep(system, settings.REMIT_URL)} Ctrl-C stops Remit.`);
  say("");
}

function stopOnce(starting: Promise<System>, aborted: AbortController): () => void {
  let stopping = false;
  return () => {
    if (stopping) return;
    stopping = true;
    say("Stopping …");
    aborted.abort(new StartError("The start was interrupted."));
    starting
      .then((system) => system.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
}

/** A shell or npm that is killed between us and the person passes no signal on; that our parent has changed shows it. */
function stopWithParent(stop: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent) stop();
  }, 500).unref();
}

async function nextStep(system: System, url: string): Promise<string> {
  const client = new Client({ connectionString: system.database.ownerUrl });
  await client.connect();
  const found = await client
    .query<{ found: boolean }>("SELECT EXISTS (SELECT 1 FROM person WHERE password_hash IS NOT NULL) AS found")
    .finally(() => client.end());
  return found.rows[0]?.found ? `Open ${url} and sign in.` : `Open ${url}/welcome to create the first admin.`;
}

try {
  await main();
} catch (cause) {
  process.stderr.write(
    `${cause instanceof StartError ? cause.message : cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}\n`,
  );
  process.exit(1);
}
