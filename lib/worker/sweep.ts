import { advanceRoutes } from "@/lib/approvals/advance";
import { expireApprovals } from "@/lib/approvals/expire";
import type { CommandContext } from "@/lib/audit/change";
import { actOnSignals } from "@/lib/incidents/act";
import { raiseConflicts } from "@/lib/incidents/conflicts-raise";
import { expireRuns } from "@/lib/runs/expire";

/** How often the sweep looks; a deadline is kept to within about this. */
export const SWEEP_EVERY_MS = 1_000;

/** What one sweep ended. */
export interface Swept {
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
  const approvals = await expireApprovals(context);
  const routes = await advanceRoutes(context);
  const runs = await expireRuns(context);
  const incidents = await actOnSignals(context);
  const conflicts = await raiseConflicts(context);
  return {
    expiredApprovals: approvals.ok ? approvals.value.expired : 0,
    askedFurther: routes.ok ? routes.value.asked : 0,
    lostRuns: runs.ok ? runs.value.lost : 0,
    openedIncidents: incidents.opened,
    openedConflicts: conflicts.opened,
  };
}
