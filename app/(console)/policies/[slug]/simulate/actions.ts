"use server";
import { defineAction } from "@/lib/auth/define-action";
import { cancelSimulation } from "@/lib/policies/simulation/cancel";
import { simulationIdInput, startSimulationInput } from "@/lib/policies/simulation/schemas";
import { startSimulation } from "@/lib/policies/simulation/start";

/** Asks the worker to try the draft on past decisions. */
export const startPolicySimulation = defineAction({
  permission: "policy.read",
  node: "organisation",
  input: startSimulationInput,
  run: startSimulation,
  revalidate: ["/policies/[slug]/simulate"],
});

/** Stops a simulation. */
export const cancelPolicySimulation = defineAction({
  permission: "policy.read",
  node: "organisation",
  input: simulationIdInput,
  run: cancelSimulation,
  revalidate: ["/policies/[slug]/simulate"],
});
