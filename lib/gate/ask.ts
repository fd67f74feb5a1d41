import type { Asked } from "@/lib/gate/asked";
import { check, parseJson } from "@/lib/gate/body";
import { runOfToken, type Bearer } from "@/lib/gate/caller";
import type { Gate } from "@/lib/gate/gate";
import { notFound, Problem } from "@/lib/gate/problem";
import { claimsOf } from "@/lib/gate/stored";
import { decisionRequestSchema } from "@/lib/gate/wire";
import { argsHash, hashOf } from "@/lib/kernel/json";

/** A decision request, as read off the wire by whoever serves it. */
interface Ask {
  bearer: Bearer;
  /** As the path names it. */
  runId: string;
  key: string | null;
  /** The body. */
  text: string;
  arrivedMs: number;
}

/**
 * Decides one request, and gives the text of the answer: the path whose speed matters most, so nothing is on it that need not be there.
 * @throws Problem for a request that is none, a token that is not good for this run, a run that is over, a store that is away.
 */
export async function ask(gate: Gate, { bearer, runId, key, text, arrivedMs }: Ask): Promise<string> {
  const entry = gate.runs.known(bearer.key) ?? (await runOfToken(gate, bearer));
  if (entry.id !== runId) throw notFound("run");
  const json = parseJson(text);
  const request = check(decisionRequestSchema, json);
  const asked: Asked = {
    entry,
    request,
    argsText: JSON.stringify(request.args),
    argsHash: argsHash(request.action, request.args),
    key,
    requestHash: key === null ? null : hashOf(json),
    claim: undefined,
    agentRate: null,
  };
  if (request.approvalId !== undefined) {
    asked.claim = (await gate.guard.wait(claimsOf(gate.pool, [request.approvalId]))).get(request.approvalId) ?? null;
  }
  const outcome = await gate.lane.submit(asked, arrivedMs).answer;
  if (outcome instanceof Problem) throw outcome;
  return outcome;
}
