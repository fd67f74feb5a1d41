"use server";
import { z } from "zod";

import { defineAction } from "@/lib/auth/define-action";
import { ok } from "@/lib/kernel/result";
import { searchRecords } from "@/lib/search/queries";

/** What the command palette finds, within the viewer's sight. */
export const searchConsole = defineAction({
  permission: null,
  input: z.object({ query: z.string().trim().min(1).max(200) }),
  run: async (viewer, { query }) => ok(await searchRecords(viewer, query)),
});
