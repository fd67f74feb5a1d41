import type { Json } from "@/lib/kernel/json";
import { visibleText } from "@/lib/kernel/visible-text";

const IDENTIFYING = /(^|_|[a-z])(id|ids|key|number|reference|ref|slug|email|name|path|url|code)$/i;
const LONGEST = 80;

/** An action as people say it: its catalogue title, else its verb made readable (`airline.cancel_reservation` → "Cancel reservation"). */
export function actionTitle(id: string, title: string | null): string {
  if (title) return title;
  const verb =
    id
      .slice(id.lastIndexOf(".") + 1)
      .replaceAll(/[_-]+/g, " ")
      .trim() || id;
  return verb.charAt(0).toUpperCase() + verb.slice(1);
}

/**
 * What an action is done to, in a few words for a row: the resource's name or id when the agent named one, else the argument that
 * looks most like an identifier, else the first plain argument. Null when nothing says it. It is the agent's text: show it as text only.
 */
export function targetOf(resource: Json, args: Json): string | null {
  return fromResource(resource) ?? fromArguments(args);
}

function fromResource(resource: Json): string | null {
  if (typeof resource === "string") return short(resource);
  if (!isObject(resource)) return null;
  for (const key of ["label", "title", "name", "id"]) {
    const text = scalar(resource[key]);
    if (text === null) continue;
    const type = scalar(resource.type);
    return short(type === null || key !== "id" ? text : `${type} ${text}`);
  }
  return null;
}

function fromArguments(args: Json): string | null {
  if (!isObject(args)) return null;
  const plain = Object.entries(args).flatMap(([key, value]) => {
    const text = scalar(value);
    return text === null ? [] : [{ key, text }];
  });
  const chosen = plain.find(({ key }) => IDENTIFYING.test(key)) ?? plain[0];
  return chosen ? short(chosen.text) : null;
}

const isObject = (value: Json | undefined): value is { [key: string]: Json } =>
  typeof value === "object" && value !== null && !Array.isArray(value);

function scalar(value: Json | undefined): string | null {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value.trim() !== "" ? value.trim() : null;
}

function short(text: string): string {
  // Cut before it is read: a mebibyte of it is not looked through.
  const line = visibleText(text.slice(0, 4 * LONGEST).replaceAll(/\s+/g, " "));
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1)}…` : line;
}

/** A key of arguments or of a check as a label: `reservation_id` → "Reservation id", `recordCount` → "Record count". */
export function keyLabel(key: string): string {
  const words = key
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .replaceAll(/[_-]+/g, " ")
    .trim()
    .toLowerCase();
  return words === "" ? key : words.charAt(0).toUpperCase() + words.slice(1);
}
