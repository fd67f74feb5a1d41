import { change, type CommandContext } from "@/lib/audit/change";
import { verifyStreams, type Verification, type VerifyOptions } from "@/lib/audit/verify-streams";
import { fail, ok, type Result } from "@/lib/kernel/result";

/** The action under which a verification is recorded, so that "last verified" is itself in the record. */
export const VERIFY_ACTION = "audit.verify";

/**
 * Verifies every stream and records what was found.
 * A person may ask who reads any part of the audit: a fault names its stream and number, never what a record says.
 * Errors: `forbidden`.
 */
export async function verifyAudit(context: CommandContext, options: VerifyOptions = {}): Promise<Result<Verification>> {
  const { actor, access } = context;
  const mayRead = actor.kind === "person" ? access?.canAnywhere("audit.read") === true : actor.kind !== "agent";
  if (!mayRead) return fail("forbidden", "You do not have the role that this needs.");
  const found = await verifyStreams(context.db, options);
  return await change(context, {}, async ({ audit }) => {
    audit({
      action: VERIFY_ACTION,
      subjectKind: "audit",
      subjectId: "streams",
      nodeId: null,
      detail: {
        streams: found.streams,
        records: found.records,
        faults: found.faults.map(({ stream, seq, kind }) => ({ stream, seq: seq.toString(), kind })),
      },
    });
    return ok(found);
  });
}
