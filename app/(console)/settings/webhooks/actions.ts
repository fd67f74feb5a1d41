"use server";
import { defineAction } from "@/lib/auth/define-action";
import { changeSettings } from "@/lib/organisation/settings-change";
import { replayDelivery } from "@/lib/notify/webhooks/replay-delivery";
import {
  createWebhookInput,
  detailsInput,
  replayInput,
  updateWebhookInput,
  webhookIdInput,
} from "@/lib/notify/schemas";
import { sendTest } from "@/lib/notify/deliver/test-message";
import {
  pauseWebhook,
  removeWebhook,
  resumeWebhook,
  rotateWebhookSecret,
  updateWebhook,
} from "@/lib/notify/webhooks/change";
import { createWebhook } from "@/lib/notify/webhooks/create";

const admin = {
  permission: "organisation.write",
  node: "organisation",
  revalidate: ["/settings/webhooks", "/settings/webhooks/[id]"],
} as const;

export const addWebhook = defineAction({ ...admin, input: createWebhookInput, run: createWebhook });
export const editWebhook = defineAction({ ...admin, input: updateWebhookInput, run: updateWebhook });
export const rotateSecret = defineAction({ ...admin, input: webhookIdInput, run: rotateWebhookSecret });
export const pause = defineAction({ ...admin, input: webhookIdInput, run: pauseWebhook });
export const resume = defineAction({ ...admin, input: webhookIdInput, run: resumeWebhook });
export const remove = defineAction({ ...admin, input: webhookIdInput, run: removeWebhook });
export const replay = defineAction({ ...admin, input: replayInput, run: replayDelivery });

export const sendWebhookTest = defineAction({
  ...admin,
  input: webhookIdInput,
  run: (viewer, { id }) => sendTest(viewer, { target: { kind: "webhook", id } }),
});

export const setDetails = defineAction({
  ...admin,
  input: detailsInput,
  run: (viewer, { details }) =>
    changeSettings(viewer, {
      sections: ["notifications"],
      settings: details ? { notifications: { details } } : {},
      reason: details ? "Messages may carry details." : "Messages carry no details.",
    }),
});
