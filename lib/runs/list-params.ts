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
}

export interface RunListParams extends RunFilter {
  sort: { id: RunSort; desc: boolean };
  /** From 1. */
  page: number;
  /** At most 100. */
  pageSize: number;
}
