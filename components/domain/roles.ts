import { ROLES, type Role } from "@/lib/auth/permissions";

/** The roles as people choose them. Each covers the part of the chart that it is bound to. */
export const ROLE_LOOKS: Readonly<Record<Role, { label: string; hint: string }>> = {
  admin: { label: "Admin", hint: "Everything, people and their roles too" },
  manager: { label: "Manager", hint: "Chart, agents, grants and policies" },
  reviewer: { label: "Reviewer", hint: "Decides approvals, suspends agents" },
  auditor: { label: "Auditor", hint: "Reads everything, audit too" },
};

/** The role of a form's field, whose options are these. */
export const roleNamed = (text: string): Role => ROLES.find((role) => role === text) ?? "reviewer";
