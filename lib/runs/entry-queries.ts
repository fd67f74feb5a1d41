import { within } from "@/lib/auth/access";
import type { Viewer } from "@/lib/auth/viewer";
import { getDecision } from "@/lib/decisions/queries";
import { isId } from "@/lib/kernel/ids";
import type { Json } from "@/lib/kernel/json";
import type { EntryDetail } from "@/lib/runs/entry-detail";
import { parseEntryKey } from "@/lib/runs/timeline-cursor";

/** The whole of one event or decision of a run; null when the run has none of that name, or the viewer does not see the run (I12). */
export async function getEntry(viewer: Viewer, runId: string, key: string): Promise<EntryDetail | null> {
  const entry = parseEntryKey(key);
  if (!isId(runId) || !entry) return null;
  if (entry.type === "decision") {
    const decision = await getDecision(viewer, entry.id);
    return decision?.runId === runId ? { type: "decision", decision } : null;
  }
  if (entry.type !== "event") return null;
  const { db, access } = viewer;
  const run = await db.run.findFirst({
    where: { id: runId, ...within(access, "run.read", "agentId") },
    select: { startedAt: true },
  });
  if (!run) return null;
  const event = await db.event.findUnique({
    where: { runDay_runId_id: { runDay: new Date(run.startedAt.toISOString().slice(0, 10)), runId, id: entry.id } },
    select: { payload: true, receivedAt: true, contentHash: true },
  });
  return (
    event && {
      type: "event",
      payload: event.payload as Json,
      receivedAt: event.receivedAt.toISOString(),
      contentHash: Buffer.from(event.contentHash).toString("hex"),
    }
  );
}
