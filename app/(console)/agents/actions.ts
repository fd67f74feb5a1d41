"use server";

import { createAgent } from "@/lib/agents/create";
import { createCredential } from "@/lib/agents/credential-create";
import { revokeCredential } from "@/lib/agents/credential-revoke";
import { addGrant } from "@/lib/agents/grant-add";
import { revokeGrant } from "@/lib/agents/grant-revoke";
import { resumeAgent } from "@/lib/agents/resume";
import { retireAgent } from "@/lib/agents/retire";
import {
  addGrantInput,
  agentReasonInput,
  createAgentInput,
  createCredentialInput,
  revokeCredentialInput,
  revokeGrantInput,
  updateAgentInput,
} from "@/lib/agents/schemas";
import { suspendAgent } from "@/lib/agents/suspend";
import { updateAgent } from "@/lib/agents/update";
import { defineAction } from "@/lib/auth/define-action";

const PAGES = ["/agents", "/agents/[slug]", "/chart"];
const AUTHORITY_PAGES = ["/agents/[slug]/authority", "/agents/[slug]"];

export const add = defineAction({
  permission: "agent.write",
  node: (input) => Promise.resolve(input.parentId),
  input: createAgentInput,
  run: (viewer, input) => createAgent(viewer, input),
  revalidate: PAGES,
});

export const change = defineAction({
  permission: "agent.write",
  node: (input) => Promise.resolve(input.id),
  input: updateAgentInput,
  run: (viewer, input) => updateAgent(viewer, input),
  revalidate: [...PAGES, "/agents/[slug]/versions"],
});

export const retire = defineAction({
  permission: "agent.write",
  node: (input) => Promise.resolve(input.id),
  input: agentReasonInput,
  run: (viewer, input) => retireAgent(viewer, input),
  revalidate: PAGES,
});

export const giveGrant = defineAction({
  permission: "agent.write",
  node: (input) => Promise.resolve(input.agentId),
  input: addGrantInput,
  run: (viewer, input) => addGrant(viewer, input),
  revalidate: AUTHORITY_PAGES,
});

/** Which agent's it is, the command finds out and decides on. */
export const takeGrant = defineAction({
  permission: "agent.write",
  input: revokeGrantInput,
  run: (viewer, input) => revokeGrant(viewer, input),
  revalidate: AUTHORITY_PAGES,
});

export const suspend = defineAction({
  permission: "agent.suspend",
  input: agentReasonInput,
  run: (viewer, input) => suspendAgent(viewer, input),
  stops: true,
  revalidate: PAGES,
});

export const resume = defineAction({
  permission: "agent.write",
  input: agentReasonInput,
  run: (viewer, input) => resumeAgent(viewer, input),
  revalidate: PAGES,
});

/** The answer carries the secret: the only time that anybody sees it. */
export const issueCredential = defineAction({
  permission: "credential.write",
  input: createCredentialInput,
  run: (viewer, input) => createCredential(viewer, input),
  revalidate: ["/agents/[slug]/credentials"],
});

export const revoke = defineAction({
  permission: "credential.write",
  input: revokeCredentialInput,
  run: (viewer, input) => revokeCredential(viewer, input),
  stops: true,
  revalidate: ["/agents/[slug]/credentials"],
});
