"use client";
import { Network, X } from "lucide-react";
import { parseAsInteger, parseAsString, useQueryStates } from "nuqs";

import { Button } from "@/components/ui/button";

const PARAMS = { node: parseAsString, page: parseAsInteger, after: parseAsString, before: parseAsString };

/** Says that a list is narrowed to one part of the chart, and takes that away again. */
export function NodeFilter({ noun, name }: { noun: string; name: string }) {
  const [, set] = useQueryStates(PARAMS, { shallow: false });
  return (
    <p className="flex items-center gap-2 text-sm text-muted">
      <Network aria-hidden className="size-4" />
      <span>
        {noun} below <strong className="font-medium text-foreground">{name}</strong> in the chart
      </span>
      <Button variant="ghost" size="xs" onClick={() => void set({ node: null, page: null, after: null, before: null })}>
        <X aria-hidden />
        Show all
      </Button>
    </p>
  );
}
