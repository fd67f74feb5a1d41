"use server";

import { defineAction } from "@/lib/auth/define-action";
import { saveFailureModes, saveFailureModesInput } from "@/lib/incidents/failure-modes-save";

/** The command authorises: for all agents the organisation, for one that agent. */
export const save = defineAction({
  permission: "agent.write",
  input: saveFailureModesInput,
  run: (viewer, input) => saveFailureModes(viewer, input),
  revalidate: ["/settings/failure-modes"],
});
