import type { Db, Tx } from "@/lib/db/client";
import { actionTitle, targetOf } from "@/lib/decisions/words";
import type { Json } from "@/lib/kernel/json";
import type { NoticeKind } from "@/lib/notify/kinds";
import type { NoticeInput } from "@/lib/notify/notice";

/** What a notice says of an approval. */
interface ToldApproval {
  id: string;
  title: string;
  agentId: string;
  agent: string;
  ownerId: string;
  risk: "low" | "medium" | "high";
  deadline: Date;
  /** What it would be done to. It comes from the agent: it leaves the console only where an admin allows it. */
  target: string | null;
}

type Telling = "ask" | "remind" | "page" | "assign" | "answer" | "expire";

const KINDS = {
  ask: "approval.asked",
  remind: "approval.due_soon",
  page: "approval.unanswered",
  assign: "approval.assigned",
  answer: "approval.answered",
  expire: "approval.expired",
} as const satisfies Record<Telling, NoticeKind>;

/** The keys under which people are told of an approval until it is decided. Each who joins later has a notice of their own. */
const pageKey = (approvalId: string, personId: string): string => `approval:${approvalId}:page:${personId}`;

/** That it was given to this person to take care of: told once, however often it goes to and fro. */
export const assignedKey = (approvalId: string, personId: string): string =>
  `approval:${approvalId}:assign:${personId}`;
export const answeredKey = (approvalId: string, questionId: string): string =>
  `approval:${approvalId}:answer:${questionId}`;

/** One step's notice. Its key names approval and step, so that each is told once. */
export function approvalNotice(
  step: Telling,
  approval: ToldApproval,
  recipients: readonly string[],
  /** Of steps that come more than once for an approval. */
  key?: string,
): NoticeInput {
  const { id, title, agent, agentId, risk, deadline, target } = approval;
  return {
    kind: KINDS[step],
    key: key ?? (step === "page" ? pageKey(id, recipients[0] ?? id) : `approval:${id}:${step}`),
    recipients: [...recipients],
    subject: title.slice(0, 300),
    link: `/approvals/${id}`,
    params: {
      agent: agent.slice(0, 200),
      risk,
      deadline: deadline.toISOString(),
      ...(target === null ? {} : { detail: target.slice(0, 500) }),
    },
    nodeId: agentId,
    urgent: risk === "high",
  };
}

interface StoredApproval {
  id: string;
  agentId: string;
  action: string;
  risk: "low" | "medium" | "high";
  deadline: Date;
  decision: { resource: unknown };
}

/** The same approvals with the names of what they are about. */
export async function toldApprovals(
  db: Pick<Db | Tx, "action" | "agent">,
  approvals: readonly StoredApproval[],
): Promise<(approval: StoredApproval) => ToldApproval> {
  if (approvals.length === 0) return (approval) => told(approval, null, undefined);
  const [actions, agents] = await Promise.all([
    db.action.findMany({
      where: { id: { in: [...new Set(approvals.map((one) => one.action))] } },
      select: { id: true, title: true },
    }),
    db.agent.findMany({
      where: { id: { in: [...new Set(approvals.map((one) => one.agentId))] } },
      select: { id: true, ownerId: true, node: { select: { name: true } } },
    }),
  ]);
  const titles = new Map(actions.map((action) => [action.id, action.title]));
  const byId = new Map(agents.map((agent) => [agent.id, agent]));
  return (approval) => told(approval, titles.get(approval.action) ?? null, byId.get(approval.agentId));
}

function told(
  { id, agentId, action, risk, deadline, decision }: StoredApproval,
  title: string | null,
  agent: { ownerId: string; node: { name: string } } | undefined,
): ToldApproval {
  const target = targetOf(decision.resource as Json, null);
  return {
    id,
    title: actionTitle(action, title),
    agentId,
    agent: agent?.node.name ?? "An agent",
    ownerId: agent?.ownerId ?? agentId,
    risk,
    deadline,
    target,
  };
}
