"use server";
import { defineAction } from "@/lib/auth/define-action";
import { haltRun } from "@/lib/runs/halt";
import { haltInput } from "@/lib/runs/schemas";

export const halt = defineAction({
  permission: "run.halt",
  input: haltInput,
  run: haltRun,
  stops: true,
  revalidate: ["/runs", "/runs/[id]"],
});
