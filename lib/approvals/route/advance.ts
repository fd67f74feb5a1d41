import { decidersAt, type Directory } from "@/lib/approvals/route/contacts";
import { readDirectory } from "@/lib/approvals/route/read-directory";
import type { RouteStep } from "@/lib/approvals/route/plan";
import { proceed, type Progress } from "@/lib/approvals/route/progress";
import { storedSteps } from "@/lib/approvals/route/stored";
import { hex } from "@/lib/approvals/settle";
import { change, type Change, type CommandContext } from "@/lib/audit/change";
import type { Db, Tx } from "@/lib/db/client";
import { fail, ok, type Result } from "@/lib/kernel/result";

/** So that one change stays short; the next batch takes the rest. */
export const ROUTES_AT_ONCE = 100;

/**
 * Follows the routes of approvals that wait: asks the next contacts whose time has come, whoever took over on call, and delegates of those
 * who went away. Each contact is asked once and recorded once: an approval is moved on under its lock, and only while it waits. Safe to
 * run twice, by several at once, and again after a crash.
 */
export async function advanceRoutes(context: CommandContext): Promise<Result<{ asked: number }>> {
  const now = context.clock.now();
  const due = await context.db.approval.findMany({
    where: { state: "pending", nextContactAt: { lte: now }, deadline: { gt: now } },
    orderBy: [{ nextContactAt: "asc" }, { id: "asc" }],
    take: ROUTES_AT_ONCE,
    select: { id: true },
  });
  if (due.length === 0) return ok({ asked: 0 });
  const ids = due.map((one) => one.id);
  const moves = await progressOf(context.db, ids, now);
  // What asks nobody is no change for anybody; it still has to be written down when to look again.
  await postpone(
    context.db,
    moves.filter((one) => one.joining.length === 0),
  );
  const asking = moves.filter((one) => one.joining.length > 0).map((one) => one.id);
  if (asking.length === 0) return ok({ asked: 0 });
  const moved = await change(context, {}, async (step) => {
    // Rows are locked in one order, and those that somebody else is moving on or deciding are left to them.
    const free = await step.tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM approval WHERE id = ANY(${asking}::uuid[]) AND state = 'pending' AND next_contact_at <= ${step.now}
        AND deadline > ${step.now} ORDER BY id FOR UPDATE SKIP LOCKED`;
    const locked = free.map((one) => one.id);
    const joined = (await progressOf(step.tx, locked, step.now)).filter((one) => one.joining.length > 0);
    if (joined.length === 0) return NOBODY;
    await store(step.tx, joined, step.now);
    for (const one of joined) record(step, one);
    return ok({ asked: joined.length });
  });
  return moved.ok || moved.error.code !== "conflict" ? moved : ok({ asked: 0 });
}

const NOBODY = fail("conflict", "Nobody new is asked.");

interface Move {
  id: string;
  approval: Awaited<ReturnType<typeof load>>[number];
  progress: Progress;
  /** Who is asked only now. */
  joining: string[];
}

const load = (db: Db | Tx, ids: readonly string[]) =>
  db.approval.findMany({
    where: { id: { in: [...ids] } },
    orderBy: { id: "asc" },
    select: {
      id: true,
      runId: true,
      agentId: true,
      decisionId: true,
      action: true,
      argsHash: true,
      risk: true,
      requestedAt: true,
      deadline: true,
      approverIds: true,
      excludedIds: true,
      askedIds: true,
      quorum: true,
      route: true,
      nextContactAt: true,
    },
  });

async function progressOf(db: Db | Tx, ids: readonly string[], now: Date): Promise<Move[]> {
  if (ids.length === 0) return [];
  const approvals = await load(db, ids);
  const directory = await readDirectory(db, now);
  const secondaryOf = await secondariesOf(
    db,
    approvals.flatMap((one) => one.askedIds),
  );
  return approvals.map((approval) => {
    const mayDecide = decidersOf(approval.agentId, directory);
    const waiting = { ...approval, steps: storedSteps(approval.route) };
    const progress = proceed(waiting, { directory, mayDecide, secondaryOf }, now);
    const joining = progress.askedIds.filter((id) => !approval.askedIds.includes(id));
    return { id: approval.id, approval, progress, joining };
  });
}

function decidersOf(agentId: string, directory: Directory): (personId: string) => boolean {
  const deciders = decidersAt(agentId, directory);
  return (personId) => deciders.has(personId);
}

async function secondariesOf(db: Db | Tx, people: readonly string[]): Promise<(personId: string) => string | null> {
  const rows = await db.notificationChoice.findMany({
    where: { personId: { in: [...new Set(people)] }, secondary: { status: "active" } },
    select: { personId: true, secondaryId: true },
  });
  const byPerson = new Map(rows.map((row) => [row.personId, row.secondaryId]));
  return (personId) => byPerson.get(personId) ?? null;
}

const routeJson = (steps: readonly RouteStep[]): string => JSON.stringify({ steps });

/** Writes the moves down, and wakes who tells people. */
async function store(tx: Tx, moves: readonly Move[], now: Date): Promise<void> {
  for (const { id, progress } of moves) {
    const { askedIds, approverIds, step, steps, nextAt } = progress;
    await tx.$executeRaw`
      UPDATE approval SET asked_ids = ${askedIds}::uuid[], approver_ids = ${approverIds}::uuid[], route_step = ${step},
        route = ${routeJson(steps)}::json, next_contact_at = ${nextAt}::timestamptz
      WHERE id = ${id}::uuid`;
    await tx.$executeRaw`
      UPDATE approval_notice SET next_at = ${now} WHERE approval_id = ${id}::uuid AND closed_at IS NULL`;
  }
}

/** Unless somebody moved or decided it meanwhile. */
async function postpone(db: Db, moves: readonly Move[]): Promise<void> {
  for (const { id, approval, progress } of moves) {
    await db.$executeRaw`
      UPDATE approval SET route_step = ${progress.step}, route = ${routeJson(progress.steps)}::json,
        next_contact_at = ${progress.nextAt}::timestamptz
      WHERE id = ${id}::uuid AND state = 'pending' AND next_contact_at = ${approval.nextContactAt}::timestamptz`;
  }
}

/** In the record: who was asked, by the route and not by a person. */
function record(step: Change, { approval, progress, joining }: Move): void {
  const { id, runId, agentId, decisionId, action, argsHash } = approval;
  step.audit({
    action: "approval.contact",
    subjectKind: "approval",
    subjectId: id,
    nodeId: agentId,
    detail: { runId, agentId, decisionId, action, argsHash: hex(argsHash), asked: joining, step: progress.step },
  });
  step.notify("approvals", `approval:${id}`);
}
