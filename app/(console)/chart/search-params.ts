import { createLoader, parseAsString, parseAsStringLiteral } from "nuqs/server";

export const CHART_VIEWS = ["chart", "list"] as const;

const chartParsers = {
  /** Slug of the node that is looked at. */
  focus: parseAsString.withDefault(""),
  /** Not given: the chart, or the list on a narrow screen. */
  view: parseAsStringLiteral(CHART_VIEWS),
};

export const loadChartParams = createLoader(chartParsers);
