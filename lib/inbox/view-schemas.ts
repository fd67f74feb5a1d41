import { z } from "zod";

import { inboxFilterSchema } from "@/lib/inbox/filter";

/** How many views of one's own a person may keep. */
export const VIEWS_MAX = 20;

export const saveViewInput = z.strictObject({
  name: z.string().trim().min(1, "Give the view a name.").max(40),
  filter: inboxFilterSchema,
});

export const renameViewInput = z.strictObject({
  viewId: z.string().max(64),
  name: z.string().trim().min(1, "Give the view a name.").max(40),
});

export const deleteViewInput = z.strictObject({ viewId: z.string().max(64) });
