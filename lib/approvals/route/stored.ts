import { z } from "zod";

import { ROLES } from "@/lib/auth/permissions";
import type { RouteStep } from "@/lib/approvals/route/plan";

const contact = z.union([
  z.object({ person: z.string() }),
  z.object({ role: z.enum(ROLES), nodeId: z.string() }),
  z.object({ rotation: z.string() }),
]);

const step = z
  .object({ afterMs: z.number().min(0), to: z.array(contact), at: z.iso.datetime().optional() })
  .transform(({ at, ...rest }): RouteStep => (at === undefined ? rest : { ...rest, at: new Date(at) }));

const route = z.object({ steps: z.array(step) });

/** The steps that an approval's `route` holds. One without, or that cannot be read, has none: whoever may decide has been asked. */
export function storedSteps(stored: unknown): RouteStep[] {
  const parsed = route.safeParse(stored);
  return parsed.success ? parsed.data.steps : [];
}
