"use client";
import { Download } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useRef } from "react";

import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";

interface ExportMenuProps {
  /** The route that answers with the file. */
  action: string;
  /** What the table holds, where it is not just what the page shows. */
  table?: string;
  /** What is special about the lines, for who chooses between the two. */
  lines: string;
}

const TABLE = "for a spreadsheet; times in UTC";

/** Downloads what the filters of the page show. A form, since it is recorded that somebody did: no link, which may be followed unasked. */
export function ExportMenu({ action, table = TABLE, lines }: ExportMenuProps) {
  const form = useRef<HTMLFormElement>(null);
  const filters = useSearchParams();
  const send = (format: string): void => {
    if (!form.current) return;
    const query = new URLSearchParams(filters);
    query.set("format", format);
    form.current.action = `${action}?${query}`;
    form.current.requestSubmit();
  };
  return (
    <>
      <form ref={form} method="post" hidden />
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button>
            <Download aria-hidden />
            Export
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          <DropdownMenuItem onSelect={() => send("csv")}>
            <Choice name="CSV" hint={table} />
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => send("jsonl")}>
            <Choice name="JSON Lines" hint={lines} />
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </>
  );
}

function Choice({ name, hint }: { name: string; hint: string }) {
  return (
    <span className="flex flex-col">
      {name}
      <span className="text-xs text-muted">{hint}</span>
    </span>
  );
}
