"use server";
import { definePublicAction } from "@/lib/auth/define-action";
import { setUpSchema } from "@/lib/people/account-schemas";
import { setUp } from "@/lib/people/setup";

export const setUpOrganisation = definePublicAction({
  input: setUpSchema,
  run: (services, input) => setUp({ ...services, actor: { kind: "system", id: "first-run" } }, input),
});
