import { createLoader, createSerializer, parseAsString, parseAsStringLiteral } from "nuqs/server";

import { OUTCOMES, type SimulatedOutcome } from "@/lib/policies/simulation/outcome";

const parsers = {
  /** Which simulation; absent is the latest. */
  simulation: parseAsString,
  /** The transition whose decisions are shown. */
  from: parseAsStringLiteral(OUTCOMES),
  to: parseAsStringLiteral(OUTCOMES),
};

export const loadSimulateParams = createLoader(parsers);
const serialize = createSerializer(parsers);

interface SimulateQuery {
  simulation?: string | null;
  from?: SimulatedOutcome | null;
  to?: SimulatedOutcome | null;
}

export const simulateHref = (slug: string, query: SimulateQuery = {}): string =>
  serialize(`/policies/${slug}/simulate`, query);
