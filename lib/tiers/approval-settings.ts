import { z } from "zod";

/** A reason for rejecting that people take with one key and may then change. */
export interface RejectReason {
  /** Stays the same when the words change: measures count by it. */
  id: string;
  /** Names it in the list. */
  label: string;
  /** What the agent is told. */
  text: string;
}

/** How people decide, as complete settings; the times that they have stand beside them. */
export interface DecidingSettings {
  /** How long a decision waits for its release to the agent and can be undone. */
  undoSeconds: number;
  /** How long the evidence must have been open before an approval, by risk. */
  minimumSeconds: { high: number };
  rejectReasons: RejectReason[];
}

const seconds = (max: number) => z.int().min(0).max(max);

const rejectReason = z.strictObject({
  id: z.string().regex(/^[a-z0-9]([a-z0-9_-]{0,62}[a-z0-9])?$/, "must be a short name such as wrong_target"),
  label: z.string().trim().min(1, "Give it a name.").max(80),
  text: z.string().trim().min(1, "Say what the agent is told.").max(2_000),
});

const rejectReasons = z
  .array(rejectReason)
  .max(20)
  .refine((list) => new Set(list.map((one) => one.id)).size === list.length, "two reasons have the same id");

/** What is stored of them: only what differs from the built-in ones. */
export const decidingFields = {
  undoSeconds: seconds(60),
  minimumSeconds: z.strictObject({ high: seconds(600) }).partial(),
  rejectReasons,
};

export const DEFAULT_DECIDING: DecidingSettings = {
  undoSeconds: 5,
  minimumSeconds: { high: 5 },
  rejectReasons: [
    { id: "wrong_target", label: "Wrong target", text: "This is about the wrong record. Check which one is meant." },
    { id: "wrong_amount", label: "Wrong amount", text: "The amount is not right. Work it out again and show how." },
    {
      id: "not_enough_evidence",
      label: "Not enough evidence",
      text: "The evidence does not show why this is needed. Bring the source records and ask again.",
    },
    { id: "against_policy", label: "Against policy", text: "Our rules do not allow this in this case." },
    { id: "not_needed", label: "Not needed", text: "This does not need to be done." },
    { id: "by_a_person", label: "A person does it", text: "A person takes this over. Leave it." },
  ],
};
