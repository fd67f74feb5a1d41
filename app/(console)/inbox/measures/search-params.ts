import { parseAsStringLiteral } from "nuqs/server";

import { parseAsInstant } from "@/app/(console)/_components/parse-instant";
import { facet, openFacet, tableParams, tableState, type TableQuery } from "@/components/data-table/table-params";
import { SETTLED_STATES } from "@/lib/approvals/views";
import { OVERTURNED } from "@/lib/measures/outcomes";
import type { OutcomeFilter } from "@/lib/measures/list-params";
import type { MeasureFilter } from "@/lib/measures/queries";
import { AGE_IDS } from "@/lib/measures/ages";
import { dayOf, firstDay } from "@/lib/policies/hits";

/** How far back, in UTC days with today among them. */
export const RANGES = ["7", "30", "90", "365"] as const;
/** What the table is by. */
export const BY = ["reviewer", "rule", "agent", "action"] as const;
export type By = (typeof BY)[number];

export const measuresParams = tableParams({
  days: parseAsStringLiteral(RANGES).withDefault("30"),
  by: parseAsStringLiteral(BY).withDefault("reviewer"),
  /** Ids. */
  agent: openFacet(),
});
export type MeasuresQuery = TableQuery<typeof measuresParams>;

export const measureFilterOf = ({ days, agent }: MeasuresQuery, now: Date): MeasureFilter => ({
  from: firstDay(now, Number(days)),
  to: dayOf(now),
  agents: agent,
});

export const outcomesParams = tableParams({
  ...tableState({ sorts: ["endedAt"], defaultSort: { id: "endedAt", desc: true } }),
  /** People's ids. */
  reviewer: openFacet(),
  /** `policy/rule`, or `code:<code>`. */
  cause: openFacet(),
  action: openFacet(),
  agent: openFacet(),
  state: facet(SETTLED_STATES),
  overturned: facet(OVERTURNED),
  looked: facet(["quick"]),
  age: facet(AGE_IDS),
  from: parseAsInstant,
  /** Exclusive. */
  to: parseAsInstant,
});
type OutcomesQuery = TableQuery<typeof outcomesParams>;

/** How long outcomes are kept: `MEASURES_KEPT_DAYS` of the worker. */
const KEPT_DAYS = 400;

export const outcomeFilterOf = (query: OutcomesQuery, now: Date): OutcomeFilter => ({
  from: query.from ? dayOf(query.from) : firstDay(now, KEPT_DAYS),
  to: dayOf(query.to ? new Date(query.to.getTime() - 1) : now),
  agents: query.agent,
  reviewers: query.reviewer,
  causes: query.cause,
  actions: query.action,
  states: query.state,
  overturned: query.overturned,
  quick: query.looked.includes("quick"),
  ages: query.age,
  ascending: !query.sort.desc,
  page: query.page,
  pageSize: query.size,
});

export const OUTCOMES = "/inbox/measures/approvals";

/** The approvals behind a number of the page: its days and agents, and what more narrows it. */
export const outcomesHref = (
  { from, to, agents }: MeasureFilter,
  more: Parameters<typeof outcomesParams.href>[1] = {},
): string =>
  outcomesParams.href(OUTCOMES, {
    from: new Date(from),
    to: new Date(Date.parse(to) + 86_400_000),
    agent: [...agents],
    ...more,
  });
