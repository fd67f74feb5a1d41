import { cache } from "react";
import { appealTitle } from "@/lib/appeals/queries";
import { requireViewer } from "@/lib/auth/session";

/** What stands in the tab; null when there is no such thing within the viewer's sight. Asked once per request. */
export const titleOf = cache(async (id: string): Promise<string | null> => {
  const action = await appealTitle(await requireViewer("approval.read"), id);
  return action === null ? null : `Appeal: ${action}`;
});
