"use server";
import { makeCheckpoint } from "@/lib/audit/checkpoints/make-checkpoint";
import { defineAction } from "@/lib/auth/define-action";
import { checkpointInput } from "@/lib/audit/schemas";

export const checkpoint = defineAction({
  permission: "audit.read",
  input: checkpointInput,
  run: makeCheckpoint,
  revalidate: ["/audit", "/audit/checkpoints"],
});
