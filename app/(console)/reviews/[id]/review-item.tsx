"use client";
import { useRouter } from "next/navigation";
import type { PanelData } from "@/lib/inbox/panel";
import { ItemPanel } from "../../inbox/_panel/item-panel";

interface ReviewItemProps {
  id: string;
  viewer: { id: string; name: string };
  initial: PanelData;
}

const stays = () => undefined;

/** One review as a page of its own, for links from outside: it stays, so that one sees how its rollback goes. */
export function ReviewItem({ id, viewer, initial }: ReviewItemProps) {
  const router = useRouter();
  return (
    <ItemPanel
      itemKey={`review:${id}`}
      level={1}
      viewer={viewer}
      initial={initial}
      onLeave={stays}
      onReturn={() => router.push(`/reviews/${id}`)}
    />
  );
}
