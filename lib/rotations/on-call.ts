import { instantsOf, inZone, isZone } from "@/lib/kernel/zone";

export const SHIFT_UNITS = ["hours", "days", "weeks"] as const;
export type ShiftUnit = (typeof SHIFT_UNITS)[number];

/** Another member stands in, from `startsAt` until before `endsAt`. Those of one rotation do not overlap. */
interface Override {
  readonly personId: string;
  readonly startsAt: Date;
  readonly endsAt: Date;
}

/** People who take turns. Turns follow the clocks of a zone: a turn of twelve hours on the day that clocks change is one hour off. */
export interface Rotation {
  /** In the order of their turns. */
  readonly memberIds: readonly string[];
  readonly shiftLength: number;
  readonly shiftUnit: ShiftUnit;
  /** When turns change, in minutes after midnight. */
  readonly handoverMinute: number;
  /** IANA */
  readonly zone: string;
  /** The day, `YYYY-MM-DD` in the zone, on which the first member's first turn begins. */
  readonly startsOn: string;
  readonly overrides: readonly Override[];
}

/** One person on call, from `startsAt` until before `endsAt`. Who stands in over a handover has two turns. */
export interface Turn {
  personId: string;
  startsAt: Date;
  endsAt: Date;
  /** Whose turn it would be, where somebody stands in. */
  insteadOf: string | null;
}

const HOUR_MS = 3_600_000;
const UNIT_MS: Record<ShiftUnit, number> = { hours: HOUR_MS, days: 24 * HOUR_MS, weeks: 7 * 24 * HOUR_MS };

/**
 * Who is on call at an instant; null before the first turn, and for a rotation that cannot be read. At each instant exactly one person is,
 * from the first turn on. Pure and total.
 */
export function onCallAt(rotation: Rotation, now: Date): Turn | null {
  const turn = ownTurn(rotation, now.getTime());
  if (!turn) return null;
  const { overrides } = rotation;
  const current = overrides.find((one) => one.startsAt <= now && now < one.endsAt);
  const after = current ? [current.startsAt] : overrides.filter((one) => one.endsAt <= now).map((one) => one.endsAt);
  const before = current ? [current.endsAt] : overrides.filter((one) => one.startsAt > now).map((one) => one.startsAt);
  return {
    personId: current?.personId ?? turn.personId,
    startsAt: new Date(Math.max(turn.startMs, ...after.map((one) => one.getTime()))),
    endsAt: new Date(Math.min(turn.endMs, ...before.map((one) => one.getTime()))),
    insteadOf: current && current.personId !== turn.personId ? turn.personId : null,
  };
}

/** The turns from an instant on, beginning with the one that is on then; before the first turn, beginning with that. */
export function turnsFrom(rotation: Rotation, from: Date, count: number): Turn[] {
  const turns: Turn[] = [];
  let at = new Date(Math.max(from.getTime(), firstStart(rotation) ?? Number.NaN));
  while (turns.length < count && !Number.isNaN(at.getTime())) {
    const turn = onCallAt(rotation, at);
    if (!turn) break;
    turns.push(turn);
    at = turn.endsAt;
  }
  return turns;
}

/** Members in the order in which they come from an instant on: whoever is on call, then those whose turns follow. */
export function membersFrom(rotation: Rotation, now: Date): string[] {
  const turn = ownTurn(rotation, now.getTime());
  if (!turn) return [];
  const { memberIds } = rotation;
  const inTurn = [...memberIds.slice(turn.place), ...memberIds.slice(0, turn.place)];
  return [...new Set([onCallAt(rotation, now)?.personId ?? turn.personId, ...inTurn])];
}

interface OwnTurn {
  personId: string;
  place: number;
  startMs: number;
  endMs: number;
}

/** Whose turn it is by the order alone. */
function ownTurn(rotation: Rotation, nowMs: number): OwnTurn | null {
  const startWall = wallStart(rotation);
  if (startWall === null || Number.isNaN(nowMs)) return null;
  const { memberIds, zone } = rotation;
  const length = rotation.shiftLength * UNIT_MS[rotation.shiftUnit];
  const boundary = (shift: number): number => instantsOf(startWall + shift * length, zone)[0];
  let shift = Math.floor((inZone(new Date(nowMs), zone).getTime() - startWall) / length);
  // Around a change of clocks the wall's arithmetic is off by up to a few hours.
  while (boundary(shift) > nowMs) shift -= 1;
  while (boundary(shift + 1) <= nowMs) shift += 1;
  if (shift < 0) return null;
  const place = shift % memberIds.length;
  const personId = memberIds[place];
  return personId === undefined ? null : { personId, place, startMs: boundary(shift), endMs: boundary(shift + 1) };
}

function firstStart(rotation: Rotation): number | null {
  const wall = wallStart(rotation);
  return wall === null ? null : instantsOf(wall, rotation.zone)[0];
}

function wallStart({ startsOn, handoverMinute, zone, memberIds, shiftLength }: Rotation): number | null {
  const wall = Date.parse(`${startsOn}T00:00:00Z`) + handoverMinute * 60_000;
  return Number.isNaN(wall) || !isZone(zone) || memberIds.length === 0 || !(shiftLength >= 1) ? null : wall;
}
