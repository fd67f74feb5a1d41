"use server";

import { resumeAgent } from "@/lib/agents/resume";
import { agentReasonInput, suspendSubtreeInput } from "@/lib/agents/schemas";
import { resumeSubtree, suspendSubtree } from "@/lib/agents/subtree-suspend";
import { defineAction } from "@/lib/auth/define-action";
import { resolveConflict } from "@/lib/incidents/conflict-resolve";
import { noteIncident } from "@/lib/incidents/note";
import { openIncident } from "@/lib/incidents/open";
import { resolveIncident } from "@/lib/incidents/resolve";
import {
  noteIncidentInput,
  openIncidentInput,
  resolveConflictInput,
  resolveIncidentInput,
} from "@/lib/incidents/schemas";
import { engageKillSwitch, releaseKillSwitch } from "@/lib/organisation/kill-switch";
import { killSwitchInput } from "@/lib/organisation/schemas";

const PAGES = ["/incidents", "/incidents/[id]", "/agents/[slug]"];
/** The banner stands on every page. */
const STOPS = ["/incidents/kill-switch", "/agents", "/agents/[slug]", "/chart"];

export const open = defineAction({
  permission: "incident.open",
  input: openIncidentInput,
  run: (viewer, input) => openIncident(viewer, input),
  revalidate: PAGES,
});

export const note = defineAction({
  permission: "incident.open",
  input: noteIncidentInput,
  run: (viewer, input) => noteIncident(viewer, input),
  revalidate: PAGES,
});

export const resolve = defineAction({
  permission: "incident.write",
  input: resolveIncidentInput,
  run: (viewer, input) => resolveIncident(viewer, input),
  revalidate: PAGES,
});

export const resolvePolicyConflict = defineAction({
  permission: "incident.write",
  input: resolveConflictInput,
  run: (viewer, input) => resolveConflict(viewer, input),
  revalidate: ["/incidents/conflicts"],
});

export const stopEverything = defineAction({
  permission: "organisation.write",
  node: "organisation",
  input: killSwitchInput,
  run: (viewer, input) => engageKillSwitch(viewer, input),
  stops: true,
  revalidate: STOPS,
});

export const startEverything = defineAction({
  permission: "organisation.write",
  node: "organisation",
  input: killSwitchInput,
  run: (viewer, input) => releaseKillSwitch(viewer, input),
  revalidate: STOPS,
});

export const stopSubtree = defineAction({
  permission: "agent.suspend",
  input: suspendSubtreeInput,
  run: (viewer, input) => suspendSubtree(viewer, input),
  stops: true,
  revalidate: STOPS,
});

export const startSubtree = defineAction({
  permission: "chart.write",
  input: suspendSubtreeInput,
  run: (viewer, input) => resumeSubtree(viewer, input),
  revalidate: STOPS,
});

export const startAgent = defineAction({
  permission: "agent.write",
  input: agentReasonInput,
  run: (viewer, input) => resumeAgent(viewer, input),
  revalidate: STOPS,
});
