"use client";
import { useEffect, useState } from "react";
import { makeUseNow } from "@/components/ui/use-now";
import type { ApprovalView } from "@/lib/inbox/panel";
import { view } from "../actions";
import { onceLookedAt } from "./once-looked-at";

/** An item that one only passes over has not been looked at, nor one in a tab behind. */
const LOOKED_MS = 500;
const useNow = makeUseNow(250);

/**
 * Tells the server that the evidence is before the person, and how many seconds it must stay so before an approval counts. The server
 * measures; this only shows it, so it may be a moment late, never early.
 */
export function useSecondsLeft(approval: ApprovalView): number {
  const { id, openedAt, edited, now: readAt, rules } = approval;
  const waiting = approval.standing === "may_decide";
  const editedAt = edited?.at ?? null;
  const [toldMs, setToldMs] = useState<number | null>(null);
  // Read anew, it may have been opened in another tab meanwhile, or edited by somebody else.
  const given = `${openedAt} ${editedAt}`;
  const [server, setServer] = useState(() => ({ given, ms: sinceOf(openedAt, editedAt, readAt) }));
  if (server.given !== given) setServer({ given, ms: sinceOf(openedAt, editedAt, readAt) });
  const openedMs = server.ms ?? toldMs;
  useEffect(() => {
    if (!waiting || openedAt !== null) return undefined;
    const tell = async () => {
      const seen = await view({ approvalId: id }).catch(() => null);
      if (seen?.ok === true) setToldMs((known) => known ?? Date.now());
    };
    return onceLookedAt(document, LOOKED_MS, () => void tell());
  }, [id, waiting, openedAt]);
  const now = useNow();
  if (rules.minimumSeconds === 0) return 0;
  if (openedMs === null) return rules.minimumSeconds;
  return Math.max(0, Math.ceil((openedMs + rules.minimumSeconds * 1_000 - now) / 1_000));
}

/** When it began, by this browser's clock; an edit by somebody else begins it anew. */
function sinceOf(openedAt: string | null, editedAt: string | null, readAt: string): number | null {
  if (openedAt === null) return null;
  const begun = Math.max(Date.parse(openedAt), editedAt === null ? 0 : Date.parse(editedAt));
  return Date.now() - Math.max(0, Date.parse(readAt) - begun);
}
