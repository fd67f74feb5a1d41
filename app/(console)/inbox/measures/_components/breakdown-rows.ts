import { actionTitle } from "@/lib/decisions/words";
import { isDecisionCode, publicMessage } from "@/lib/decisions/codes";
import type { Viewer } from "@/lib/auth/viewer";
import type { By } from "@/app/(console)/inbox/measures/search-params";
import {
  measureActions,
  measureAgents,
  measureCauses,
  measureReviewers,
  type MeasureFilter,
} from "@/lib/measures/queries";
import type { Cause } from "@/lib/measures/outcomes";
import type { TallyRow } from "@/lib/measures/tally";

/** One line of the table, whatever it is by. */
export interface BreakdownRow {
  key: string;
  name: string;
  /** A second, quieter name. */
  detail: string | null;
  /** Where more is told of it. */
  href: string | null;
  tally: TallyRow;
}

/** Why people were asked where no rule did. */
const CODE_WORDS: Readonly<Record<string, string>> = {
  tier_escalates: "The agent's tier",
  irreversible: "Reversibility and impact",
  unclassified: "Action not in the catalogue",
  low_confidence: "Low confidence",
};

const wordsOf = (cause: Cause): Pick<BreakdownRow, "name" | "detail" | "href"> => {
  if (cause.kind === "rule")
    return { name: cause.rule, detail: cause.policy, href: `/policies/${encodeURIComponent(cause.policy)}` };
  const known = CODE_WORDS[cause.code] ?? (isDecisionCode(cause.code) ? publicMessage(cause.code) : null);
  return { name: known ?? cause.code, detail: known === null ? null : cause.code, href: null };
};

/** The lines of the table, those with most approvals first. */
export async function breakdownRows(viewer: Viewer, by: By, filter: MeasureFilter): Promise<BreakdownRow[]> {
  switch (by) {
    case "reviewer": {
      const rows = await measureReviewers(viewer, filter);
      return rows.map((tally) => ({
        key: tally.id,
        name: tally.name,
        detail: null,
        href: `/people/${tally.id}`,
        tally,
      }));
    }
    case "rule": {
      const rows = await measureCauses(viewer, filter);
      return rows.map((tally) => ({ key: tally.key, ...wordsOf(tally.cause), tally }));
    }
    case "agent": {
      const rows = await measureAgents(viewer, filter);
      return rows.map((tally) => ({
        key: tally.id,
        name: tally.name,
        detail: null,
        href: `/agents/${tally.slug}`,
        tally,
      }));
    }
    case "action": {
      const rows = await measureActions(viewer, filter);
      return rows.map((tally) => ({
        key: tally.action,
        name: actionTitle(tally.action, tally.title),
        detail: tally.action,
        href: `/catalogue/${encodeURIComponent(tally.action)}`,
        tally,
      }));
    }
  }
}
