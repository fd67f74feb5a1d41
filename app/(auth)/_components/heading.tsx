import type { ReactNode } from "react";

export function Heading({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <header className="flex flex-col gap-1.5">
      <h1 className="text-2xl font-semibold tracking-tight">{title}</h1>
      {children !== undefined && <p className="text-base text-muted">{children}</p>}
    </header>
  );
}
