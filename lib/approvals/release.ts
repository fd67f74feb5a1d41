import type { Change } from "@/lib/audit/change";
import { settingsFrom, type Settings } from "@/lib/tiers/settings";

/** How people decide, from the settings in force. */
export async function approvalSettings(change: Pick<Change, "tx">): Promise<Settings["approvals"]> {
  const { settings } = await change.tx.configuration.findUniqueOrThrow({
    where: { id: 1 },
    select: { settings: true },
  });
  return settingsFrom(settings).settings.approvals;
}

/** When a decision made now reaches the agent, and until when an approval can then be used: its life begins with its release. */
export function releaseOf(now: Date, settings: Pick<Settings["approvals"], "undoSeconds" | "validMinutes">) {
  const releaseAt = new Date(now.getTime() + settings.undoSeconds * 1_000);
  return { releaseAt, validUntil: new Date(releaseAt.getTime() + settings.validMinutes * 60_000) };
}
