import { createLoader, createSerializer, parseAsStringLiteral } from "nuqs/server";

const parsers = { span: parseAsStringLiteral(["day", "week"]).withDefault("day") };

export const loadOverviewParams = createLoader(parsers);
export const overviewHref = (span: "day" | "week"): string => createSerializer(parsers)("/", { span });
