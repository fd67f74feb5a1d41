import { cache } from "react";

import { requireViewer } from "@/lib/auth/session";
import { policyName } from "@/lib/policies/queries";

/** The policy's name, once a request; null when the viewer sees no such policy. */
export const titleOf = cache(async (slug: string): Promise<string | null> =>
  policyName(await requireViewer("policy.read"), slug),
);
