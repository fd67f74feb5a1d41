import { z } from "zod";

import { contextHash } from "@/lib/audit/context-hash";
import { parseBody } from "@/lib/audit/verify";
import { argsHash, sha256Hex, type JsonObject } from "@/lib/kernel/json";

/** A decision as stored, with its JSON as the text that it is stored as. */
export interface StoredDecision {
  id: string;
  runId: string;
  agentId: string;
  action: string;
  effect: string;
  code: string;
  mode: string;
  args: string;
  /** Hex. */
  argsHash: string;
  checks: string;
  resource: string | null;
  evidence: string | null;
  estimate: string | null;
  message: string;
  configVersion: string;
  redeemed: string | null;
  approvalId: string | null;
  /** ISO 8601. */
  at: string;
}

/** What the record of a decision says of it: see `DecisionRecord` of the gate. */
const recorded = z.object({
  runId: z.string(),
  agentId: z.string(),
  action: z.string(),
  code: z.string(),
  mode: z.string(),
  argsHash: z.string(),
  checksHash: z.string(),
  /** Not of those that were made before it was in records. */
  contextHash: z.string().nullish(),
  configVersion: z.string(),
  redeemed: z.string().optional(),
  approvalId: z.string().optional(),
});

const PREFIX = "decision.";

/** What a decision says otherwise than its record, `gone` for one that is not there, or null when they agree. */
export function decisionDifference(recordBody: string, decision: StoredDecision | undefined): string | null {
  if (!decision) return "gone";
  const body = parseBody(recordBody);
  const detail = recorded.safeParse(body?.detail);
  if (!body || !detail.success) return "form";
  const said = detail.data;
  const pairs: [name: string, recorded: string, stored: string][] = [
    ["effect", body.action.slice(PREFIX.length), decision.effect],
    ["code", said.code, decision.code],
    ["run", said.runId, decision.runId],
    ["agent", said.agentId, decision.agentId],
    ["action", said.action, decision.action],
    ["mode", said.mode, decision.mode],
    ["version of the configuration", said.configVersion, decision.configVersion],
    ["approval used up", said.redeemed ?? "", decision.redeemed ?? ""],
    // An approval without such a record may be a permit, which its own record vouches for.
    ["approval that it asked for", said.approvalId ?? "", said.approvalId ? (decision.approvalId ?? "") : ""],
    ["time", body.at, decision.at],
    ["set of checks", said.checksHash, sha256Hex(decision.checks)],
    ["hash of its arguments", said.argsHash, decision.argsHash],
    ["set of arguments", said.argsHash, hashOfArgs(decision)],
  ];
  return pairs.find(([, before, now]) => before !== now)?.[0] ?? contextDifference(said.contextHash, decision);
}

/** Which part of what a decision was made on and answered differs; where the record vouches for several at once, all that it may be. */
function contextDifference(recordedHash: string | null | undefined, decision: StoredDecision): string | null {
  const { code, message, resource, evidence, estimate } = decision;
  const texts = { resource, evidence, estimate };
  if (recordedHash === undefined || recordedHash === contextHash(code, message, texts)) return null;
  if (recordedHash !== null) return "resource, evidence, estimate or message";
  return (["resource", "evidence", "estimate"] as const).find((name) => texts[name] !== null) ?? "message";
}

function hashOfArgs({ action, args }: StoredDecision): string {
  try {
    return argsHash(action, JSON.parse(args) as JsonObject).toString("hex");
  } catch {
    return "";
  }
}
