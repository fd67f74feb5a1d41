"use client";
import { useRouter } from "next/navigation";
import type { PanelData } from "@/lib/inbox/panel";
import { ItemPanel } from "../../inbox/_panel/item-panel";

interface ApprovalItemProps {
  id: string;
  viewer: { id: string; name: string };
  initial: PanelData;
}

/** One request as a page of its own, for links from outside. What is decided here leads on to the inbox, where the next one waits. */
export function ApprovalItem({ id, viewer, initial }: ApprovalItemProps) {
  const router = useRouter();
  return (
    <ItemPanel
      itemKey={`approval:${id}`}
      level={1}
      viewer={viewer}
      initial={initial}
      onLeave={() => router.push("/inbox")}
      onReturn={() => router.push(`/approvals/${id}`)}
    />
  );
}
