"use server";
import { grantIdsInput } from "@/lib/agents/schemas";
import { removeUnusedGrants, restoreGrants } from "@/lib/agents/unused-remove";
import { defineAction } from "@/lib/auth/define-action";
import { approvePromotion, rejectPromotion } from "@/lib/promotions/decide-promotion";
import { demoteAgent } from "@/lib/promotions/demote";
import { requestPromotion } from "@/lib/promotions/request";
import {
  approvePromotionInput,
  demoteInput,
  rejectPromotionInput,
  requestPromotionInput,
  withdrawPromotionInput,
} from "@/lib/promotions/schemas";
import { withdrawPromotion } from "@/lib/promotions/withdraw";

// Who may do which of these hangs on the agent and on who asked: the commands load that and decide.
const PAGES = ["/autonomy", "/agents", "/agents/[slug]/autonomy"];

export const request = defineAction({
  permission: "chart.read",
  input: requestPromotionInput,
  run: (viewer, input) => requestPromotion(viewer, input),
  revalidate: PAGES,
});
export const withdraw = defineAction({
  permission: "chart.read",
  input: withdrawPromotionInput,
  run: (viewer, input) => withdrawPromotion(viewer, input),
  revalidate: PAGES,
});
export const approve = defineAction({
  permission: "promotion.decide",
  input: approvePromotionInput,
  run: (viewer, input) => approvePromotion(viewer, input),
  revalidate: PAGES,
});
export const reject = defineAction({
  permission: "promotion.decide",
  input: rejectPromotionInput,
  run: (viewer, input) => rejectPromotion(viewer, input),
  revalidate: PAGES,
});
export const demote = defineAction({
  permission: "agent.write",
  input: demoteInput,
  run: (viewer, input) => demoteAgent(viewer, input),
  revalidate: PAGES,
});
export const removeGrants = defineAction({
  permission: "agent.write",
  input: grantIdsInput,
  run: (viewer, input) => removeUnusedGrants(viewer, input),
  revalidate: ["/autonomy/grants", "/agents/[slug]/authority"],
});
export const giveGrantsBack = defineAction({
  permission: "agent.write",
  input: grantIdsInput,
  run: (viewer, input) => restoreGrants(viewer, input),
  revalidate: ["/autonomy/grants", "/agents/[slug]/authority"],
});
