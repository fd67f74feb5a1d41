import { cache } from "react";
import { requireViewer } from "@/lib/auth/session";
import { reviewTitle } from "@/lib/reviews/queries";

/** What stands in the tab; null when there is no such thing within the viewer's sight. Asked once per request. */
export const titleOf = cache(
  async (id: string): Promise<string | null> => await reviewTitle(await requireViewer("approval.read"), id),
);
