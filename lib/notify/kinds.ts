/** What people and webhooks are told of. The ids are the `type` of webhook events: they never change their meaning. */
export const NOTICE_KINDS = [
  "approval.asked",
  "approval.due_soon",
  "approval.unanswered",
  "approval.assigned",
  "approval.answered",
  "approval.expired",
  "review.unanswered",
  "appeal.opened",
  "policy_conflict.opened",
  "promotion.requested",
  "policy_draft.proposed",
  "incident.opened",
  "envelope.nearly_used",
  "envelope.used_up",
  "report.unused_grants",
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];

interface KindWords {
  /** Names it in choices and lists. */
  label: string;
  /** Several of them, behind their number. */
  many: string;
  /** In one sentence, what makes it come. */
  meaning: string;
  /** Whether it is urgent: always, never, or by its item. */
  urgency: "never" | "sometimes" | "always";
  /** Of one that is urgent only sometimes: when. */
  urgentWhen?: string;
}

export const KIND_WORDS: Readonly<Record<NoticeKind, KindWords>> = {
  "approval.asked": {
    label: "Approval asked of you",
    many: "approvals wait for you",
    meaning: "An agent waits for your decision.",
    urgency: "sometimes",
    urgentWhen: "high risk",
  },
  "approval.due_soon": {
    label: "Approval due soon",
    many: "approvals are due soon",
    meaning: "An approval asked of you is about to expire.",
    urgency: "always",
  },
  "approval.unanswered": {
    label: "Approval without an answer",
    many: "approvals have no answer yet",
    meaning: "The person who was asked first has not decided, and you may.",
    urgency: "always",
  },
  "approval.assigned": {
    label: "Approval assigned to you",
    many: "approvals were assigned to you",
    meaning: "Somebody asked you to take care of an approval.",
    urgency: "sometimes",
    urgentWhen: "high risk",
  },
  "approval.answered": {
    label: "Answer to your question",
    many: "answers to your questions",
    meaning: "An agent answered what you asked about its request.",
    urgency: "sometimes",
    urgentWhen: "high risk",
  },
  "approval.expired": {
    label: "Approval expired",
    many: "approvals expired",
    meaning: "Nobody decided in time: the action was not allowed.",
    urgency: "never",
  },
  "review.unanswered": {
    label: "Review without an answer",
    many: "reviews have no answer yet",
    meaning: "Nobody looked at what an agent did within its window, and you may.",
    urgency: "always",
  },
  "appeal.opened": {
    label: "Appeal",
    many: "appeals wait",
    meaning: "An agent asks you to reconsider a denial.",
    urgency: "never",
  },
  "policy_conflict.opened": {
    label: "Policy conflict",
    many: "policy conflicts wait",
    meaning: "An allow and a deny contradict each other about an agent of yours.",
    urgency: "never",
  },
  "promotion.requested": {
    label: "Promotion",
    many: "promotions wait",
    meaning: "An agent is proposed for another tier.",
    urgency: "never",
  },
  "policy_draft.proposed": {
    label: "Proposed policy",
    many: "drafts of policies wait",
    meaning: "Somebody proposes a change of a policy that you may publish.",
    urgency: "never",
  },
  "incident.opened": {
    label: "Incident",
    many: "incidents",
    meaning: "Something went wrong with an agent.",
    urgency: "sometimes",
    urgentWhen: "high or critical",
  },
  "envelope.nearly_used": {
    label: "Envelope nearly used",
    many: "envelopes are nearly used",
    meaning:
      "What an agent or team of yours may use in an hour, day or month is nearly used: agents are told to wind down.",
    urgency: "never",
  },
  "envelope.used_up": {
    label: "Envelope used up",
    many: "envelopes are used up",
    meaning: "An agent or team of yours has used all that it may: its requests are denied until the window ends.",
    urgency: "sometimes",
    urgentWhen: "a day's or a month's",
  },
  "report.unused_grants": {
    label: "Unused grants",
    many: "reports of unused grants",
    meaning: "The monthly report on authority that nobody uses.",
    urgency: "never",
  },
};

export const isNoticeKind = (kind: string): kind is NoticeKind => (NOTICE_KINDS as readonly string[]).includes(kind);

/** A message that somebody asked for to see whether it arrives: told to nobody else, chosen by nobody. */
export const TEST_KIND = "test";
export type MessageKind = NoticeKind | typeof TEST_KIND;

export const isMessageKind = (kind: string): kind is MessageKind => kind === TEST_KIND || isNoticeKind(kind);

export const labelOf = (kind: MessageKind): string => (kind === TEST_KIND ? "Test" : KIND_WORDS[kind].label);

/** What is chosen for separately: a kind, or the urgent part of one. */
export type ChoiceId = NoticeKind | `${NoticeKind}!`;

export const choiceIdOf = (kind: NoticeKind, urgent: boolean): ChoiceId =>
  urgent && KIND_WORDS[kind].urgency === "sometimes" ? `${kind}!` : kind;

/** Whether what falls under the choice is urgent: it then breaks through quiet hours and is never kept for a digest. */
export const isUrgentChoice = (id: ChoiceId): boolean =>
  id.endsWith("!") || KIND_WORDS[kindOf(id)].urgency === "always";

export const kindOf = (id: ChoiceId): NoticeKind => {
  const kind = id.endsWith("!") ? id.slice(0, -1) : id;
  if (!isNoticeKind(kind)) throw new RangeError("kindOf: not a choice");
  return kind;
};

/** Every choice, the urgent part of a kind before the rest of it. */
export const CHOICE_IDS: readonly ChoiceId[] = NOTICE_KINDS.flatMap((kind): ChoiceId[] =>
  KIND_WORDS[kind].urgency === "sometimes" ? [`${kind}!`, kind] : [kind],
);
