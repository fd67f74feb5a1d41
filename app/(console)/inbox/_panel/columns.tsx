import type { ReactNode } from "react";

/** What decides at the left, what stands behind it at the right; one after the other where there is no room for both. */
export function Columns({ main, aside }: { main: ReactNode; aside: ReactNode }) {
  return (
    <div className="@container">
      <div className="grid items-start gap-4 @3xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <div className="flex min-w-0 flex-col gap-4">{main}</div>
        <div className="flex min-w-0 flex-col gap-4">{aside}</div>
      </div>
    </div>
  );
}
