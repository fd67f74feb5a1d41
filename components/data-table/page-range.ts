export type Paging =
  /** Numbered pages with a known total. */
  | { kind: "page"; total: number }
  /** Opaque cursors; `total` where it is cheap to know. */
  | { kind: "cursor"; next: string | null; previous: string | null; total?: number };

/** Which rows of a numbered list are shown: "1–50 of 120". `first` is 0 when there are none. */
export function pageRange(page: number, size: number, shown: number): { first: number; last: number } {
  if (shown === 0) return { first: 0, last: 0 };
  const first = (page - 1) * size + 1;
  return { first, last: first + shown - 1 };
}

/** At least one, so that an empty list is on page 1 of 1. */
export function pageCount(total: number, size: number): number {
  return Math.max(1, Math.ceil(total / size));
}

type Emptiness =
  /** There are rows. */
  | "none"
  /** Nothing exists yet. */
  | "nothing-yet"
  /** Filters or the search leave nothing. */
  | "no-match"
  /** The page lies behind the last one. */
  | "past-the-end";

/** Why a list shows no rows. */
export function emptiness(shown: number, filtered: boolean, page: number, paging: Paging): Emptiness {
  if (shown > 0) return "none";
  const pastTheEnd = paging.kind === "page" ? page > 1 && paging.total > 0 : paging.previous !== null;
  if (pastTheEnd) return "past-the-end";
  return filtered ? "no-match" : "nothing-yet";
}
