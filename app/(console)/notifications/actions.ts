"use server";
import { defineAction } from "@/lib/auth/define-action";
import { markRead } from "@/lib/notify/mark-read";
import { markReadInput } from "@/lib/notify/schemas";

export const markNotificationsRead = defineAction({
  permission: null,
  input: markReadInput,
  run: markRead,
  revalidate: ["/notifications"],
});
