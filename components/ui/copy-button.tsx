"use client";
import { Check, Copy } from "lucide-react";
import { useEffect, useState } from "react";
import { useAnnounce } from "./announcer";
import { Button } from "./button";
import { cn } from "./cn";

const CONFIRM_MS = 1_500;

export interface CopyButtonProps {
  text: string;
  /** What is copied: "Copy run id". */
  label: string;
  /** Shows the label beside the icon. */
  showLabel?: boolean;
  className?: string;
}

export function CopyButton({ text, label, showLabel = false, className }: CopyButtonProps) {
  const [copied, setCopied] = useState(false);
  const announce = useAnnounce();
  useEffect(() => {
    if (!copied) return;
    const timer = setTimeout(() => setCopied(false), CONFIRM_MS);
    return () => clearTimeout(timer);
  }, [copied]);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(true);
      announce("Copied");
    } catch {
      // No clipboard without a secure context or permission: select-and-copy still works.
      announce("Copying is not possible here");
    }
  };
  return (
    <Button
      variant={showLabel ? "secondary" : "ghost"}
      size={showLabel ? "sm" : "icon-xs"}
      aria-label={showLabel ? undefined : label}
      title={showLabel ? undefined : label}
      className={cn("z-10", className)}
      onClick={() => void copy()}
    >
      {copied ? <Check className="text-allow" aria-hidden /> : <Copy aria-hidden />}
      {showLabel && (copied ? "Copied" : label)}
    </Button>
  );
}
