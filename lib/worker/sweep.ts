import { advanceRoutes, ROUTES_AT_ONCE } from "@/lib/approvals/route/advance";
import { EXPIRED_AT_ONCE, expireApprovals } from "@/lib/approvals/expire";
import type { CommandContext } from "@/lib/audit/change";
import { actOnSignals } from "@/lib/incidents/act";
import { raiseConflicts } from "@/lib/incidents/conflicts-raise";
import { expireRuns } from "@/lib/runs/expire";
import { whileFull } from "@/lib/worker/while-full";

/** How often the sweep looks: with the queue's own interval (`POLL_EVERY_MS`) and its work, deadlines are kept to well within two seconds. */
export const SWEEP_EVERY_MS = 500;

/** What one sweep ended. */
interface Swept {
  expiredApprovals: number;
  /** Approvals that somebody else was asked about. */
  askedFurther: number;
  lostRuns: number;
  openedIncidents: number;
  openedConflicts: number;
}

/**
 * Expires approvals whose deadline has passed, asks the next contacts of those that wait, ends runs whose lease ran out, opens incidents
 * where rules of failure say so, and raises policy conflicts with those who own them. Safe to run twice, and by several workers at once.
 */
export async function sweep(context: CommandContext): Promise<Swept> {
  const expiredApprovals = await whileFull(EXPIRED_AT_ONCE, async () => {
    const approvals = await expireApprovals(context);
    return approvals.ok ? approvals.value.expired : 0;
  });
  const askedFurther = await whileFull(ROUTES_AT_ONCE, async () => {
    const routes = await advanceRoutes(context);
    return routes.ok ? routes.value.asked : 0;
  });
  const runs = await expireRuns(context);
  const incidents = await actOnSignals(context);
  const conflicts = await raiseConflicts(context);
  return {
    expiredApprovals,
    askedFurther,
    lostRuns: runs.ok ? runs.value.lost : 0,
    openedIncidents: incidents.opened,
    openedConflicts: conflicts.opened,
  };
}
