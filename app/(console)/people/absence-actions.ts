"use server";
import { defineAction } from "@/lib/auth/define-action";
import { endAbsenceInput, setAbsenceInput } from "@/lib/people/absence-schemas";
import { endAbsence, setAbsence } from "@/lib/people/absence-set";

const REVALIDATE = ["/people/me", "/people/[id]", "/people/rotations", "/people/rotations/[slug]"];

// Everybody says for themselves when they are away; for others the command asks who administers the account.
export const goAway = defineAction({
  permission: null,
  input: setAbsenceInput,
  run: setAbsence,
  revalidate: REVALIDATE,
});
export const beBack = defineAction({
  permission: null,
  input: endAbsenceInput,
  run: endAbsence,
  revalidate: REVALIDATE,
});
