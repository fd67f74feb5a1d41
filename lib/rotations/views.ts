import type { Rotation } from "@/lib/rotations/on-call";

/** Somebody on call, from when until when. */
export interface TurnView {
  personId: string;
  name: string;
  startsAt: Date;
  endsAt: Date;
  /** Whose turn it would be, where somebody stands in. */
  insteadOf: string | null;
}

export interface RotationListRow {
  id: string;
  slug: string;
  name: string;
  node: { slug: string; name: string };
  members: string[];
  /** Null: before the first turn. */
  now: TurnView | null;
  /** The first turn of somebody else. */
  next: TurnView | null;
}

export interface RotationMember {
  id: string;
  name: string;
  email: string;
  isActive: boolean;
  /** They hold a role that decides where the rotation stands, or above: being on call gives none. */
  decides: boolean;
  away: { until: Date | null } | null;
}

export interface RotationDetail {
  id: string;
  slug: string;
  name: string;
  node: { id: string; slug: string; name: string };
  members: RotationMember[];
  /** As the form and its preview take it. */
  turns: TurnView[];
  plan: Rotation;
  overrides: { id: string; name: string; startsAt: Date; endsAt: Date }[];
  /** Rules in force that ask it. */
  rules: { policy: string; rule: string }[];
  mayWrite: boolean;
}

/** What the form offers to whoever may keep rotations. */
export interface RotationChoices {
  nodes: { id: string; name: string }[];
  people: { id: string; name: string; email: string }[];
}
