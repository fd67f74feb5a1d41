"use client";
import { useCallback, useEffect, useRef, useState } from "react";

import { savePolicyDraft, startPolicyDraft } from "@/app/(console)/policies/actions";
import { readDraftRevision } from "@/app/(console)/policies/[slug]/edit/actions";
import { reaching } from "@/components/form/unreachable";
import type { RemitError } from "@/lib/kernel/result";
import type { DraftRule } from "@/lib/policies/drafts/schemas";

export interface DraftContent {
  name: string;
  rules: DraftRule[];
}

export type SaveState =
  | { kind: "saved"; at: string }
  | { kind: "unsaved" }
  | { kind: "saving" }
  /** Somebody else saved, or ended the draft: nothing is saved until a person chooses. */
  | { kind: "conflict"; gone: boolean }
  | { kind: "failed"; error: RemitError };

/** How long changes rest before they are saved. Each save is an audit record. */
const REST_MS = 1_200;

/**
 * Saves a draft while it is being written: one request at a time, the latest content after it. Stops at a conflict, and says so; what
 * was typed stays.
 */
export function useDraftSaving(
  draft: { id: string; policy: string; note: string | null; revision: number; updatedAt: string },
  content: DraftContent,
) {
  const [state, setState] = useState<SaveState>({ kind: "saved", at: draft.updatedAt });
  const latest = useRef(content);
  const saved = useRef(content);
  const at = useRef({ draftId: draft.id, revision: draft.revision });
  const running = useRef<Promise<boolean> | null>(null);
  const stopped = useRef(false);
  const { policy, note } = draft;

  const saveOnce = useCallback(async (): Promise<boolean> => {
    const sent = latest.current;
    setState({ kind: "saving" });
    const result = await reaching(() => savePolicyDraft({ ...at.current, ...sent, note }));
    if (result.ok) {
      saved.current = sent;
      at.current.revision = result.value.revision;
      setState(latest.current === sent ? { kind: "saved", at: result.value.savedAt } : { kind: "unsaved" });
      return true;
    }
    const { error } = result;
    stopped.current = error.code === "conflict";
    setState(
      error.code === "conflict" ? { kind: "conflict", gone: error.field === "draftId" } : { kind: "failed", error },
    );
    return false;
  }, [note]);

  /** Saves what is not saved yet, and answers whether all of it is. */
  const flush = useCallback(async (): Promise<boolean> => {
    for (;;) {
      while (running.current) await running.current;
      if (stopped.current) return false;
      if (latest.current === saved.current) return true;
      const one = saveOnce();
      running.current = one;
      const isSaved = await one;
      running.current = null;
      if (!isSaved) return false;
    }
  }, [saveOnce]);

  useEffect(() => {
    latest.current = content;
    if (content === saved.current || stopped.current) return;
    setState((before) => (before.kind === "saving" ? before : { kind: "unsaved" }));
    const timer = setTimeout(() => void flush(), REST_MS);
    return () => clearTimeout(timer);
  }, [content, flush]);

  useEffect(() => {
    const onLeave = (event: BeforeUnloadEvent) => {
      if (latest.current !== saved.current && !stopped.current) event.preventDefault();
    };
    window.addEventListener("beforeunload", onLeave);
    return () => {
      window.removeEventListener("beforeunload", onLeave);
      // To another page of the console: what was typed last goes along.
      void flush();
    };
  }, [flush]);

  /** After a conflict: what stands here, over what somebody else saved, or as a new draft when there is none any more. */
  const keepMine = useCallback(async () => {
    const now = await reaching(() => readDraftRevision({ policy }));
    if (!now.ok) return setState({ kind: "failed", error: now.error });
    const next = now.value ?? (await begin(policy, latest.current));
    if (!("draftId" in next)) return setState({ kind: "failed", error: next });
    at.current = { draftId: next.draftId, revision: next.revision };
    stopped.current = false;
    await flush();
  }, [policy, flush]);

  /** After a conflict: what somebody else saved. What stands here is left behind. */
  const takeTheirs = useCallback(() => {
    saved.current = latest.current;
    window.location.reload();
  }, []);

  return { state, flush, keepMine, takeTheirs };
}

async function begin(
  policy: string,
  { name, rules }: DraftContent,
): Promise<{ draftId: string; revision: number } | RemitError> {
  const begun = await reaching(() => startPolicyDraft({ policy, name, rules }));
  return begun.ok ? begun.value : begun.error;
}
