import type { RemitClient } from "@/lib/client/client";
import type { Task } from "@/lib/client/wire";
import type { Stage } from "@/lib/demo/run-job";

const WAIT_SECONDS = 25;

/** What undoing needs of the stage that a simulated agent stands on. */
type Backstage = Pick<Stage, "dice" | "pause" | "stopping"> & { client: RemitClient };

/** The software of a simulated agent: fetches what people want undone, and says how it went. Most of it can be. */
export async function undoTasks({ client, dice, pause, stopping }: Backstage): Promise<void> {
  while (!stopping()) {
    const tasks = await client.tasks({ waitSeconds: WAIT_SECONDS });
    for (const task of tasks) {
      await pause(dice.int(1_500, 4_000));
      await client.reportTask(task.id, { attempt: task.attempt, ...outcomeOf(task, dice.chance(0.9)) });
    }
  }
}

function outcomeOf({ action }: Task, works: boolean): { outcome: "done" | "failed"; detail: string } {
  return works
    ? { outcome: "done", detail: `${action} was carried out.` }
    : { outcome: "failed", detail: "The system says that something newer depends on it." };
}
