import type { CommandContext } from "@/lib/audit/change";
import { runtimeDb, stopDb } from "@/lib/db/runtime";
import { systemClock } from "@/lib/kernel/clock";
import { newId } from "@/lib/kernel/ids";
import { createLog, type Logger } from "@/lib/server/log";

/** What the web's commands and queries run on. Pages take it from the viewer; only what runs before anybody is signed in asks here. */
export const services = (): Pick<CommandContext, "db" | "clock" | "newId"> => ({
  db: runtimeDb(),
  clock: systemClock,
  newId,
});

/** The same for what stops agents: on connections of its own. */
export const stopServices = (): ReturnType<typeof services> => ({ ...services(), db: stopDb() });

let log: Logger | undefined;

export function webLog(): Logger {
  log ??= createLog("web");
  return log;
}
