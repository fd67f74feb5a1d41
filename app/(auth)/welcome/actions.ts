"use server";
import { z } from "zod";

import { definePublicAction } from "@/lib/auth/define-action";
import { loadDemo } from "@/lib/demo/load";
import { setUpSchema } from "@/lib/people/account-schemas";
import { setUp } from "@/lib/people/setup";

const FIRST_RUN = { kind: "system", id: "first-run" } as const;

export const setUpOrganisation = definePublicAction({
  input: setUpSchema,
  run: (services, input) => setUp({ ...services, actor: FIRST_RUN }, input),
});

// Only an empty database takes a demo: the store refuses every other.
export const loadDemoOrganisation = definePublicAction({
  input: z.null(),
  run: (services) => loadDemo({ ...services, actor: FIRST_RUN }),
});
