import { FilePen, Hand } from "lucide-react";

import { Badge } from "@/components/ui/badge";

/** What state a draft is in. */
export function DraftBadge({ state }: { state: "editing" | "proposed" }) {
  return state === "proposed" ? (
    <Badge tone="review" icon={<Hand aria-hidden />}>
      Proposed
    </Badge>
  ) : (
    <Badge tone="info" icon={<FilePen aria-hidden />}>
      Draft
    </Badge>
  );
}

interface PolicyBadgesProps {
  /** Number of the version in force, or null. */
  inForce: number | null;
  retired: boolean;
  draft: "editing" | "proposed" | null;
}

/** Whether a policy binds, and whether somebody works on it. */
export function PolicyBadges({ inForce, retired, draft }: PolicyBadgesProps) {
  return (
    <>
      {retired && <Badge>Retired</Badge>}
      {inForce !== null && !retired && <Badge tone="allow">In force: version {inForce}</Badge>}
      {inForce === null && !retired && <Badge>Never in force</Badge>}
      {draft !== null && <DraftBadge state={draft} />}
    </>
  );
}
