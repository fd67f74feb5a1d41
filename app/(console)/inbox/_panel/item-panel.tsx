"use client";
import { SearchX, WifiOff } from "lucide-react";
import type { Ref } from "react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { PanelData } from "@/lib/inbox/panel";
import { ActionPanel } from "./action-panel";
import { AppealPanel } from "./appeal-panel";
import { ApprovalPanel } from "./approval-panel";
import { ConflictPanel } from "./conflict-panel";
import { plainHandle } from "./panel-acts";
import type { BodyProps, Leaving, PanelHandle } from "./panel-handle";
import { PanelSkeleton } from "./panel-skeleton";
import { refreshPanel, usePanel } from "./panel-store";
import { PromotionPanel } from "./promotion-panel";
import { ReviewPanel } from "./review-panel";
import { undoHeld } from "./undo-held";
import { usePanelKeys } from "./use-panel-keys";

interface ItemPanelProps extends Leaving {
  /** `approval:<id>` */
  itemKey: string;
  viewer: { id: string; name: string };
  /** Registers a e r u q c i h while it is mounted; off, `ref` has the same acts. */
  hotkeys?: boolean;
  /** 1 where it is the page. */
  level?: 1 | 2;
  /** What the server read, where it rendered the page. */
  initial?: PanelData;
  ref?: Ref<PanelHandle>;
}

/** What stands beside a line of the inbox: the evidence, and what can be done. At once, where it was read ahead. */
export function ItemPanel({ hotkeys = true, level = 2, initial, ref, ...props }: ItemPanelProps) {
  const panel = usePanel(props.itemKey, initial);
  const kind = panel.state === "here" ? panel.data.kind : null;
  // An approval or a review has acts of its own; everything else is answered by its own buttons.
  const ownKeys = kind === "approval" || kind === "review";
  usePanelKeys(PLAIN, { ref: ownKeys ? undefined : ref, enabled: hotkeys && !ownKeys });
  switch (panel.state) {
    case "loading":
      return <PanelSkeleton />;
    case "gone":
      return (
        <EmptyState
          icon={SearchX}
          title="No longer there"
          description="It was taken away, or it lies outside your part of the organisation."
        />
      );
    case "failed":
      return (
        <EmptyState
          icon={WifiOff}
          title="This could not be loaded"
          description="Remit could not be reached."
          action={<Button onClick={() => refreshPanel(props.itemKey)}>Try again</Button>}
        />
      );
    case "here":
      // Nothing of one item (a half-written reason) may reach the next.
      return <Body key={props.itemKey} {...props} data={panel.data} hotkeys={hotkeys} level={level} ref={ref} />;
  }
}

const PLAIN = plainHandle(() => void undoHeld());

type AnyBodyProps = BodyProps<PanelData> & { hotkeys: boolean; ref: Ref<PanelHandle> | undefined };

function Body({ data, hotkeys, ref, ...props }: AnyBodyProps) {
  switch (data.kind) {
    case "approval":
      return <ApprovalPanel {...props} approval={data.approval} hotkeys={hotkeys} ref={ref} />;
    case "review":
      return <ReviewPanel {...props} review={data.review} hotkeys={hotkeys} ref={ref} />;
    case "appeal":
      return <AppealPanel {...props} data={data.appeal} />;
    case "conflict":
      return <ConflictPanel {...props} data={data.conflict} />;
    case "promotion":
      return <PromotionPanel {...props} data={data.promotion} />;
    case "action":
      return <ActionPanel {...props} data={data} />;
  }
}
