import { z } from "zod";

import { parseRate } from "@/lib/budgets/rate";

/** Says that there is no limit, where one would otherwise be inherited. */
export const UNLIMITED = "unlimited";

/** `60/m`, `1000/h`, `unlimited`. */
export const rateText = z
  .string()
  .refine(
    (text) => text === UNLIMITED || parseRate(text) !== null,
    "must be a rate such as 60/m or 1000/h, or unlimited",
  );

/** How often may be asked: by one running instance, and by all that an agent has at once. What is absent is as the settings say. */
export const rates = z.strictObject({ run: rateText.optional(), agent: rateText.optional() });
export type Rates = z.infer<typeof rates>;
