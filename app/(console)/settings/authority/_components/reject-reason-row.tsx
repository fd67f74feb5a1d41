"use client";
import { X } from "lucide-react";
import { useId } from "react";

import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Textarea } from "@/components/ui/textarea";
import type { RejectReason } from "@/lib/tiers/approval-settings";

interface RejectReasonRowProps {
  reason: RejectReason;
  /** From 1: tells the rows apart for who cannot see them. */
  place: number;
  readOnly: boolean;
  onChange: (reason: RejectReason) => void;
  onRemove: () => void;
}

/** One ready reason: what it is called in the list, and what the agent is told. */
export function RejectReasonRow({ reason, place, readOnly, onChange, onRemove }: RejectReasonRowProps) {
  const id = useId();
  const wrong = reason.label.trim() === "" || reason.text.trim() === "";
  if (readOnly)
    return (
      <li className="text-sm">
        <span className="font-medium">{reason.label}</span> <span className="text-muted">{reason.text}</span>
      </li>
    );
  return (
    <li className="flex flex-col gap-1">
      <div className="flex flex-wrap items-start gap-2">
        <Input
          aria-label={`Name of reason ${place}`}
          aria-invalid={reason.label.trim() === ""}
          aria-describedby={wrong ? `${id}-fault` : undefined}
          placeholder="Wrong target"
          maxLength={80}
          className="basis-44 max-sm:flex-1 sm:w-44"
          value={reason.label}
          onChange={(event) => onChange({ ...reason, label: event.target.value })}
        />
        <Textarea
          aria-label={`Words of reason ${place}`}
          aria-invalid={reason.text.trim() === ""}
          aria-describedby={wrong ? `${id}-fault` : undefined}
          placeholder="What the agent is told"
          maxLength={2_000}
          rows={1}
          className="min-h-8 flex-1 basis-64 py-1.5 max-sm:order-last max-sm:basis-full"
          value={reason.text}
          onChange={(event) => onChange({ ...reason, text: event.target.value })}
        />
        <Button size="icon-sm" variant="ghost" aria-label={`Remove reason ${place}`} onClick={onRemove}>
          <X aria-hidden />
        </Button>
      </div>
      {wrong && (
        <p id={`${id}-fault`} className="text-xs text-deny-text">
          It needs a name and words.
        </p>
      )}
    </li>
  );
}
