"use client";
import { MoreHorizontal } from "lucide-react";
import { useState } from "react";
import { RenameView } from "./rename-view";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { formatCount } from "@/components/ui/format/number";
import { tabClasses } from "@/components/ui/tabs";
import { VIEWS, type View } from "@/lib/inbox/filter";
import type { ViewCounts } from "@/lib/inbox/counts";
import { inboxParams } from "../search-params";

interface ViewBarProps {
  views: readonly View[];
  current: string;
  counts: ViewCounts;
  choose: (id: string) => void;
  remove: (view: View) => void;
}

/** The views as tabs, each with how much it holds; one's own can be renamed and deleted. */
export function ViewBar({ views, current, counts, choose, remove }: ViewBarProps) {
  const [renaming, setRenaming] = useState<View | null>(null);
  const own = views.find((view) => view.id === current && !VIEWS.some((one) => one.id === view.id));
  return (
    <div className="flex min-w-0 items-center gap-1 max-lg:w-full">
      <nav
        aria-label="Views"
        // Beyond the edge on purpose: the tabs of a phone scroll sideways.
        className="flex min-w-0 gap-4 overflow-x-auto px-1 [scrollbar-width:none]"
      >
        {views.map((view) => {
          const count = counts[view.id] ?? null;
          return (
            <a
              key={view.id}
              href={inboxParams.href("/inbox", { view: view.id })}
              aria-current={view.id === current ? "page" : undefined}
              className={tabClasses}
              onClick={(event) => {
                if (event.metaKey || event.ctrlKey || event.shiftKey) return;
                event.preventDefault();
                choose(view.id);
              }}
            >
              <span className="max-w-40 truncate">{view.name}</span>
              {count !== null && count > 0 && (
                <span className="rounded-full bg-surface-3 px-1.5 text-xs font-medium tabular-nums text-muted">
                  {formatCount(count)}
                </span>
              )}
            </a>
          );
        })}
      </nav>
      {own && (
        <DropdownMenu>
          <DropdownMenuTrigger asChild>
            <Button variant="ghost" size="icon-sm" aria-label={`The view ${own.name}`}>
              <MoreHorizontal aria-hidden />
            </Button>
          </DropdownMenuTrigger>
          <DropdownMenuContent>
            <DropdownMenuItem onSelect={() => setRenaming(own)}>Rename…</DropdownMenuItem>
            <DropdownMenuItem onSelect={() => remove(own)}>Delete</DropdownMenuItem>
          </DropdownMenuContent>
        </DropdownMenu>
      )}
      <RenameView view={renaming} close={() => setRenaming(null)} />
    </div>
  );
}
