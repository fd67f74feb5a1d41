import type { Viewer } from "@/lib/auth/viewer";
import { z } from "zod";

import type { TemplateAction } from "@/lib/policies/templates/fit";

const MOST_ACTIONS = 2_000;
const json = z.json();

/** The catalogue as templates look at it; nothing for whoever does not write policies everywhere. */
export async function readTemplateActions({ db, access }: Viewer): Promise<TemplateAction[]> {
  if (!access.canEverywhere("policy.write")) return [];
  const actions = await db.action.findMany({
    where: { retiredAt: null },
    select: { id: true, title: true, kind: true, reversibility: true, impact: true, dataClasses: true, args: true },
    orderBy: { id: "asc" },
    take: MOST_ACTIONS,
  });
  return actions.map((action) => ({ ...action, args: json.parse(action.args) }));
}

/** People whom a rule can ask. */
export async function readAskable({ db, access }: Viewer): Promise<{ email: string; name: string }[]> {
  if (!access.canEverywhere("policy.write")) return [];
  return await db.person.findMany({
    where: { status: "active" },
    select: { email: true, name: true },
    orderBy: { name: "asc" },
    take: 500,
  });
}
