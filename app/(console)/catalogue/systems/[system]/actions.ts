"use server";
import { defineAction } from "@/lib/auth/define-action";
import { removeReceiver, rotateReceiverSecret, saveReceiver } from "@/lib/rollbacks/receiver";
import { receiverInput, saveReceiverInput } from "@/lib/rollbacks/schemas";

const WHOLE = {
  permission: "organisation.write",
  node: "organisation",
  revalidate: ["/catalogue/systems/[system]", "/catalogue/systems"],
} as const;

export const saveAddress = defineAction({
  ...WHOLE,
  input: saveReceiverInput,
  run: (viewer, input) => saveReceiver(viewer, input),
});
export const rotateSecret = defineAction({
  ...WHOLE,
  input: receiverInput,
  run: (viewer, input) => rotateReceiverSecret(viewer, input),
});
export const forget = defineAction({
  ...WHOLE,
  input: receiverInput,
  run: (viewer, input) => removeReceiver(viewer, input),
});
