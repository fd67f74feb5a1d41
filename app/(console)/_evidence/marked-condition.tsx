import type { ReactNode } from "react";
import { cn } from "@/components/ui/cn";
import type { Part, Truth } from "@/lib/decisions/explain";

const LOOK: Record<Truth, { className: string; says: string }> = {
  true: { className: "rounded-sm bg-accent-soft text-accent-text", says: "held" },
  false: { className: "text-muted line-through decoration-line-strong", says: "did not hold" },
  error: { className: "rounded-sm bg-escalate-soft text-escalate-text", says: "could not be evaluated" },
};

/** A condition's text as it was published, each test in it marked with what it came to for one request. */
export function MarkedCondition({ text, condition }: { text: string; condition: Part }) {
  const marks = testsOf(condition);
  const pieces: ReactNode[] = [];
  let at = 0;
  for (const { start, end, truth } of marks) {
    const { className, says } = LOOK[truth];
    pieces.push(
      text.slice(at, start),
      <mark key={start} className={cn("bg-transparent px-0.5 text-foreground", className)} title={says}>
        {text.slice(start, end)}
        <span className="sr-only"> ({says})</span>
      </mark>,
    );
    at = end;
  }
  pieces.push(text.slice(at));
  return (
    <pre className="rounded-md border border-line bg-surface-2 p-3 font-mono text-xs leading-5 whitespace-pre-wrap wrap-anywhere">
      <code>{pieces}</code>
    </pre>
  );
}

const testsOf = (part: Part): Part[] =>
  part.kind === "test" ? [part] : part.parts.flatMap(testsOf).toSorted((a, b) => a.start - b.start);
