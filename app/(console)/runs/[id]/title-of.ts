import { cache } from "react";
import { runTitle } from "@/lib/runs/queries";
import { requireViewer } from "@/lib/auth/session";

/** What stands in the tab; null when there is no such thing within the viewer's sight. Asked once per request. */
export const titleOf = cache(
  async (id: string): Promise<string | null> => await runTitle(await requireViewer("run.read"), id),
);
