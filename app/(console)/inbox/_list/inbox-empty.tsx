"use client";
import { Inbox, ListFilter, PartyPopper } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { formatPlural } from "@/components/ui/format/number";

interface InboxEmptyProps {
  view: { id: string; name: string };
  narrowed: boolean;
  failed: boolean;
  /** Items that wait for anybody in sight. */
  waiting: number;
  clear: () => void;
  retry: () => void;
  showAll: () => void;
}

const WORDS: Readonly<Record<string, [title: string, description: string]>> = {
  mine: ["Nothing waits for you", "When an agent needs your decision, it appears here by itself."],
  all: ["Nothing is waiting", "Everything in your part of the organisation is decided."],
  high: ["Nothing of high risk waits for you", "What could do most harm would stand here."],
  soon: ["Nothing is due soon", "What has less than half an hour left stands here."],
  snoozed: ["Nothing is put aside", "What you snooze stays yours, and waits here until its time."],
};

/** Why the list is empty, and what to do about it. */
export function InboxEmpty({ view, narrowed, failed, waiting, clear, retry, showAll }: InboxEmptyProps) {
  if (failed) {
    return (
      <EmptyState
        icon={Inbox}
        title="The inbox could not be loaded"
        description="Remit could not be reached."
        action={<Button onClick={retry}>Try again</Button>}
      />
    );
  }
  if (narrowed) {
    return (
      <EmptyState
        icon={ListFilter}
        title="Nothing matches"
        description="No item of this view has all that you chose."
        action={<Button onClick={clear}>Clear the filters</Button>}
      />
    );
  }
  const [title, description] = WORDS[view.id] ?? [
    `Nothing in “${view.name}”`,
    "What fits this view appears here by itself.",
  ];
  return (
    <EmptyState
      icon={view.id === "mine" ? PartyPopper : Inbox}
      title={title}
      description={description}
      action={
        view.id === "mine" &&
        waiting > 0 && (
          <Button onClick={showAll}>{`${formatPlural(waiting, "item waits", "items wait")} for others`}</Button>
        )
      }
    />
  );
}
