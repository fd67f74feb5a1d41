import { cache } from "react";
import { approvalTitle } from "@/lib/approvals/queries";
import { requireViewer } from "@/lib/auth/session";

/** What stands in the tab; null when there is no such thing within the viewer's sight. Asked once per request. */
export const titleOf = cache(
  async (id: string): Promise<string | null> => await approvalTitle(await requireViewer("approval.read"), id),
);
