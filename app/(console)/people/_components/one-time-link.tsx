"use client";
import { useRef } from "react";
import { CopyButton } from "@/components/ui/copy-button";
import { Input } from "@/components/ui/input";
import { Time } from "@/components/ui/time";

/** The link, for as long as the dialog is open: it is stored nowhere. */
export function OneTimeLink({ token, expiresAt, name }: { token: string; expiresAt: Date; name: string }) {
  const field = useRef<HTMLInputElement>(null);
  const link = `${window.location.origin}/invite/${token}`;
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-center gap-2">
        <Input
          ref={field}
          readOnly
          aria-label="One-time link"
          value={link}
          data-field="link"
          onFocus={() => field.current?.select()}
          className="font-mono text-xs"
        />
        <CopyButton text={link} label="Copy link" showLabel className="h-8" />
      </div>
      <p className="text-xs text-muted">
        Hand it to {name} by a way you trust. It works once, until <Time value={expiresAt} format="minute" />, and is
        not shown again.
      </p>
    </div>
  );
}
