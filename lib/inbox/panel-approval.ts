import { askedOf } from "@/lib/approvals/route/asked";
import { identifiers, presentState, type KnownFact, type PresentState } from "@/lib/approvals/present-state";
import { getApproval } from "@/lib/approvals/queries";
import type { Viewer } from "@/lib/auth/viewer";
import { boundEvidence } from "@/lib/decisions/bound-evidence";
import type { DecisionDetail } from "@/lib/decisions/decision-detail";
import type { ApprovalPanel, Said } from "@/lib/inbox/panel";
import { boundJson, boundObject } from "@/lib/kernel/bound-json";
import { isId } from "@/lib/kernel/ids";
import type { Json, JsonObject } from "@/lib/kernel/json";
import { settingsFrom } from "@/lib/tiers/settings";

/** Arguments beyond these are shown in part. */
const ARGS = { text: 20_000, items: 300, total: 120_000 };
const RESOURCE = { text: 2_000, items: 50, total: 10_000 };
const MOST_FACTS = 40;
const MOST_SAID = 200;

/** Everything beside an approval in the inbox; null when the viewer does not see its agent (I12), or there is no such approval. */
export async function approvalPanel(viewer: Viewer, id: string): Promise<ApprovalPanel | null> {
  if (!isId(id)) return null;
  const { clock } = viewer;
  // Read at once; without the first of them, which knows who sees it, nothing of the others is given out.
  const [detail, row, configuration, asked] = await Promise.all([
    getApproval(viewer, id),
    readRow(viewer, id),
    viewer.db.configuration.findUniqueOrThrow({ where: { id: 1 }, select: { settings: true } }),
    askedOf(viewer, id),
  ]);
  if (!detail || !row) return null;
  const stored = objectOf(row.args as Json);
  const [schema, present] = await Promise.all([
    viewer.db.action.findUnique({ where: { id: detail.decision.action.id }, select: { args: true } }),
    presentOf(viewer, { ...detail.decision, args: stored }),
  ]);
  const now = clock.now();
  const { undoSeconds, minimumSeconds, rejectReasons } = settingsFrom(configuration.settings).settings.approvals;
  const args = boundObject(stored, ARGS);
  const { snoozes, views, editedAt, editedBy, entries, argsHash, releaseAt, ...rest } = row;
  const until = snoozes[0]?.until ?? null;
  return {
    ...detail,
    ...rest,
    decision: boundDecision(detail.decision),
    args: args.value,
    argsCut: args.cut,
    argsHash: Buffer.from(argsHash).toString("hex"),
    edited: editedAt && { by: editedBy?.name ?? "Somebody", at: editedAt },
    schema: (schema?.args ?? null) as JsonObject | null,
    present,
    asked,
    conversation: entries.map(({ author, ...said }): Said => ({
      ...said,
      by: author?.name ?? detail.decision.agent.name,
    })),
    snoozedUntil: until !== null && until > now ? until : null,
    releaseAt: releaseAt !== null && releaseAt > now ? releaseAt : null,
    openedAt: views[0]?.firstAt ?? null,
    rules: {
      undoSeconds,
      minimumSeconds: detail.risk === "high" ? minimumSeconds.high : 0,
      rejectReasons: [...rejectReasons],
    },
    now,
  };
}

const readRow = ({ db, person }: Viewer, id: string) =>
  db.approval.findUnique({
    where: { id },
    select: {
      args: true,
      argsHash: true,
      editedAt: true,
      editedBy: { select: { name: true } },
      quorum: true,
      releaseAt: true,
      assignee: { select: { id: true, name: true, email: true } },
      votes: {
        select: { at: true, comment: true, person: { select: { id: true, name: true } } },
        orderBy: { at: "asc" },
      },
      entries: {
        select: { id: true, kind: true, text: true, at: true, answersId: true, author: { select: { name: true } } },
        orderBy: [{ at: "asc" }, { id: "asc" }],
        take: MOST_SAID,
      },
      snoozes: { where: { personId: person.id }, select: { until: true } },
      views: { where: { personId: person.id }, select: { firstAt: true } },
    },
  });

/** The values that the request would change, as the run knows them. */
async function presentOf({ db }: Viewer, decision: DecisionDetail): Promise<PresentState | null> {
  const { args, resource, evidence, runId } = decision;
  const keys = [...identifiers(args, resource)].slice(0, 100);
  const rows = await db.$queryRaw<(Omit<KnownFact, "at"> & { at: Date })[]>`
    SELECT action, key, value, origin::text AS origin, at FROM run_fact
    WHERE run_id = ${runId}::uuid AND key = ANY(${keys}::text[]) AND octet_length(value::text) <= 65536
    ORDER BY at DESC LIMIT ${MOST_FACTS}`;
  const facts = rows.map((row): KnownFact => ({ ...row, at: row.at.toISOString() }));
  const found = presentState({ args, resource, proposed: evidence?.proposedAction ?? null, facts });
  return found && { ...found, before: boundObject(found.before, RESOURCE).value };
}

function boundDecision(decision: DecisionDetail): DecisionDetail {
  return {
    ...decision,
    args: boundObject(decision.args, ARGS).value,
    resource: boundJson(decision.resource, RESOURCE).value,
    evidence: decision.evidence && boundEvidence(decision.evidence),
    checks: decision.checks.map((check) => ({ ...check, saw: boundObject(check.saw, RESOURCE).value })),
  };
}

const objectOf = (value: Json): JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? value : { value };
