import { Eye, FilePen, Lightbulb, type LucideIcon, Zap } from "lucide-react";

import { Badge } from "@/components/ui/badge";

type ActionKind = "read" | "draft" | "propose" | "execute";

const KIND_ICONS: Record<ActionKind, LucideIcon> = { read: Eye, draft: FilePen, propose: Lightbulb, execute: Zap };

/** What sort of act it is: only an `execute` changes the world. */
export function KindBadge({ kind }: { kind: ActionKind }) {
  const Icon = KIND_ICONS[kind];
  return <Badge icon={<Icon aria-hidden />}>{kind.charAt(0).toUpperCase() + kind.slice(1)}</Badge>;
}
