import { cn } from "./cn";
import { CopyButton } from "./copy-button";
import { ScrollArea } from "./scroll-area";

export interface CodeBlockProps {
  code: string;
  /** What it is, for the copy button and assistive technology: "Rule text". */
  label: string;
  /** Breaks long lines instead of scrolling. */
  wrap?: boolean;
  className?: string;
}

/** Plain text in mono, exactly as it is. */
export function CodeBlock({ code, label, wrap = false, className }: CodeBlockProps) {
  return (
    <div className={cn("relative min-w-0 rounded-md border border-line bg-surface-2", className)}>
      <ScrollArea label={label} className="max-h-96 rounded-md">
        <pre className={cn("p-3 pr-10 font-mono text-xs leading-5", wrap && "whitespace-pre-wrap wrap-anywhere")}>
          <code>{code}</code>
        </pre>
      </ScrollArea>
      <CopyButton
        text={code}
        label={`Copy ${label.toLowerCase()}`}
        className="absolute right-1.5 top-1.5 bg-surface-2"
      />
    </div>
  );
}

/** A word of code in a sentence. */
export function Code({ className, children }: { className?: string; children: string }) {
  return (
    <code className={cn("rounded-sm bg-surface-3 px-1 py-0.5 font-mono text-xs wrap-anywhere", className)}>
      {children}
    </code>
  );
}
