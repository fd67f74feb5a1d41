"use server";
import { defineAction } from "@/lib/auth/define-action";
import { saveChoicesInput } from "@/lib/notify/choices";
import { saveChoices } from "@/lib/notify/choices-save";
import { connectChatInput, testMessageInput, webhookIdInput } from "@/lib/notify/schemas";
import { sendTest } from "@/lib/notify/deliver/test-message";
import { removeWebhook, resumeWebhook } from "@/lib/notify/webhooks/change";
import { connectChat } from "@/lib/notify/webhooks/create";

const revalidate = ["/people/me/notifications"];

export const saveMyChoices = defineAction({ permission: null, input: saveChoicesInput, run: saveChoices, revalidate });
export const connectMyChat = defineAction({ permission: null, input: connectChatInput, run: connectChat, revalidate });

// Whether the chat is the viewer's own is for the command to say: to everybody else it does not exist.
export const disconnectMyChat = defineAction({
  permission: null,
  input: webhookIdInput,
  run: removeWebhook,
  revalidate,
});
export const resumeMyChat = defineAction({ permission: null, input: webhookIdInput, run: resumeWebhook, revalidate });

// A webhook of a node takes more than being oneself: the command says so.
export const sendMyTest = defineAction({ permission: null, input: testMessageInput, run: sendTest, revalidate });
