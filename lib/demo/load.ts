import { readFile } from "node:fs/promises";
import { join } from "node:path";

import type { CommandContext } from "@/lib/audit/change";
import type { Step } from "@/lib/audit/command";
import { ROOT } from "@/lib/db/root";
import { DEMO_PASSWORD } from "@/lib/demo/login";
import { fail, ok, type Result } from "@/lib/kernel/result";
import { applyManifest } from "@/lib/manifest/apply";
import { manifestSchema } from "@/lib/manifest/schemas";
import { proposeDraft } from "@/lib/policies/drafts/propose";
import { startDraft } from "@/lib/policies/drafts/start";
import { hashPassword } from "@/lib/people/password";
import { parse } from "yaml";

/**
 * Loads the demo organisation and its logins into an empty database, in one transaction.
 * Errors: `demo_needs_empty` when anybody or anything is there already.
 */
export async function loadDemo(context: CommandContext): Promise<Result<{ people: number }>> {
  const text = await readFile(join(ROOT, "lib/demo/organisation.yaml"), "utf8");
  const { people } = manifestSchema.parse(parse(text));
  const hash = await hashPassword(DEMO_PASSWORD);
  const passwordHashes = new Map((people ?? []).map((person) => [person.email, hash] as const));
  const applied = await applyManifest(context, text, { passwordHashes, before: begin, after: proposeNightRule });
  if (!applied.ok) return applied;
  if (applied.value.outcome === "refused") {
    const first = applied.value.problems[0]?.message ?? "";
    return fail("internal", `The demo's manifest is refused: ${first}`);
  }
  return ok({ people: passwordHashes.size });
}

/** Marks the database as a demo: the store does it only on an empty one. */
async function begin(step: Step): Promise<Result<null>> {
  await step.tx.$executeRaw`SELECT begin_demo()`;
  step.audit({ action: "demo.begin", subjectKind: "organisation", subjectId: "1", nodeId: null, detail: {} });
  return ok(null);
}

/** A proposed draft, so that there is one to look at and to publish, and whoever may is told of it. */
async function proposeNightRule(step: Step): Promise<Result<unknown>> {
  const begun = await startDraft.within(step, {
    policy: "quiet-nights",
    name: "Quiet nights",
    isNew: true,
    rules: [
      {
        id: "no-campaign-at-night",
        description: "Customers complained about mail at three in the morning.",
        match: { actions: ["mail.send_campaign"] },
        when: 'now.getHours("Europe/Berlin") < 7 || now.getHours("Europe/Berlin") >= 22',
        effect: "deny",
        message: "Campaigns are not sent between 22:00 and 7:00.",
      },
    ],
  });
  return begun.ok ? await proposeDraft.within(step, begun.value) : begun;
}
