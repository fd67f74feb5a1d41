"use server";

import { createCredential } from "@/lib/agents/credential-create";
import { revokeCredential } from "@/lib/agents/credential-revoke";
import { resumeAgent } from "@/lib/agents/resume";
import { agentReasonInput, createCredentialInput, revokeCredentialInput } from "@/lib/agents/schemas";
import { suspendAgent } from "@/lib/agents/suspend";
import { defineAction } from "@/lib/auth/define-action";

const PAGES = ["/agents", "/agents/[slug]", "/chart"];

export const suspend = defineAction({
  permission: "agent.suspend",
  input: agentReasonInput,
  run: (viewer, input) => suspendAgent(viewer, input),
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
  revalidate: ["/agents/[slug]/credentials"],
});
