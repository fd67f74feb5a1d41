import { readdirSync, readFileSync } from "node:fs";

/** Linux counts processor time in hundredths of a second. */
const TICK_US = 10_000;

interface Stat {
  pid: number;
  parent: number;
  us: number;
}

function stat(pid: number): Stat | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return { pid, parent: Number(fields[1]), us: (Number(fields[11]) + Number(fields[12])) * TICK_US };
  } catch {
    return null;
  }
}

/** Processor time that a process and its children have used, in microseconds. Where the system does not tell (not Linux): NaN. */
export function cpuUs(pid: number): number {
  const own = stat(pid);
  if (!own) return Number.NaN;
  const children = readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? (stat(Number(name)) ?? []) : []));
  return children.filter((one) => one.parent === pid).reduce((sum, one) => sum + one.us, own.us);
}
