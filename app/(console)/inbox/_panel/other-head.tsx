import type { ReactNode } from "react";

interface OtherHeadProps {
  level: 1 | 2;
  /** Who asks for what, in small. */
  lead: ReactNode;
  title: ReactNode;
  children?: ReactNode;
}

/** The head of what is no request for approval, in the same form. */
export function OtherHead({ level, lead, title, children }: OtherHeadProps) {
  const Heading = level === 1 ? "h1" : "h2";
  return (
    <header className="flex flex-col gap-2">
      <p className="flex flex-wrap items-center gap-x-1.5 text-sm text-muted">{lead}</p>
      <Heading className="text-xl font-semibold tracking-tight wrap-anywhere">{title}</Heading>
      {children !== undefined && (
        <div className="flex flex-wrap items-center gap-x-3 gap-y-1.5 text-sm text-muted">{children}</div>
      )}
    </header>
  );
}
