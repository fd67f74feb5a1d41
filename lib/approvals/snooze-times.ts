/** A time until which an item can be hidden from one's queue. */
interface SnoozeTime {
  id: "half_hour" | "hour" | "hours" | "morning";
  label: string;
  at: Date;
  /** Not before its deadline: hiding it for longer would be deciding it. */
  possible: boolean;
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MORNING_HOUR = 9;

/** The usual times to be reminded at. `offsetMinutes`: how far the viewer's clock is ahead of UTC. */
export function snoozeTimes(now: Date, deadline: Date, offsetMinutes: number): SnoozeTime[] {
  const time = (id: SnoozeTime["id"], label: string, at: Date): SnoozeTime => ({
    id,
    label,
    at,
    possible: at.getTime() < deadline.getTime(),
  });
  const after = (ms: number) => new Date(now.getTime() + ms);
  return [
    time("half_hour", "In half an hour", after(30 * MINUTE)),
    time("hour", "In an hour", after(HOUR)),
    time("hours", "In three hours", after(3 * HOUR)),
    time("morning", "Tomorrow at 9", tomorrowMorning(now, offsetMinutes)),
  ];
}

function tomorrowMorning(now: Date, offsetMinutes: number): Date {
  const local = new Date(now.getTime() + offsetMinutes * MINUTE);
  const morning = Date.UTC(local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate() + 1, MORNING_HOUR);
  return new Date(morning - offsetMinutes * MINUTE);
}
