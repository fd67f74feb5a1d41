import { ClipboardCheck, FileQuestion, GitCompareArrows, type LucideIcon, Scale, Sprout, Stamp } from "lucide-react";
import type { ItemKind } from "@/lib/inbox/item";

/** How each kind is named and drawn. */
export const KINDS: Record<ItemKind, { label: string; many: string; icon: LucideIcon }> = {
  approval: { label: "Approval", many: "Approvals", icon: Stamp },
  review: { label: "Review", many: "Reviews", icon: ClipboardCheck },
  appeal: { label: "Appeal", many: "Appeals", icon: Scale },
  conflict: { label: "Policy conflict", many: "Policy conflicts", icon: GitCompareArrows },
  promotion: { label: "Promotion", many: "Promotions", icon: Sprout },
  action: { label: "Unclassified action", many: "Unclassified actions", icon: FileQuestion },
};
