import { getAppeal } from "@/lib/appeals/queries";
import type { Viewer } from "@/lib/auth/viewer";
import { getUnclassified } from "@/lib/catalogue/unclassified-queries";
import { boundEvidence } from "@/lib/decisions/bound-evidence";
import { readRules } from "@/lib/decisions/explanation";
import { getConflict } from "@/lib/incidents/conflict-queries";
import type { ItemKind } from "@/lib/inbox/item";
import type { PanelData, PanelReadings } from "@/lib/inbox/panel";
import { approvalPanel } from "@/lib/inbox/panel-approval";
import { boundObject } from "@/lib/kernel/bound-json";
import { plain } from "@/lib/kernel/plain";
import { getPromotion } from "@/lib/promotions/queries";
import { getReview } from "@/lib/reviews/queries";

/**
 * Everything that is needed to decide one item, bounded and as JSON carries it; null when the viewer does not see it (invariant I12), or
 * there is no such thing. Who may decide is said within, and decided anew by the command.
 */
export async function readPanel(
  viewer: Viewer,
  { kind, id }: { kind: ItemKind; id: string },
): Promise<PanelData | null> {
  switch (kind) {
    case "approval": {
      const approval = await approvalPanel(viewer, id);
      return approval && { kind, approval: plain(approval) };
    }
    case "appeal":
      return await appealPanel(viewer, id);
    case "conflict": {
      const conflict = await getConflict(viewer, id);
      return conflict && { kind, conflict: plain(conflict) };
    }
    case "promotion": {
      const promotion = await getPromotion(viewer, id);
      return promotion && { kind, promotion: plain(promotion) };
    }
    case "action":
      return await actionPanel(viewer, id);
    case "review": {
      const review = await getReview(viewer, id);
      return review && { kind, review: plain(review) };
    }
  }
}

/** How the tests of the rules came out for the request that an item is about; null where there are none, or as {@link readPanel}. */
export async function readReadings(viewer: Viewer, decisionId: string): Promise<PanelReadings | null> {
  const rules = await readRules(viewer, decisionId);
  return rules && plain(rules);
}

async function appealPanel(viewer: Viewer, id: string): Promise<PanelData | null> {
  const appeal = await getAppeal(viewer, id);
  if (!appeal) return null;
  const { decision, evidence } = appeal;
  return {
    kind: "appeal",
    appeal: plain({
      ...appeal,
      evidence: evidence && boundEvidence(evidence),
      decision: { ...decision, evidence: decision.evidence && boundEvidence(decision.evidence) },
    }),
  };
}

const SAMPLE = { text: 2_000, items: 60, total: 10_000 };

async function actionPanel(viewer: Viewer, id: string): Promise<PanelData | null> {
  const action = await getUnclassified(viewer, id);
  if (!action) return null;
  const system = await viewer.db.system.findUnique({
    where: { id: action.suggestion.systemId },
    select: { id: true },
  });
  const samples = action.samples.map((sample) => ({ ...sample, args: boundObject(sample.args, SAMPLE).value }));
  return {
    kind: "action",
    action: plain({ ...action, samples }),
    mayClassify: viewer.access.canEverywhere("catalogue.write"),
    knownSystem: system !== null,
  };
}
