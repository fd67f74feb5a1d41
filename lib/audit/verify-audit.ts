import { change, type CommandContext } from "@/lib/audit/change";
import { verifyCheckpoints } from "@/lib/audit/checkpoints/verify-checkpoints";
import { oneForEachStream, verifyStreams, type Verification, type VerifyOptions } from "@/lib/audit/verify-streams";
import { fail, ok, type Result } from "@/lib/kernel/result";

/** The action under which a verification is recorded, so that "last verified" is itself in the record. */
export const VERIFY_ACTION = "audit.verify";

/** The chains, and the checkpoints over them. */
interface AuditVerification extends Verification {
  checkpoints: number;
  /** Ids of the keys that signed the checkpoints. */
  keys: string[];
}

/**
 * Verifies every stream and every checkpoint, and records what was found.
 * A person may ask who reads any part of the audit: a fault names its stream and number, never what a record says.
 * Errors: `forbidden`.
 */
export async function verifyAudit(
  context: CommandContext,
  options: VerifyOptions = {},
): Promise<Result<AuditVerification>> {
  const { actor, access } = context;
  const mayRead = actor.kind === "person" ? access?.canAnywhere("audit.read") === true : actor.kind !== "agent";
  if (!mayRead) return fail("forbidden", "You do not have the role that this needs.");
  const chains = await verifyStreams(context.db, options);
  const { faults, ...signed } = await verifyCheckpoints(context.db, options.signal);
  const found = { ...chains, ...signed, faults: oneForEachStream([...chains.faults, ...faults]) };
  return await change(context, {}, async ({ audit }) => {
    audit({
      action: VERIFY_ACTION,
      subjectKind: "audit",
      subjectId: "streams",
      nodeId: null,
      detail: {
        streams: found.streams,
        records: found.records,
        checkpoints: found.checkpoints,
        faults: found.faults.map(({ stream, seq, kind }) => ({ stream, seq: seq.toString(), kind })),
      },
    });
    return ok(found);
  });
}
