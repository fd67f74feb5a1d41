"use server";

import { defineAction } from "@/lib/auth/define-action";
import { setEnvelopeInput } from "@/lib/budgets/schemas";
import { setEnvelope } from "@/lib/budgets/set-envelope";

export const setNodeEnvelope = defineAction({
  permission: "envelope.write",
  input: setEnvelopeInput,
  run: (viewer, input) => setEnvelope(viewer, input),
  revalidate: ["/chart", "/agents/[slug]"],
});
