"use client";
import { Check, CloudAlert, LoaderCircle, PencilLine, Users } from "lucide-react";

import type { SaveState } from "@/app/(console)/policies/[slug]/edit/_components/use-draft-saving";
import { Banner } from "@/components/ui/banner";
import { Button } from "@/components/ui/button";
import { Time } from "@/components/ui/time";

/** Whether what stands on the page is kept, in a word. */
export function SaveStatus({ state }: { state: SaveState }) {
  return (
    <p role="status" className="flex items-center gap-1.5 text-xs text-muted [&_svg]:size-3.5">
      {state.kind === "saved" && (
        <>
          <Check aria-hidden className="text-allow" />
          <span>
            Saved <Time value={state.at} />
          </span>
        </>
      )}
      {state.kind === "saving" && (
        <>
          <LoaderCircle aria-hidden className="animate-spin" />
          Saving
        </>
      )}
      {state.kind === "unsaved" && (
        <>
          <PencilLine aria-hidden />
          Not saved yet
        </>
      )}
      {(state.kind === "conflict" || state.kind === "failed") && (
        <>
          <CloudAlert aria-hidden className="text-escalate" />
          Not saved
        </>
      )}
    </p>
  );
}

interface SaveTroubleProps {
  state: SaveState;
  onKeepMine: () => void;
  onTakeTheirs: () => void;
  onRetry: () => void;
}

/** What a person has to decide before saving can go on. */
export function SaveTrouble({ state, onKeepMine, onTakeTheirs, onRetry }: SaveTroubleProps) {
  if (state.kind === "failed") {
    return (
      <Banner
        role="alert"
        tone="escalate"
        icon={<CloudAlert aria-hidden />}
        title="This could not be saved."
        actions={
          <Button size="sm" onClick={onRetry}>
            Try again
          </Button>
        }
      >
        {state.error.message} What you wrote is still here.
      </Banner>
    );
  }
  if (state.kind !== "conflict") return null;
  return (
    <Banner
      role="alert"
      tone="escalate"
      icon={<Users aria-hidden />}
      title={state.gone ? "This draft has been published or discarded." : "Somebody else changed this draft meanwhile."}
      actions={
        <div className="flex flex-wrap justify-end gap-1.5">
          <Button size="sm" onClick={onKeepMine}>
            {state.gone ? "Begin a draft with mine" : "Keep mine"}
          </Button>
          <Button size="sm" onClick={onTakeTheirs}>
            {state.gone ? "Leave mine" : "Take theirs"}
          </Button>
        </div>
      }
    >
      {state.gone
        ? "What you wrote is still here, and not saved."
        : "What you wrote is still here. Keeping it replaces theirs; the audit trail has both."}
    </Banner>
  );
}
