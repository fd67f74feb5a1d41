import { readdirSync, readFileSync } from "node:fs";

/** Processor time that a process and its children have used, in microseconds, exact to the nanosecond clock of Linux's scheduler. Elsewhere: NaN. */
export function cpuUs(pid: number): number {
  const processes = [pid, ...childrenOf(pid)];
  return processes.reduce((sum, one) => sum + ownUs(one), 0);
}

function ownUs(pid: number): number {
  try {
    const threads = readdirSync(`/proc/${pid}/task`);
    const ns = threads.map((thread) =>
      Number(readFileSync(`/proc/${pid}/task/${thread}/schedstat`, "utf8").split(" ")[0]),
    );
    return ns.reduce((sum, one) => sum + one, 0) / 1000;
  } catch {
    return Number.NaN;
  }
}

function childrenOf(pid: number): number[] {
  try {
    const all = readdirSync("/proc")
      .filter((name) => /^\d+$/.test(name))
      .map(Number);
    return all.filter((one) => parentOf(one) === pid);
  } catch {
    return [];
  }
}

function parentOf(pid: number): number | null {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "utf8");
    return Number(text.slice(text.lastIndexOf(")") + 2).split(" ")[1]);
  } catch {
    return null;
  }
}
