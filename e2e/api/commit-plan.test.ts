import { expect, it } from "vitest";

import { createDesk } from "@/e2e/api/desk-testing";
import { startGateProcess } from "@/e2e/api/gate-process";
import { startRun } from "@/e2e/api/http";

const RUNS = 40;

it("a commit reads the runs that it is about, not all that are open, also when its plan was made while there were none", async () => {
  const desk = await createDesk();
  try {
    const gate = await startGateProcess(desk.database.runtimeUrl);
    const runs = await Promise.all(Array.from({ length: RUNS }, () => startRun(gate.url, desk.credential)));
    for (const run of runs.slice(0, 5)) {
      const { body } = await run.ask("desk.read_order", { id: "o1" });
      expect(body).toMatchObject({ effect: "allow" });
    }
    // Connections that end hand in what they counted.
    await gate.stop();
    const { rows } = await desk.database.pool.query<{ name: string; read: number }>(
      "SELECT indexrelname AS name, idx_tup_read::int AS read FROM pg_stat_user_indexes WHERE relname = 'run' AND idx_tup_read > 0",
    );
    const read = Object.fromEntries(rows.map((row) => [row.name, row.read]));
    expect(read.run_pkey).toBeGreaterThan(0);
    expect(read).not.toHaveProperty("run_status_lease_until_idx");
    const scanned = await desk.database.pool.query<{ read: number }>(
      "SELECT seq_tup_read::int AS read FROM pg_stat_user_tables WHERE relname = 'run'",
    );
    expect(scanned.rows[0]?.read).toBeLessThan(RUNS * 2);
  } finally {
    await desk.close();
  }
});
