import type { ReactNode } from "react";

/** The evidence, which scrolls, over the bar, which stays. */
export function PanelFrame({ label, bar, children }: { label: string; bar: ReactNode; children: ReactNode }) {
  return (
    <section aria-label={label} className="flex h-full min-h-0 min-w-0 flex-1 flex-col">
      <div
        data-panel-scroll
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls: without a focus no key would reach it
        tabIndex={0}
        role="group"
        aria-label="Evidence"
        className="min-h-0 flex-1 overflow-y-auto px-4 py-5 focus-visible:-outline-offset-2 sm:px-6"
      >
        <div className="mx-auto flex w-full max-w-5xl flex-col gap-4">{children}</div>
      </div>
      {bar}
    </section>
  );
}

/** Where it is decided, within reach of a thumb. */
export function PanelBar({ children }: { children: ReactNode }) {
  return (
    <section
      aria-label="Decide"
      className="sticky bottom-0 z-10 border-t border-line bg-background px-4 py-2.5 sm:px-6 xl:rounded-br-lg"
    >
      <div className="mx-auto flex w-full max-w-5xl flex-wrap items-center gap-2">{children}</div>
    </section>
  );
}
