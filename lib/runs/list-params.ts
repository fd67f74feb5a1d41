import type { RunFinding, RunMode, RunSort, RunStatus } from "@/lib/runs/views";

export interface RunFilter {
  search: string;
  status: readonly RunStatus[];
  mode: readonly RunMode[];
  /** Slugs of agents. */
  agent: readonly string[];
  trigger: readonly string[];
  /** Runs in which something of this kind happened. */
  with: readonly RunFinding[];
  /** Runs that were on at some moment from `from` until before `to`. */
  from?: Date | null;
  to?: Date | null;
}

export interface RunListParams extends RunFilter {
  sort: { id: RunSort; desc: boolean };
  /** From 1. */
  page: number;
  /** At most 100. */
  pageSize: number;
}
