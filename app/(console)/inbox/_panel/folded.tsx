"use client";
import { useState, type ReactNode } from "react";

/** More, one press away. What nobody opened is not rendered: panels follow each other fast. */
export function Folded({ summary, children }: { summary: string; children: ReactNode }) {
  const [opened, setOpened] = useState(false);
  return (
    <details onToggle={(event) => setOpened((known) => known || event.currentTarget.open)}>
      <summary className="w-fit cursor-pointer rounded-sm text-xs text-muted hover:text-foreground">{summary}</summary>
      {opened && children}
    </details>
  );
}
