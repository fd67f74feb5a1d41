"use client";
import { TriangleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "./button";
import { EmptyState } from "./empty-state";

export interface ErrorStateProps {
  title?: string;
  description?: ReactNode;
  /** Correlates with the server's log; raw error text is never shown. */
  digest?: string | undefined;
  retry?: () => void;
  action?: ReactNode;
  level?: 1 | 2;
}

export function ErrorState({ title, description, digest, retry, action, level = 1 }: ErrorStateProps) {
  return (
    <div role="alert">
      <EmptyState
        level={level}
        icon={TriangleAlert}
        title={title ?? "This page could not be shown"}
        description={
          <>
            {description ?? "Nothing was changed. Try again; if it keeps happening, tell whoever runs this site."}
            {digest !== undefined && <span className="mt-2 block font-mono text-xs">Reference {digest}</span>}
          </>
        }
        action={
          <>
            {retry !== undefined && (
              <Button variant="primary" onClick={retry}>
                Try again
              </Button>
            )}
            {action}
          </>
        }
      />
    </div>
  );
}

/** What a thrown value may tell: its digest, if it has one. */
export function digestOf(error: unknown): string | undefined {
  return error instanceof Error && "digest" in error && typeof error.digest === "string" ? error.digest : undefined;
}
