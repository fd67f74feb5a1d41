import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

import { z } from "zod";

import { isAlive, processMark } from "@/lib/server/processes";

const holderSchema = z.object({ pid: z.number(), mark: z.string().optional(), purpose: z.string() });
export type LockHolder = z.output<typeof holderSchema>;

export interface Lock {
  release: () => void;
  /** Its last holder died without releasing it. */
  tookOver: boolean;
}

/**
 * One holder of a folder at a time. The lock of a process that died without releasing it is stale and taken over;
 * a process that merely has the same id is told apart by its start time.
 * @returns what releases it, or who holds it.
 */
export function acquireLock(path: string, purpose: string): Lock | { heldBy: LockHolder } {
  mkdirSync(dirname(path), { recursive: true });
  const mine = `${path}.${process.pid}`;
  writeFileSync(mine, JSON.stringify({ pid: process.pid, mark: processMark(process.pid), purpose }));
  try {
    for (let tookOver = false; ; tookOver = true) {
      if (tryLink(mine, path)) return { release: () => release(path), tookOver };
      const holder = lockHolder(path);
      if (holder) return { heldBy: holder };
      rmSync(path, { force: true });
    }
  } finally {
    rmSync(mine, { force: true });
  }
}

/** The live holder, if any. */
export function lockHolder(path: string): LockHolder | undefined {
  const holder = readHolder(path);
  if (!holder || !isAlive(holder.pid)) return undefined;
  return holder.mark === processMark(holder.pid) ? holder : undefined;
}

function release(path: string): void {
  if (readHolder(path)?.pid === process.pid) rmSync(path, { force: true });
}

function readHolder(path: string): LockHolder | undefined {
  try {
    return holderSchema.parse(JSON.parse(readFileSync(path, "utf8")));
  } catch {
    return undefined;
  }
}

/** `link` is atomic and the file is whole when it appears: nobody ever reads half a lock. */
function tryLink(from: string, to: string): boolean {
  try {
    linkSync(from, to);
    return true;
  } catch (cause) {
    if (cause instanceof Error && "code" in cause && cause.code === "EEXIST") return false;
    throw cause;
  }
}
