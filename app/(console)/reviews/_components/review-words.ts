import type { Lapse, RollbackVia } from "@/lib/reviews/views";

/** What happens if nobody looks within the window, as a sentence. */
export const LAPSE_WORDS: Record<Lapse, string> = {
  accept: "If nobody looks by then, it stands.",
  escalate: "If nobody looks by then, everybody above is asked once more.",
  rollback: "If nobody looks by then, it is rolled back.",
};

/** Who carries a rollback out. */
export const viaWords = (via: RollbackVia, system: string, agent: string): string =>
  via === "webhook"
    ? `Remit calls the receiver of ${system}, signed.`
    : `The software of ${agent} fetches it as a task, and reports how it went.`;
