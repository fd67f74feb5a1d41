import { remindAt } from "@/lib/approvals/route/progress";

/** What is known of an approval when it is decided whom to tell next. */
export interface WaitingApproval {
  requestedAt: Date;
  deadline: Date;
  /** Who is asked now: its route says so (lib/approvals/route/progress.ts). */
  askedIds: readonly string[];
}

export interface Told {
  askedAt: Date | null;
  remindedAt: Date | null;
  /** Who was told so far, in order. */
  toldIds: readonly string[];
}

export type ApprovalStep =
  | { do: "ask"; people: string[] }
  | { do: "remind"; people: string[] }
  /** Those before have not decided: its route asks somebody else. */
  | { do: "page"; person: string };

/**
 * What is to be told of an approval that waits, and when there is more; null when there is none. People are told as its route asks them:
 * the first at once, others as they join. Whoever is asked only now needs no reminder on top. Each step comes once.
 */
export function nextSteps(
  approval: WaitingApproval,
  told: Told,
  now: Date,
): { steps: ApprovalStep[]; nextAt: Date | null } {
  const steps: ApprovalStep[] = [];
  const joining = approval.askedIds.filter((id) => !told.toldIds.includes(id));
  if (told.askedAt === null) steps.push({ do: "ask", people: joining });
  else for (const person of joining) steps.push({ do: "page", person });
  const reminder = remindAt(approval);
  if (told.remindedAt !== null) return { steps, nextAt: null };
  if (reminder > now) return { steps, nextAt: reminder };
  if (told.askedAt !== null) steps.push({ do: "remind", people: [...told.toldIds] });
  return { steps, nextAt: null };
}
