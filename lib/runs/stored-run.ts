import { z } from "zod";

import type { Json } from "@/lib/kernel/json";

const triggerSchema = z.object({
  kind: z.string().catch("unknown"),
  source: z.string().nullish().catch(null),
  reference: z.string().nullish().catch(null),
});
const onBehalfOfSchema = z.object({ subject: z.string(), authenticatedAt: z.string().nullish().catch(null) });

interface Trigger {
  kind: string;
  source: string | null;
  reference: string | null;
}

/** What started a run, from its stored JSON. Never throws. */
export function storedTrigger(stored: Json): Trigger {
  const parsed = triggerSchema.safeParse(stored);
  if (!parsed.success) return { kind: "unknown", source: null, reference: null };
  return { kind: parsed.data.kind, source: parsed.data.source ?? null, reference: parsed.data.reference ?? null };
}

/** For whom a run acts, from its stored JSON; null when for nobody. Never throws. */
export function storedOnBehalfOf(stored: Json): { subject: string; authenticatedAt: string | null } | null {
  const parsed = onBehalfOfSchema.safeParse(stored);
  return parsed.success ? { subject: parsed.data.subject, authenticatedAt: parsed.data.authenticatedAt ?? null } : null;
}
