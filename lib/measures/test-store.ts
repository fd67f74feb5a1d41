import { at, seedAcme } from "@/lib/approvals/test-store";
import type { Db } from "@/lib/db/client";
import { policyTrace } from "@/lib/worker/rule-hits-testing";

/** What came of one approval, as a test writes it down. */
interface Told {
  agent?: "desk" | "helper" | "ledger";
  by?: "ada" | "rob" | "fay" | null;
  state?: "approved" | "rejected" | "expired" | "cancelled" | "pending";
  /** `policy/rule` of rules that asked; none: the matrix of reversibility did. */
  rules?: readonly string[];
  /** Seconds before NOW; and how long after that it was decided. */
  ago?: number;
  wait?: number;
  spent?: number | null;
  /** Not yet released to the agent. */
  undoable?: boolean;
  action?: string;
}

/** Acme with approvals that came to something. */
export async function seedOutcomes(db: Db) {
  const acme = await seedAcme(db);
  const runs = {
    desk: await acme.run(acme.ids.desk),
    helper: await acme.run(acme.ids.helper),
    ledger: await acme.run(acme.ids.ledger),
  };
  /** An approval that was asked for and has come to this. */
  const outcome = async (told: Told = {}) => {
    const { agent = "desk", by = "rob", state = "approved", rules = [], ago = 3_600, wait = 60, spent = null } = told;
    const asked = at(-ago);
    const run = runs[agent];
    const { id, decisionId } = await acme.approval(run, [acme.ids.ada], {
      requestedAt: asked,
      deadline: new Date(asked.getTime() + 7_200_000),
      checks: policyTrace(
        ...rules.map((text) => {
          const [policy = "", rule = ""] = text.split("/");
          return { policy, rule, effect: "escalate" };
        }),
      ),
      ...(told.action === undefined ? {} : { action: told.action }),
    });
    const byPerson = state === "approved" || state === "rejected";
    if (state !== "pending")
      await db.approval.update({
        where: { id },
        data: {
          state,
          ...(byPerson
            ? {
                decidedAt: new Date(asked.getTime() + wait * 1_000),
                decidedById: by === null ? null : acme.ids[by],
                secondsSpent: spent,
                releaseAt: told.undoable ? at(5) : null,
                ...(state === "approved" ? { validUntil: at(86_400) } : { comment: "No." }),
              }
            : {}),
        },
      });
    return { id, decisionId, run };
  };
  return { ...acme, runs, outcome };
}
