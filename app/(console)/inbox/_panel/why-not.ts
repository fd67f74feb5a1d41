import type { ApprovalView, ReviewView } from "@/lib/inbox/panel";

/** Why a person cannot decide what is open, as its banner says it, and as a key that does nothing answers. */
export interface WhyNot {
  title: string;
  text: string;
}

interface Asked extends Pick<ApprovalView, "state" | "standing" | "quorum"> {
  approvers: readonly { name: string }[];
  votes: readonly { person: { id: string } }[];
}

/** Null where the viewer may decide the request. */
export function whyNotDecide(approval: Asked, viewerId: string): WhyNot | null {
  const { state, standing, votes, quorum } = approval;
  if (state !== "pending") return { title: SETTLED[state], text: "Nothing is left to decide." };
  if (votes.some((vote) => vote.person.id === viewerId)) {
    return { title: "You approved it", text: `${votes.length} of ${quorum} people have. It waits for the others.` };
  }
  const who = waitsFor(approval.approvers.map((person) => person.name));
  switch (standing) {
    case "may_decide":
      return null;
    case "settled":
      return { title: "It has been decided", text: "Nothing is left to decide." };
    case "excluded":
      return {
        title: "You may not decide this one",
        text: `The agent acts for you here, and nobody approves their own request. ${who}`,
      };
    case "no_role":
    case "not_asked":
      return { title: "This does not wait for you", text: who };
  }
}

const SETTLED: Record<Exclude<ApprovalView["state"], "pending">, string> = {
  approved: "It has been approved",
  rejected: "It has been rejected",
  expired: "It has expired",
  cancelled: "It was cancelled",
};

type Looked = Pick<ReviewView, "standing" | "state">;

/** Null where the viewer may decide the review. */
export function whyNotReview({ standing, state }: Looked): WhyNot | null {
  switch (standing) {
    case "may_decide":
      return state === "waiting" ? null : DECIDED;
    case "settled":
      return DECIDED;
    case "excluded":
      return { title: "Somebody else must look at it", text: "The agent acted on your behalf." };
    case "no_role":
      return { title: "You can read it", text: "Your role does not decide for this agent." };
    case "due":
      return { title: "Its window is over", text: "Remit is about to do what its rule says." };
  }
}

const DECIDED: WhyNot = { title: "It has been looked at", text: "Nothing is left to decide." };

function waitsFor(names: readonly string[]): string {
  return names.length === 0
    ? "Nobody in the organisation may decide it, so it will expire."
    : `It waits for ${listed(names)}.`;
}

function listed(names: readonly string[]): string {
  const shown = names.slice(0, 3);
  const more = names.length - shown.length;
  if (more > 0) return `${shown.join(", ")} and ${more} more`;
  return shown.length > 1 ? `${shown.slice(0, -1).join(", ")} or ${shown.at(-1)}` : (shown[0] ?? "");
}
