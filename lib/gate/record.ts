import { linkHash, type StreamHead } from "@/lib/audit/chain";
import type { Effect } from "@/lib/decisions/types";

/** What the audit chain keeps of one decision. */
export interface DecisionRecord {
  decisionId: string;
  runId: string;
  agentId: string;
  action: string;
  effect: Effect;
  code: string;
  /** Hex. */
  argsHash: string;
  /** Hex of SHA-256 over the text of `decision.checks`, as stored. */
  checksHash: string;
  /** Of what else it was decided on and answered: see lib/audit/context-hash.ts. */
  contextHash: string | null;
  configVersion: bigint;
  mode: "live" | "shadow";
  /** The approval that it asked for. */
  approvalId: string | null;
  /** Of that: who may decide it, who never, how many must, and until when. */
  plan: AskedPlan | null;
  /** The approval that it used up. */
  redeemed: string | null;
  at: Date;
}

/** Of an `Escalation` what the store keeps as it is, but for those who may decide: whom a route reaches later are added, each on a record. */
interface AskedPlan {
  approverIds: readonly string[];
  excludedIds: readonly string[];
  quorum: number;
  deadline: Date;
  risk: "low" | "medium" | "high";
}

/**
 * The text that `auditBody` of lib/audit/chain.ts makes of this record, written out: canonical JSON with its keys in order. None of the
 * values needs escaping (ids, hashes, closed sets, action ids), and the general way costs more than evaluating the decision.
 */
export function recordBody(stream: string, seq: bigint, record: DecisionRecord): string {
  const { decisionId, runId, agentId, action, effect, code, argsHash, checksHash, configVersion, mode, at } = record;
  const approval = record.approvalId === null ? "" : `"approvalId":"${record.approvalId}",`;
  const redeemed = record.redeemed === null ? "" : `"redeemed":"${record.redeemed}",`;
  const plan = record.plan ? `"plan":${planBody(record.plan)},` : "";
  const context = record.contextHash === null ? "null" : `"${record.contextHash}"`;
  return (
    `{"action":"decision.${effect}","actor":{"id":"${agentId}","kind":"agent"},"at":"${at.toISOString()}",` +
    `"detail":{"action":"${action}","agentId":"${agentId}",${approval}"argsHash":"${argsHash}","checksHash":"${checksHash}",` +
    `"code":"${code}","configVersion":"${configVersion}","contextHash":${context},"mode":"${mode}",${plan}${redeemed}"runId":"${runId}"},` +
    `"nodeId":"${agentId}","seq":"${seq}","stream":"${stream}","subject":{"id":"${decisionId}","kind":"decision"}}`
  );
}

const planBody = ({ approverIds, excludedIds, quorum, deadline, risk }: AskedPlan): string =>
  `{"approverIds":${listBody(approverIds)},"deadline":"${deadline.toISOString()}","excludedIds":${listBody(excludedIds)},"quorum":${quorum},"risk":"${risk}"}`;

const listBody = (ids: readonly string[]): string => `[${ids.map((id) => `"${id}"`).join(",")}]`;

export interface RecordLink {
  body: string;
  prev: Buffer;
  hash: Buffer;
}

/** Chains a record to the head; returns the link and the new head. */
export function linkRecord(head: StreamHead, record: DecisionRecord): { link: RecordLink; head: StreamHead } {
  const seq = head.seq + 1n;
  const body = recordBody(head.stream, seq, record);
  const hash = linkHash(head.hash, body);
  return { link: { body, prev: head.hash, hash }, head: { stream: head.stream, seq, hash } };
}
