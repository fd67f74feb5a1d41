"use client";
import { Mail, Send } from "lucide-react";

import { TestResult } from "@/app/(console)/_components/test-result";
import { useAction } from "@/components/form/use-action";
import { Button } from "@/components/ui/button";
import type { ChoicesView } from "@/lib/notify/views";
import { sendMyTest } from "../actions";

/** Where the person's mail goes, and whether it arrives. */
export function EmailCard({ email, mail, test }: { email: string; mail: boolean; test: ChoicesView["emailTest"] }) {
  const { run, pending } = useAction(sendMyTest);
  return (
    <div className="flex flex-col gap-2">
      <div className="flex flex-wrap items-center gap-3">
        <Mail aria-hidden className="size-4 shrink-0 text-muted" />
        <span className="min-w-0 flex-1 truncate text-sm">{email}</span>
        {mail ? (
          <Button size="sm" pending={pending} onClick={() => run({ target: { kind: "email" } })}>
            <Send aria-hidden />
            Send a test
          </Button>
        ) : (
          <span className="text-xs text-muted">No mail server is set up.</span>
        )}
      </div>
      <TestResult test={test} />
    </div>
  );
}
