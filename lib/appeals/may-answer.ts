import type { AppealSubject } from "@/lib/appeals/appealable";
import type { Access } from "@/lib/auth/access";

/** Whether whoever holds this access may change what the denial rests on: the organisation's policies, or what the agent may do. */
export const mayAnswer = (access: Access, subject: AppealSubject, agentId: string): boolean =>
  subject === "policy" ? access.canEverywhere("policy.write") : access.can("agent.write", agentId);
