import { createLoader, createSerializer, parseAsInteger, parseAsStringLiteral } from "nuqs/server";

const parsers = {
  show: parseAsStringLiteral(["unread", "all"]).withDefault("unread"),
  page: parseAsInteger.withDefault(1),
};

export const loadNotificationsParams = createLoader(parsers);

const serialize = createSerializer(parsers);
export const notificationsHref = (params: { show?: "unread" | "all"; page?: number }): string =>
  serialize("/notifications", params);
