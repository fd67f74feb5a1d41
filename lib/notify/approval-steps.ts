/** What is known of an approval when it is decided whom to tell next. */
export interface WaitingApproval {
  requestedAt: Date;
  deadline: Date;
  risk: "low" | "medium" | "high";
  /** Who may decide, nearest first. */
  approverIds: readonly string[];
  excludedIds: readonly string[];
}

export interface Told {
  askedAt: Date | null;
  remindedAt: Date | null;
  pagedAt: Date | null;
  /** Who was told so far, in order. */
  toldIds: readonly string[];
}

export type ApprovalStep =
  | { do: "ask"; people: string[] }
  | { do: "remind"; people: string[] }
  /** The first has not reacted: somebody else is told. */
  | { do: "page"; people: string[] };

const MINUTE_MS = 60_000;
const REMIND_MS = 30 * MINUTE_MS;
const PAGE_MS = 15 * MINUTE_MS;

/** When the first person is reminded: half an hour before the deadline, or when a quarter of a shorter time is left. */
export function remindAt({ requestedAt, deadline }: WaitingApproval): Date {
  const whole = deadline.getTime() - requestedAt.getTime();
  return new Date(deadline.getTime() - Math.min(REMIND_MS, whole / 4));
}

/** When somebody else is told: for high risk after a quarter of an hour, or a third of a shorter time; else half-way between reminder and deadline. */
export function pageAt(approval: WaitingApproval): Date {
  const { requestedAt, deadline, risk } = approval;
  const whole = deadline.getTime() - requestedAt.getTime();
  if (risk === "high") return new Date(requestedAt.getTime() + Math.min(PAGE_MS, whole / 3));
  const reminder = remindAt(approval).getTime();
  return new Date(reminder + (deadline.getTime() - reminder) / 2);
}

/**
 * Who is told when the first does not react: their own secondary contact, if that person may decide it, else the next approver. Null when
 * everybody who may decide has been told.
 */
export function secondaryOf(
  approval: WaitingApproval,
  toldIds: readonly string[],
  contactOf: (personId: string) => string | null,
): string | null {
  const may = approval.approverIds.filter((id) => !approval.excludedIds.includes(id) && !toldIds.includes(id));
  const contacts = toldIds.map(contactOf).filter((id) => id !== null && may.includes(id));
  return contacts[0] ?? may[0] ?? null;
}

/**
 * The steps that are due for an approval that waits, and when the next one will be; null when none will. An approver is asked at once, with
 * those beside them whom a rule names (`firstIds`). Steps missed while nobody looked are taken together, so that each happens once.
 */
export function nextSteps(
  approval: WaitingApproval,
  told: Told,
  firstIds: readonly string[],
  contactOf: (personId: string) => string | null,
  now: Date,
): { steps: ApprovalStep[]; nextAt: Date | null } {
  const steps: ApprovalStep[] = [];
  const toldIds = [...told.toldIds];
  if (told.askedAt === null) {
    steps.push({ do: "ask", people: [...firstIds] });
    toldIds.push(...firstIds);
  }
  const open: Date[] = [];
  if (told.pagedAt === null && toldIds.length > 0) {
    const at = pageAt(approval);
    const secondary = secondaryOf(approval, toldIds, contactOf);
    if (at > now) open.push(at);
    else if (secondary !== null) {
      steps.push({ do: "page", people: [secondary] });
      toldIds.push(secondary);
    }
  }
  if (told.remindedAt === null) {
    const at = remindAt(approval);
    if (at > now) open.push(at);
    // Whoever is asked only now needs no reminder on top.
    else if (told.askedAt !== null) steps.push({ do: "remind", people: told.toldIds.slice() });
  }
  const nextMs = Math.min(...open.map((at) => at.getTime()));
  return { steps, nextAt: open.length === 0 ? null : new Date(nextMs) };
}
