"use server";
import { defineAction } from "@/lib/auth/define-action";
import { deleteView, renameView } from "@/lib/inbox/view-change";
import { saveView } from "@/lib/inbox/view-save";
import { deleteViewInput, renameViewInput, saveViewInput } from "@/lib/inbox/view-schemas";

// A person's own views: no permission is needed, and the commands touch nobody else's.

export const saveInboxView = defineAction({
  permission: null,
  input: saveViewInput,
  run: saveView,
  revalidate: ["/inbox"],
});
export const renameInboxView = defineAction({
  permission: null,
  input: renameViewInput,
  run: renameView,
  revalidate: ["/inbox"],
});
export const deleteInboxView = defineAction({
  permission: null,
  input: deleteViewInput,
  run: deleteView,
  revalidate: ["/inbox"],
});
