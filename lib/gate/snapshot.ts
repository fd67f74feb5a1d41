import type { Pool } from "pg";

import { compileSnapshot } from "@/lib/decisions/snapshot";
import { loadSnapshotRows } from "@/lib/decisions/snapshot-rows";
import type { Snapshot } from "@/lib/decisions/types";

/**
 * The configuration that this gate evaluates under. It may be behind: every commit is conditional on its version, and a gate that
 * learns from a failed commit or a notification that there is another one loads it.
 */
export class SnapshotSource {
  private loaded: Snapshot | null = null;
  private loading: Promise<Snapshot> | null = null;
  private again = false;

  constructor(private readonly pool: Pool) {}

  get current(): Snapshot | null {
    return this.loaded;
  }

  /** The configuration in force, or the one known already. */
  get(): Promise<Snapshot> {
    return this.loaded ? Promise.resolve(this.loaded) : this.refresh();
  }

  /** Loads the configuration as it is at the time of this call or later. Calls that arrive during a load share the one after it. */
  refresh(): Promise<Snapshot> {
    if (this.loading) {
      this.again = true;
      return this.loading;
    }
    this.loading = this.load().finally(() => (this.loading = null));
    return this.loading;
  }

  private async load(): Promise<Snapshot> {
    for (;;) {
      this.again = false;
      const rows = await loadSnapshotRows(this.pool);
      if (this.loaded?.version !== rows.configuration.version) this.loaded = compileSnapshot(rows);
      if (!this.again && this.loaded) return this.loaded;
    }
  }
}
