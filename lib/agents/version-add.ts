import { boundaryHash } from "@/lib/agents/boundary";
import type { Boundary } from "@/lib/agents/schemas";
import { personOf, type Step } from "@/lib/audit/command";

/** Stores an immutable version of the agent's definition. The caller holds the agent's row and sets its number. */
export async function addVersion(step: Step, agentId: string, number: number, value: Boundary): Promise<string> {
  const id = step.newId();
  await step.tx.agentVersion.create({
    data: {
      id,
      agentId,
      number,
      boundary: value,
      contentHash: new Uint8Array(boundaryHash(value)),
      createdById: personOf(step),
      createdAt: step.now,
    },
  });
  return id;
}
