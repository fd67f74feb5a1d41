/** Beyond so many the oldest are forgotten: then something is told once more. */
const REMEMBERED = 10_000;

/**
 * What was told within the last `forMs`. A caller that takes no notice of what it is told, and asks again at once, is held back by it
 * instead of being answered in a loop.
 */
export class RecentlyTold {
  /** In the order of time. */
  private readonly told = new Map<string, number>();

  constructor(private readonly forMs: number) {}

  has(id: string, nowMs: number): boolean {
    const at = this.told.get(id);
    return at !== undefined && nowMs - at < this.forMs;
  }

  add(id: string, nowMs: number): void {
    this.told.delete(id);
    this.told.set(id, nowMs);
    for (const [oldest, at] of this.told) {
      if (this.told.size <= REMEMBERED && nowMs - at < this.forMs) break;
      this.told.delete(oldest);
    }
  }

  get size(): number {
    return this.told.size;
  }
}
