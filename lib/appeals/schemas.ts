import { z } from "zod";

const appealId = z.string().max(64);
const comment = z.string().trim().min(1, "Say why.").max(2_000);

/** The denial stands. */
export const upholdAppealInput = z.strictObject({ appealId, comment });

/** One permit for exactly what was denied. */
export const permitAppealInput = z.strictObject({ appealId, comment });

/** What denied is to be changed: by a draft of its policy, or at the agent. */
export const changeAppealInput = z.strictObject({
  appealId,
  comment,
  /** Begin a draft of this policy, unless it has one. */
  draft: z.string().max(80).optional(),
});
