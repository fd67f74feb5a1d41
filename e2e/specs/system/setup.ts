import { createDb } from "@/lib/db/client";
import { createPool } from "@/lib/db/connect";
import { organise } from "@/e2e/specs/system/organise";
import { publish } from "@/e2e/specs/system/shared";
import { startRemit } from "@/e2e/specs/system/start";
import { freePort } from "@/lib/server/ports";

/** One system with an organisation for all specs that need one. Playwright calls what this returns when all are done. */
export default async function setup(): Promise<() => Promise<void>> {
  const receiverPort = await freePort();
  const remit = await startRemit({ receiverPort });
  const pool = createPool(remit.runtimeUrl, { applicationName: "remit e2e setup" });
  try {
    const credentials = await organise(createDb(pool));
    publish({ web: remit.web, gate: remit.gate, runtimeUrl: remit.runtimeUrl, receiverPort, credentials });
  } catch (cause) {
    await pool.end();
    await remit.stop();
    throw cause;
  }
  await pool.end();
  return remit.stop;
}
