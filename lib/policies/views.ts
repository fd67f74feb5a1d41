import type { DraftFault } from "@/lib/policies/drafts/faults";
import type { DraftRule } from "@/lib/policies/drafts/schemas";
import type { Rule } from "@/lib/policies/schemas";
import type { UnreadableRule } from "@/lib/policies/stored-rules";

/** Somebody named in a policy's history; null name: the operator at the machine, by a manifest. */
export interface Author {
  id: string;
  name: string;
}

/** One published version. Rules that do not concern the viewer's subtree are left out (I12). */
export interface VersionView {
  number: number;
  rules: Rule[];
  unreadable: UnreadableRule[];
  note: string | null;
  /** Null: published by a manifest. */
  by: Author | null;
  at: string;
}

/** `rules` counts those that cannot be read, too. */
export type VersionLine = Omit<VersionView, "rules" | "unreadable"> & {
  rules: number;
  unreadable: number;
  inForce: boolean;
};

export interface DraftSummary {
  id: string;
  revision: number;
  state: "editing" | "proposed";
  baseVersion: number | null;
  authors: Author[];
  updatedAt: string;
  updatedBy: Author | null;
  proposedAt: string | null;
  proposedBy: Author | null;
}

/** A draft as its editor, its simulation and its publication read it. */
export interface DraftView extends DraftSummary {
  policy: string;
  name: string;
  note: string | null;
  rules: DraftRule[];
  /** Hex; two drafts with this in common have the same rules. */
  rulesHash: string;
  /** What it would replace now; null when the policy is not in force. It is behind when this is not `baseVersion`. */
  inForce: VersionView | null;
  /** What keeps it from being published. */
  faults: DraftFault[];
  mayWrite: boolean;
  /** Why this viewer may not publish it, in a sentence; null: may. */
  publishRefusal: string | null;
  /** The organisation wants a second person to publish. */
  secondPerson: boolean;
}

/** A policy as its page shows it. */
export interface PolicyView {
  id: string;
  name: string;
  retiredAt: string | null;
  /** The version that binds, or that last did when it is retired; null before the first publication. */
  current: VersionView | null;
  versions: number;
  /** Null when there is none, or the viewer does not see the whole organisation. */
  draft: (DraftSummary & { rules: DraftRule[]; name: string }) | null;
  mayWrite: boolean;
}
