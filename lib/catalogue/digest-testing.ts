import type { Db } from "@/lib/db/client";

/** Puts decisions into an audit stream as a gate does, so that readers of decisions find them. */
export async function recordDecisions(db: Db, ids: readonly string[], stream = "gate/test"): Promise<void> {
  const nothing = new Uint8Array(32);
  const head = await db.auditStream.upsert({
    where: { id: stream },
    create: { id: stream, headHash: nothing },
    update: {},
  });
  const decisions = await db.decision.findMany({ where: { id: { in: [...ids] } } });
  const byId = new Map(decisions.map((decision) => [decision.id, decision]));
  let { seq } = head;
  for (const id of ids) {
    const decision = byId.get(id);
    if (!decision) throw new Error(`no decision ${id}`);
    seq += 1n;
    await db.auditRecord.create({
      data: {
        stream,
        seq,
        at: decision.at,
        actorKind: "agent",
        actorId: decision.agentId,
        action: `decision.${decision.effect}`,
        subjectKind: "decision",
        subjectId: id,
        nodeId: decision.agentId,
        body: "{}",
        prevHash: nothing,
        hash: nothing,
      },
    });
  }
  await db.auditStream.update({ where: { id: stream }, data: { seq } });
}
